/** How the columns of the invoice table are drawn; the set itself is shared with the export. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type InvoiceColumnId, invoiceColumns } from '@choba/shared/columns/invoices.ts'
import type { InvoiceRow } from '@choba/shared/contracts/invoices.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { INVOICE_TONE, type InvoiceState } from '@choba/shared/states/invoice.ts'
import { Copyable } from '../../ui/copy/copyable.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { StatusBadge, ToneBadge } from '../../ui/status/status-badge.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { formatDay } from '../../ui/time/format-time.ts'

const WIDTHS: Partial<Record<InvoiceColumnId, number>> = {
  orderNumber: 148,
  customerName: 124,
  state: 118,
  amountYen: 108,
  issuedOn: 150,
  inquiryNumber: 196,
  paidStore: 140,
  reissues: 72,
  reminders: 62,
  shopId: 150,
}
const COUNTS: readonly InvoiceColumnId[] = ['reissues', 'reminders']
export const SHOWN_COLUMNS: readonly InvoiceColumnId[] = invoiceColumns.map((column) => column.id)

type Context = { readonly language: Language; readonly shopNames: ReadonlyMap<string, string> }

export function tableColumns(context: Context): TableColumn<InvoiceRow>[] {
  return invoiceColumns.map((column) => ({
    id: column.id,
    header: label(context.language, 'invoice_column', column.id),
    width: WIDTHS[column.id] ?? 116,
    align: column.kind === 'yen' ? 'end' : 'start',
    sortable: 'sortable' in column && column.sortable,
    cell: (row) => drawCell(column.id, row, context),
  }))
}

function drawCell(id: InvoiceColumnId, row: InvoiceRow, { language, shopNames }: Context): ReactNode {
  switch (id) {
    case 'orderNumber':
      return (
        <Link
          from="/invoices"
          to="."
          search={(before) => ({ ...before, open: row.id })}
          className="link-button mono line"
          aria-label={fill(label(language, 'ledger', 'row_open'), { order: row.orderNumber })}
        >
          {row.orderNumber}
        </Link>
      )
    case 'state':
      return <InvoiceBadge state={row.state} language={language} />
    case 'amountYen':
      return formatYen(row.amountYen)
    case 'issuedOn':
      return <IssueDay row={row} language={language} />
    case 'status':
      return <StatusBadge status={row.status} language={language} />
    case 'shopId':
      return shopNames.get(row.shopId) ?? row.shopId
    case 'delivery':
      return label(language, 'invoice_delivery', row.delivery)
    case 'inquiryNumber':
      return row.inquiryNumber === null ? NOTHING : <Copyable value={row.inquiryNumber} language={language} />
    default:
      return plainCell(id, row[id], language)
  }
}

const NOTHING = <span className="soft">–</span>

function plainCell(id: InvoiceColumnId, value: string | number | null, language: Language): ReactNode {
  if (value === null || value === '') return NOTHING
  if (COUNTS.includes(id)) return formatYen(Number(value))
  const column = invoiceColumns.find((each) => each.id === id)
  if (column?.kind === 'day') return formatDay(String(value), language)
  if (column?.kind === 'id') return <span className="mono">{value}</span>
  return 'labels' in (column ?? {}) ? (
    label(language, 'paid_at', String(value))
  ) : (
    <span title={String(value)}>{value}</span>
  )
}

export function InvoiceBadge({ state, language }: { readonly state: InvoiceState; readonly language: Language }) {
  return <ToneBadge tone={INVOICE_TONE[state]} word={label(language, 'invoice_state', state)} />
}

/** While it waits: when it is expected, or what it waits for. */
export function IssueDay({ row, language }: { readonly row: InvoiceRow; readonly language: Language }) {
  if (row.issuedOn !== null) return <>{formatDay(row.issuedOn, language)}</>
  if (row.state !== 'waiting') return NOTHING
  if (row.expectedOn !== null)
    return (
      <span className="soft">
        {fill(label(language, 'invoices', 'expected'), { date: formatDay(row.expectedOn, language) })}
      </span>
    )
  return row.delivery === 'electronic' ? (
    <span className="soft">{label(language, 'invoices', 'after_arrival')}</span>
  ) : (
    NOTHING
  )
}
