import { expect, test } from 'vitest'
import { beingNamed, mentionsIn, partsOf, suggestionsFor } from './mentions.ts'

const YAMADA = { id: 'a', name: '山田' }
const TARO = { id: 'b', name: '山田 太郎' }
const SATO = { id: 'c', name: '佐藤' }
const OTHER_SATO = { id: 'd', name: '佐藤' }
const PEOPLE = [YAMADA, TARO, SATO, OTHER_SATO]
const NONE = new Set<string>()

function named(body: string, picked: ReadonlySet<string> = NONE): string[] {
  return mentionsIn(body, PEOPLE, picked).map(({ id }) => id)
}

test('the longest name that stands after the sign is meant, with a wide sign too', () => {
  expect(named('@山田 太郎さん、確認を')).toEqual(['b'])
  expect(named('至急＠山田さんへ')).toEqual(['a'])
  expect(named('山田さんから電話')).toEqual([])
})

test('of two people of one name the one that was picked is meant, and nobody when none was', () => {
  expect(named('@佐藤さん')).toEqual([])
  expect(named('@佐藤さん', new Set(['d']))).toEqual(['d'])
})

test('a note is cut at the names it tells', () => {
  expect(partsOf('返金は@山田へ', PEOPLE)).toEqual([
    { text: '返金は', person: null },
    { text: '@山田', person: YAMADA },
    { text: 'へ', person: null },
  ])
})

test('a name is being written from the sign up to the caret, until a space', () => {
  expect(beingNamed('返金は@山')).toBe('山')
  expect(beingNamed('返金は＠')).toBe('')
  expect(beingNamed('@山田 へ')).toBeUndefined()
  expect(beingNamed('返金')).toBeUndefined()
})

test('names that begin as typed are offered first, whatever the width of the letters', () => {
  const people = [
    { id: '1', name: '店長 aki' },
    { id: '2', name: 'Ａｋｉｒａ' },
  ]
  expect(suggestionsFor('AKI', people).map(({ id }) => id)).toEqual(['2', '1'])
  expect(suggestionsFor('x', people)).toEqual([])
})
