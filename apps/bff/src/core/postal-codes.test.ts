import { expect, test } from 'vitest'
import { zipContradictsAddress } from '@choba/shared/checks/zip-prefecture.ts'
import { findPlaces } from './postal-codes.ts'

test('finds prefecture, city and town of a postal code, hyphen or not', async () => {
  const places = [{ prefecture: '東京都', city: '中央区', town: '銀座' }]
  expect(await findPlaces('1040061')).toEqual(places)
  expect(await findPlaces('104-0061')).toEqual(places)
})

test('gives every place of a code that crosses a border, and none for a code nobody has', async () => {
  expect((await findPlaces('4980000')).map((place) => place.prefecture)).toEqual(['愛知県', '三重県'])
  expect((await findPlaces('0613601')).length).toBeGreaterThan(0)
  expect(await findPlaces('9999999')).toEqual([])
})

test('never contradicts the coarse check by prefecture', async () => {
  const contradicting: string[] = []
  let known = 0
  // Every ninety-seventh code, and the eight codes at which a delivery office crosses a border unseen by the others.
  const codes = ['0185501', '3114407', '3490221', '3700883', '3840097', '4314121', '6850001', '8391421']
  for (let code = 0; code < 10_000_000; code += 97) codes.push(String(code).padStart(7, '0'))
  for (const zip of codes) {
    for (const place of await findPlaces(zip)) {
      known += 1
      if (zipContradictsAddress(zip, place.prefecture)) contradicting.push(`${zip} ${place.prefecture}`)
    }
  }
  expect(known).toBeGreaterThan(1_000)
  expect(contradicting).toEqual([])
})
