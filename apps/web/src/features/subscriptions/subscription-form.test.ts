import { describe, expect, test } from 'vitest'
import { businessDate } from '@choba/shared/dates.ts'
import { changeOf } from './change-words.ts'
import { faultsOf } from './form-faults.ts'
import { emptyForm, inputOf, type SubscriptionForm, termsOf, withFirstOn, withKind } from './subscription-form.ts'

const TODAY = businessDate('2026-11-28')
const EMPTY = emptyForm('shop', TODAY)
const WHOLE: SubscriptionForm = {
  ...EMPTY,
  customer: {
    ...EMPTY.customer,
    name: '髙橋 花子',
    zip: '６０４−０００１',
    address: '京都府京都市中京区1-2',
    phone: '090-1200-1001',
  },
  lines: [{ key: 'a', name: '煎茶', price: '1,980', quantity: '2', taxRateBp: '800' }],
}

function faultNames(change: Partial<SubscriptionForm>): string[] {
  return Object.entries(faultsOf({ ...WHOLE, ...change }, TODAY)).map(([field, fault]) => `${field} ${fault?.name}`)
}

describe('the form of a subscription', () => {
  test('is whole with a person, goods and its usual terms, however digits are typed', () => {
    expect(faultNames({})).toEqual([])
    expect(inputOf(WHOLE, 'key-12345')).toMatchObject({
      customer: { zip: '604-0001' },
      goods: [{ unitPriceYen: 1_980, quantity: 2, taxRateBp: 800 }],
      rhythm: { unit: 'month', every: 1, day: 12, roll: 'none' },
      firstOn: '2026-12-12',
      cardOrderNumber: null,
    })
  })

  test.each<[string, Partial<SubscriptionForm>, string[]]>([
    ['a start that has gone by', { firstOn: '2026-11-27' }, ['firstOn day_past']],
    ['an end that leaves no cycle', { endsOn: '2026-12-12' }, ['endsOn end_early']],
    ['a charge before the order is made up', { generateDays: '2', chargeDays: '３' }, ['chargeDays lead_wrong']],
    ['retries out of order', { retryDays: '7, 3' }, ['retryDays retry_wrong']],
    ['a retry beyond the next cycle', { unit: 'week', retryDays: '3、7' }, ['retryDays retry_long']],
    ['a card nobody has checked', { kind: 'fixed', cardOrder: 'A-1' }, ['cardOrder card_missing']],
    [
      'a card that was checked, but is not the one typed now',
      { kind: 'fixed', cardOrder: 'A-2', checkedCard: 'A-1' },
      ['cardOrder card_missing'],
    ],
    [
      'use without a price',
      { kind: 'metered', cardOrder: 'A-1', checkedCard: 'A-1' },
      ['meterName required', 'meterPrice number_wrong'],
    ],
    ['goods that cost nothing', { lines: [{ ...WHOLE.lines[0]!, price: '0' }] }, ['goods sum_wrong']],
    ['two months too many', { every: '25' }, ['every number_wrong']],
  ])('says %s', (_, change, faults) => {
    expect(faultNames(change)).toEqual(faults)
  })

  test('the day of the month follows the start until somebody says another', () => {
    expect(withFirstOn(WHOLE, '2026-12-31')).toEqual({ firstOn: '2026-12-31', day: '31' })
    expect(withFirstOn({ ...WHOLE, day: '5' }, '2026-12-31')).toEqual({ firstOn: '2026-12-31' })
  })

  test('a change says only what differs', () => {
    const after = { ...WHOLE, lines: [{ ...WHOLE.lines[0]!, price: '2000' }], retryDays: '3, 7' }
    expect(changeOf(termsOf(WHOLE), termsOf(after))).toEqual({
      goods: [{ name: '煎茶', unitPriceYen: 2_000, quantity: 2, taxRateBp: 800 }],
      retryDays: [3, 7],
    })
  })

  test('a card never falls back on itself', () => {
    expect(withKind({ ...WHOLE, fallbackMethod: 'card' }, 'fixed')).toMatchObject({
      fallbackMethod: 'convenience_store',
      retryDays: '3, 7',
    })
  })
})
