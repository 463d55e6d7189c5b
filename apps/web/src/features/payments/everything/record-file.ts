/** An order's record as a file: what the screen says as CSV, or every field as JSON. */
import type { RecordItem } from '@choba/shared/contracts/order-record.ts'
import { label, labels, type Language } from '@choba/shared/labels/labels.ts'
import { recordActor, recordAt, recordMore, recordText } from './record-words.ts'

/** Excel takes a file for UTF-8 when it begins so. */
const MARK = '\uFEFF'

export function recordCsv(items: readonly RecordItem[], language: Language): string {
  const { at, kind, text, amount, actor, more, payment } = labels(language).record_column
  const rows = items.map((item) => [
    recordAt(item, language),
    label(language, 'record_kind', item.kind),
    recordText(item, language),
    item.amountYen ?? '',
    recordActor(item, language),
    recordMore(item, language).join('\n'),
    item.paymentId ?? '',
  ])
  return `${MARK}${[[at, kind, text, amount, actor, more, payment], ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

export function recordJson(orderNumber: string, items: readonly RecordItem[]): string {
  return `${JSON.stringify({ orderNumber, items }, null, 2)}\n`
}

export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  URL.revokeObjectURL(address)
}

/** Text that a spreadsheet would take for a formula is marked. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
