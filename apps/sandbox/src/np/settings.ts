/** What differs from merchant to merchant at NP beyond fees: settings of the account, each with a default. All of them are assumed. */
import { businessDate, parseBusinessDate, type BusinessDate } from '@choba/shared/dates.ts'
import { arrayOf, booleanOf, Malformed, numberOf, objectOf, oneOf, optional, textOf } from '../parse.ts'

export type CreditLimit = { readonly from: BusinessDate; readonly limitYen: number }

export type NpSettings = {
  /** `batch` answers "under review" first and decides some minutes later. */
  readonly screening: 'realtime' | 'batch'
  /** What one customer may owe over all shops, by the day it came into force; ascending. */
  readonly creditLimits: readonly CreditLimit[]
  /** After so many days an approved transaction that was not shipped lapses. */
  readonly approvalValidDays: number
  /** After the replacement payment: take the money back on a later statement, or refuse the cancellation (E0100131). */
  readonly cancelAfterPayout: 'offset' | 'refuse'
  /** How often one sale may be registered again, counted over its chain. */
  readonly maxReregistrations: number
  /** Off: nothing is held or rejected by chance, only by what was typed and by the credit limit. */
  readonly seededOutcomes: boolean
}

export const DEFAULT_NP_SETTINGS: NpSettings = {
  screening: 'realtime',
  creditLimits: [{ from: businessDate('2000-01-01'), limitYen: 54_000 }],
  approvalValidDays: 90,
  cancelAfterPayout: 'offset',
  maxReregistrations: 3,
  seededOutcomes: true,
}

/** @throws Malformed naming the field that is wrong. */
export function parseNpSettings(value: unknown, at: string): NpSettings {
  const settings = objectOf(value ?? {}, at)
  const base = DEFAULT_NP_SETTINGS
  return {
    screening:
      optional(settings['screening'], (v) => oneOf(v, `${at}.screening`, ['realtime', 'batch'])) ?? base.screening,
    creditLimits: optional(settings['creditLimits'], (v) => parseLimits(v, `${at}.creditLimits`)) ?? base.creditLimits,
    approvalValidDays:
      optional(settings['approvalValidDays'], (v) => numberOf(v, `${at}.approvalValidDays`, 1, 3_650)) ??
      base.approvalValidDays,
    cancelAfterPayout:
      optional(settings['cancelAfterPayout'], (v) => oneOf(v, `${at}.cancelAfterPayout`, ['offset', 'refuse'])) ??
      base.cancelAfterPayout,
    maxReregistrations:
      optional(settings['maxReregistrations'], (v) => numberOf(v, `${at}.maxReregistrations`, 0, 99)) ??
      base.maxReregistrations,
    seededOutcomes:
      optional(settings['seededOutcomes'], (v) => booleanOf(v, `${at}.seededOutcomes`)) ?? base.seededOutcomes,
  }
}

export function creditLimitOn(limits: readonly CreditLimit[], day: BusinessDate): number {
  return limits.findLast((limit) => limit.from <= day)?.limitYen ?? 0
}

function parseLimits(value: unknown, at: string): CreditLimit[] {
  const limits = arrayOf(value, at, (item, path) => {
    const limit = objectOf(item, path)
    const from = parseBusinessDate(textOf(limit['from'], `${path}.from`, /^\d{4}-\d{2}-\d{2}$/))
    if (!from) throw new Malformed(`${path}.from is no day`)
    return { from, limitYen: numberOf(limit['limitYen'], `${path}.limitYen`, 0, 99_999_999) }
  })
  return limits.sort((a, b) => (a.from < b.from ? -1 : 1))
}
