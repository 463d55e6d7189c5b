import { expect, test } from 'vitest'
import { fullWidthLength, toFullWidth } from '@choba/shared/checks/np-limits.ts'
import { prefectureOfZip, zipContradictsAddress } from '@choba/shared/checks/zip-prefecture.ts'
import { CARRIERS, findCarrier, isSlipNumber, slipNumberFitsCarrier } from './carriers.ts'
import { NP_ERROR_CODES, npErrorCode } from './error-codes.ts'
import { HOLD_REASONS, holdReason, NG_REASONS, ngReason } from './hold-reasons.ts'
import { chunkForCalls } from './limits.ts'

test('each code stands once, and the delivery codes mirror the buyer codes', () => {
  expect(new Set(NP_ERROR_CODES.map((entry) => entry.code)).size).toBe(NP_ERROR_CODES.length)
  for (let number = 48; number <= 67; number += 1) {
    const [buyer, destination] = [npErrorCode(`E01000${number}`), npErrorCode(`E01000${number + 24}`)]
    expect(destination).toMatchObject({ field: `dest_${buyer.field}`, problem: buyer.problem, class: 'field' })
  }
})

test('the codes that decide what to do next have words of their own', () => {
  const keys = ['E0100114', 'E0100115', 'E0100118', 'E0100131', 'E0131006'].map((code) => npErrorCode(code).messageKey)
  expect(keys).toEqual([
    'npError.alreadyCancelled',
    'npError.alreadyShipped',
    'npError.paidByCustomer',
    'npError.paidOut',
    'npError.alreadyReregistered',
  ])
})

test('unknown codes pass through', () => {
  expect(npErrorCode('E9999999')).toMatchObject({ code: 'E9999999', class: 'unknown' })
  expect(holdReason('RE777')).toMatchObject({ code: 'RE777', remedy: 'ask_np', fields: [] })
  expect(ngReason('RE001').code).toBe('RE001')
  expect([HOLD_REASONS.length, NG_REASONS.length]).toEqual([7, 3])
})

test('carriers are found by code, and a strange slip number is noticed', () => {
  expect(CARRIERS.length).toBe(18)
  expect(findCarrier('59010')?.ja).toBe('ヤマト運輸')
  expect(slipNumberFitsCarrier('59010', '1234-5678-9012')).toBe(true)
  expect(slipNumberFitsCarrier('59010', '123')).toBe(false)
  expect([isSlipNumber('1'.repeat(20)), isSlipNumber('1'.repeat(21)), isSlipNumber('１２')]).toEqual([
    true,
    false,
    false,
  ])
})

test('lengths are counted after the conversion to full width', () => {
  expect(toFullWidth('ｶﾞ ABC')).toBe('ガ　ＡＢＣ')
  expect(fullWidthLength('ｶﾞ ABC')).toBe(5)
})

test('a batch is cut into calls of a thousand', () => {
  expect(chunkForCalls(Array.from({ length: 2_001 }, (_, n) => n)).map((chunk) => chunk.length)).toEqual([
    1_000, 1_000, 1,
  ])
})

test('a postal code speaks of its prefecture, and is silent at the borders', () => {
  expect(prefectureOfZip('6040001')).toBe('京都府')
  expect(zipContradictsAddress('604-0001', '大阪府大阪市北区')).toBe(true)
  expect(zipContradictsAddress('604-0001', '京都府京都市中京区')).toBe(false)
  expect(zipContradictsAddress('498-0811', '三重県桑名郡木曽岬町')).toBe(false)
})
