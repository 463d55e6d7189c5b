import { describe, expect, it } from 'vitest'
import { sbpsClass } from '@choba/shared/sbps-codes.ts'
import { label } from '@choba/shared/labels/labels.ts'
import '@choba/shared/labels/all.ts'
import { explainResultCode, listResultMeanings } from './result-codes.ts'

describe('result codes', () => {
  it.each([
    ['10105202', 'sbps.common.05', 'ours', 'dealings_type'],
    ['10122999', 'sbps.card.22', 'customer', undefined],
    ['10141999', 'sbps.card.41', 'ours', undefined],
    ['101T2227', 'sbps.card.T2', 'customer', 'token'],
    ['10109999', 'sbps.common.09', 'merchant_setting', undefined],
    ['10185999', 'sbps.common.85', 'provider', undefined],
    ['70122999', 'sbps.convenience_store.22', 'provider', undefined],
    ['70103026', 'sbps.common.03', 'ours', 'sps_transaction_id'],
    ['40103027', 'sbps.common.03', 'ours', 'tracking_id'],
    ['70107213', 'sbps.common.07', 'ours', 'webcvstype'],
    ['70103200', 'sbps.common.03', 'ours', 'issue_type'],
    ['10103200', 'sbps.common.03', 'ours', 'cc_number'],
    ['101Z9999', 'sbps.unknown', 'provider', undefined],
  ])('%s means %s', (code, messageKey, resultClass, tag) => {
    expect(explainResultCode(code)).toMatchObject({ messageKey, class: resultClass })
    expect(explainResultCode(code)?.tag).toBe(tag)
  })

  it('are classed and worded on the screen as they are here', () => {
    const NUMBERS: Readonly<Record<string, string>> = { common: '999', card: '101', convenience_store: '701' }
    for (const { messageKey, meaning } of listResultMeanings()) {
      const [, group = '', type] = messageKey.split('.')
      if (type === undefined) continue
      const code = `${NUMBERS[group]}${type}999`
      expect([code, sbpsClass(code)]).toEqual([code, meaning.class])
      for (const language of ['ja', 'en'] as const) expect(label(language, 'reason', code)).not.toBe(code)
    }
  })

  it('are told apart from other text', () => {
    for (const text of ['', '1234567', 'abc', '101410000']) expect(explainResultCode(text)).toBeUndefined()
  })

  it('have words in both languages under every key', () => {
    const meanings = listResultMeanings()
    expect(new Set(meanings.map((row) => row.messageKey)).size).toBe(meanings.length)
    for (const { meaning } of meanings) {
      expect(meaning.ja).toMatch(/[ぁ-ん一-龠]/)
      expect(meaning.en).toMatch(/^[\x20-\x7e]+$/)
    }
  })
})
