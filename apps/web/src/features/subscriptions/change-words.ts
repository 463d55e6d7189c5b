/** What a change makes different, term by term, before and after. */
import type { SubscriptionChange, SubscriptionTerms } from '@choba/shared/contracts/subscription-input.ts'
import { label, type Language } from '@choba/shared/labels/labels.ts'
import type { EnteredKind } from '@choba/shared/states/subscription.ts'
import { formatYen, UNKNOWN } from '../../ui/money/format-yen.ts'
import { rhythmWords } from './rhythm-words.ts'
import { onFailureWords, retryWords } from './terms-words.ts'

type Terms = SubscriptionTerms & { readonly kind: EnteredKind }
export type Difference = { readonly name: string; readonly before: string; readonly after: string }

/** Only what differs is sent: what is not said stays as it is. */
export function changeOf(before: Terms, after: Terms): SubscriptionChange {
  const entries = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Terms]),
  )
  return Object.fromEntries(entries) as SubscriptionChange
}

export function differencesOf(language: Language, before: Terms, after: Terms): readonly Difference[] {
  const changed = changeOf(before, after)
  const word = (group: string, key: string) => label(language, group, key)
  /** The failure's end is said as one: by the method and the store that follow it. */
  const lines: ReadonlyArray<readonly [readonly string[], (terms: Terms) => string]> = [
    [['kind'], ({ kind }) => word('subscription_kind', kind)],
    [['cardOrderNumber'], ({ cardOrderNumber }) => cardOrderNumber ?? UNKNOWN],
    [['goods'], ({ goods }) => goodsWords(goods)],
    [['meter'], ({ meter }) => meterWords(meter)],
    [['rhythm'], ({ rhythm }) => `${rhythmWords(language, rhythm)} / ${word('rhythm', `roll_${rhythm.roll}`)}`],
    [['generateDays'], ({ generateDays }) => String(generateDays)],
    [['chargeDays'], ({ chargeDays }) => String(chargeDays)],
    [['retryDays'], ({ retryDays }) => retryWords(language, retryDays)],
    [['onFailure', 'fallbackMethod', 'fallbackStore'], (terms) => onFailureWords(language, terms)],
    [['invoice'], ({ invoice }) => word('subscription_detail', `invoice_${invoice}`)],
  ]
  return lines
    .filter(([fields]) => fields.some((field) => field in changed))
    .map(([[field = ''], say]) => ({
      name: word('subscription_field', field),
      before: say(before),
      after: say(after),
    }))
}

function goodsWords(goods: Terms['goods']): string {
  const sum = goods.reduce((total, line) => total + line.unitPriceYen * line.quantity, 0)
  const lines = goods.map(
    (line) => `${line.name} ${formatYen(line.unitPriceYen)}×${line.quantity}（${line.taxRateBp / 100}%）`,
  )
  return `${lines.join(' + ')} = ${formatYen(sum)}`
}

function meterWords(meter: Terms['meter']): string {
  return meter === null ? UNKNOWN : `${meter.name} ${formatYen(meter.unitPriceYen)} (${meter.taxRateBp / 100}%)`
}
