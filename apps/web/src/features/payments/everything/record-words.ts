/** A line of an order's record as a sentence, and what stands below it. */
import type { RecordItem } from '@choba/shared/contracts/order-record.ts'
import { fill, label, labels, type Language, messageKindLabel } from '@choba/shared/labels/labels.ts'
import { separatorIn } from '../../../i18n/separator.ts'
import { formatYen } from '../../../ui/money/format-yen.ts'
import { formatDay, formatInstant } from '../../../ui/time/format-time.ts'
import { eventCodes, eventWords, storeWords } from '../../../ui/timeline/event-words.ts'

type Word = (group: string, key: unknown) => string

export function recordText(item: RecordItem, language: Language): string {
  const words = labels(language).order_record
  const word: Word = (group, key) => label(language, group, textOf(key))
  const { code, data } = item
  const state = item.state ?? ''
  const due = dayText(data.dueOn, language)
  switch (item.kind) {
    case 'payment':
      return `${word('method', code)} ${word('status', state)}`
    case 'event':
      return eventWords({ type: code, data: { ...data } }, language)
    case 'operation':
      return `${word('action', code)} ${word('operation_state', state)}`
    case 'refund':
      if (code === 'customer_return') return words.customer_return
      return `${word('action', code)} ${word('operation_state', state)}`
    case 'screening':
      return fill(words.screening, { attempt: textOf(data.attempt), result: word('screening', code) })
    case 'shipment':
      return fill(words.shipped, { carrier: word('carrier', code), slip: textOf(data.slipNumber) })
    case 'invoice':
      if (code === 'slip') return fill(words.slip_issued, { store: storeWords(textOf(data.store), language), due })
      return fill(code === 'printed' ? words.invoice_printed : words.invoice_issued, { due })
    case 'statement':
      return fill(words.statement, { number: code, fee: yenText(data.feeYen), net: yenText(data.transferYen) })
    case 'posting':
      return word('entry_kind', code)
    case 'message':
      return `${word('direction', data.direction)} ${word('provider', data.provider)} ${messageKindLabel(language, code)}`
    case 'note':
      return code === 'removed' ? words.note_removed : textOf(data.body)
    case 'audit':
      return word('audit_action', code)
    case 'import':
      return `${word('import_kind', code)} ${fill(words.imported, { file: textOf(data.fileName), line: textOf(data.line) })}`
  }
}

/** Lines below the sentence: reasons, the sides of an entry, the bytes of a message. */
export function recordMore(item: RecordItem, language: Language): readonly string[] {
  const { data } = item
  if (item.kind === 'message') return [label(language, 'message_state', item.state ?? ''), textOf(data.body)]
  if (item.kind === 'posting') return sidesOf(data.lines, language)
  const codes = eventCodes({ data: { ...data } }).map((code) => label(language, 'reason', code))
  return [...(typeof data.reason === 'string' && data.reason !== '' ? [data.reason] : []), ...codes]
}

export function recordActor({ actor }: RecordItem, language: Language): string {
  return actor === null ? '' : (actor.name ?? label(language, 'audit_actor', actor.kind))
}

/** What is known by its day says no time of day. */
export function recordAt({ at, isDay }: RecordItem, language: Language): string {
  return isDay ? formatInstant(at, language).replace(/ 0?0:00$/, '') : formatInstant(at, language)
}

function sidesOf(lines: unknown, language: Language): readonly string[] {
  if (!Array.isArray(lines)) return []
  const { debit, credit } = labels(language).order_record
  const side = (lines as ReadonlyArray<{ account?: unknown; yen?: unknown }>).map(({ account, yen }) => ({
    isDebit: Number(yen) > 0,
    text: `${label(language, 'account', textOf(account).split(':')[0] ?? '')} ${formatYen(Math.abs(Number(yen)))}`,
  }))
  const join = (isDebit: boolean) =>
    side
      .filter((one) => one.isDebit === isDebit)
      .map(({ text }) => text)
      .join(separatorIn(language))
  return [`${debit} ${join(true)}`, `${credit} ${join(false)}`]
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '–'
}

function yenText(value: unknown): string {
  return typeof value === 'number' ? formatYen(value) : '–'
}

function dayText(value: unknown, language: Language): string {
  return typeof value === 'string' ? formatDay(value, language) : '–'
}
