/** An event of the timeline as a sentence, its places filled from the event's data. */
import type { TimelineItem } from '@choba/shared/contracts/payments.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { STORES, type StoreCode } from '@choba/shared/methods.ts'
import { formatYen } from '../money/format-yen.ts'
import { formatDay } from '../time/format-time.ts'
import { separatorIn } from '../../i18n/separator.ts'

export function eventWords(item: Pick<TimelineItem, 'type' | 'data'>, language: Language): string {
  const told = item.type === 'registered' && 'imported' in item.data ? 'registered_imported' : item.type
  return fill(label(language, 'event', told), placesOf(item.data, language))
}

/** Provider codes that belong to the event, to be said in words below it. */
export function eventCodes({ data }: Pick<TimelineItem, 'data'>): readonly string[] {
  const codes = data.reasons ?? data.codes
  return Array.isArray(codes) ? codes.filter((code): code is string => typeof code === 'string') : []
}

export function storeWords(code: string, language: Language): string {
  const known: string | undefined = STORES[code as StoreCode]
  return label(language, 'store', known ?? code)
}

function placesOf(data: Readonly<Record<string, unknown>>, language: Language): Record<string, string | number> {
  const yen = (value: unknown) => (typeof value === 'number' ? formatYen(value) : '–')
  const day = (value: unknown) => (typeof value === 'string' ? formatDay(value, language) : '–')
  const text = (value: unknown) => (typeof value === 'string' ? value : '–')
  return {
    amount: yen(data.amountYen ?? data.totalYen),
    from: yen(data.fromYen),
    to: yen(data.toYen),
    closing: day(data.closingOn),
    pay: day(data.payOn),
    day: day(data.on ?? data.paidOn ?? data.shipOn),
    due: day(data.dueOn ?? data.payBy),
    result: label(language, 'screening', text(data.result)),
    certainty: label(language, 'deposit', text(data.certainty)),
    carrier: label(language, 'carrier', text(data.carrierCode)),
    slip: text(data.slipNumber),
    store: storeWords(text(data.store), language),
    fields: fieldWords(data.fields, language),
    branch: typeof data.orderBranch === 'number' ? data.orderBranch + 1 : '–',
    reference: text(data.reference),
    provider: text(data.providerId),
    base: text(data.baseProviderId),
    count: typeof data.count === 'number' ? data.count : 0,
  }
}

/** `customer.address` is said as its own word; what has none stays as it is. */
function fieldWords(fields: unknown, language: Language): string {
  if (!Array.isArray(fields)) return '–'
  return fields.map((field) => label(language, 'corrected_field', String(field))).join(separatorIn(language))
}
