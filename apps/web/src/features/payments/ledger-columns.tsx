/** How the columns of the ledger are drawn on the screen; the set itself is shared with the export. */
import { Checkbox, Tooltip } from '@mantine/core'
import { IconLoader2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type PaymentColumnId, paymentColumns } from '@choba/shared/columns/payments.ts'
import type { ColumnKind } from '@choba/shared/columns/column.ts'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import type { TagRow } from '@choba/shared/contracts/tags.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { TagChips } from '../../ui/tags/tag-chip.tsx'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { formatDay, formatInstant } from '../../ui/time/format-time.ts'
import { separatorIn } from '../../i18n/separator.ts'

export const SELECT_COLUMN = 'select'
/** The checkbox, the order number and the customer stay in sight. */
export const PINNED_COLUMNS = 3
export const FIXED_COLUMNS: readonly PaymentColumnId[] = ['orderNumber', 'customerName']

const WIDTH_BY_KIND: Readonly<Record<ColumnKind, number>> = {
  text: 140,
  id: 150,
  yen: 108,
  day: 98,
  instant: 134,
  code: 130,
  list: 240,
}
const WIDTHS: Partial<Record<PaymentColumnId, number>> = {
  orderNumber: 148,
  customerName: 124,
  status: 126,
  method: 156,
  shopId: 150,
  phone: 126,
  billingMethod: 160,
  tags: 170,
}

export type ColumnContext = {
  readonly language: Language
  readonly shopNames: ReadonlyMap<string, string>
  /** Of ids of tags. */
  readonly tagsNamed: (ids: readonly string[]) => readonly TagRow[]
  readonly selected: ReadonlySet<string>
  readonly onSelect: (row: PaymentRow) => void
  readonly onOpen: (row: PaymentRow) => void
}

export function ledgerColumns(context: ColumnContext): TableColumn<PaymentRow>[] {
  const { language } = context
  const select: TableColumn<PaymentRow> = {
    id: SELECT_COLUMN,
    header: label(language, 'ledger', 'select_column'),
    quiet: true,
    width: 40,
    align: 'start',
    sortable: false,
    cell: (row) => (
      <Checkbox
        size="xs"
        aria-label={fill(label(language, 'ledger', 'row_select'), { order: row.orderNumber })}
        checked={context.selected.has(row.id)}
        onChange={() => context.onSelect(row)}
      />
    ),
  }
  return [
    select,
    ...paymentColumns.map((column): TableColumn<PaymentRow> => ({
      id: column.id,
      header: label(language, 'column', column.id),
      width: WIDTHS[column.id] ?? WIDTH_BY_KIND[column.kind],
      align: column.kind === 'yen' ? 'end' : 'start',
      sortable: 'sortable' in column && column.sortable,
      cell: (row) => drawCell(column.id, row, context),
    })),
  ]
}

function drawCell(id: PaymentColumnId, row: PaymentRow, context: ColumnContext): ReactNode {
  const { language } = context
  switch (id) {
    case 'orderNumber':
      return <OrderNumber row={row} context={context} />
    case 'status':
      return <StatusBadge status={row.status} language={language} />
    case 'method':
      return <MethodMark method={row.method} language={language} />
    case 'shopId':
      return context.shopNames.get(row.shopId) ?? row.shopId
    case 'reasons':
      return <Reasons codes={row.reasons} language={language} />
    case 'tags':
      return row.tags.length === 0 ? <span className="soft">–</span> : <TagChips tags={context.tagsNamed(row.tags)} />
    case 'nextOn':
      return row.nextOn === null ? '–' : `${formatDay(row.nextOn, language)}`
    default:
      return plainCell(id, row, language)
  }
}

function plainCell(id: PaymentColumnId, row: PaymentRow, language: Language): ReactNode {
  const column = paymentColumns.find((each) => each.id === id)
  const value = row[id]
  if (value === null || value === '') return <span className="soft">–</span>
  switch (column?.kind) {
    case 'yen':
      return formatYen(value as number)
    case 'day':
      return formatDay(String(value), language)
    case 'instant':
      return formatInstant(String(value), language)
    case 'code':
      return label(language, 'labels' in column ? column.labels : '', String(value))
    case 'id':
      return <span className="mono">{String(value)}</span>
    default:
      return <span title={String(value)}>{String(value)}</span>
  }
}

function OrderNumber({ row, context }: { readonly row: PaymentRow; readonly context: ColumnContext }) {
  const { language } = context
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, maxWidth: '100%' }}>
      <button
        type="button"
        className="link-button mono line"
        onClick={() => context.onOpen(row)}
        aria-label={fill(label(language, 'ledger', 'row_open'), { order: row.orderNumber })}
      >
        {row.orderNumber}
      </button>
      {row.inFlight === null ? null : (
        <Tooltip label={`${label(language, 'action', row.inFlight)} ${label(language, 'ledger', 'in_flight')}`}>
          <IconLoader2 size={14} color="var(--motion)" role="img" aria-label={label(language, 'ledger', 'in_flight')} />
        </Tooltip>
      )}
    </span>
  )
}

function Reasons({ codes, language }: { readonly codes: readonly string[]; readonly language: Language }) {
  if (codes.length === 0) return <span className="soft">–</span>
  const words = codes.map((code) => label(language, 'reason', code)).join(separatorIn(language))
  return <span title={`${words} (${codes.join(' ')})`}>{words}</span>
}
