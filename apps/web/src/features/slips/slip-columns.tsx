/** How the columns of the slip table are drawn; the set itself is shared with the export. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type SlipColumnId, slipColumns } from '@choba/shared/columns/slips.ts'
import type { SlipRow } from '@choba/shared/contracts/slips.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { STORES } from '@choba/shared/methods.ts'
import { SLIP_TONE, type SlipState, type SlipWarning } from '@choba/shared/states/slip.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { StatusBadge, ToneBadge } from '../../ui/status/status-badge.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { formatDay, formatInstant } from '../../ui/time/format-time.ts'

const WIDTHS: Partial<Record<SlipColumnId, number>> = {
  orderNumber: 148,
  customerName: 124,
  warnings: 210,
  store: 132,
  numbers: 190,
  payBy: 110,
  amountYen: 108,
  shopId: 150,
}
export const SHOWN_COLUMNS: readonly SlipColumnId[] = slipColumns.map((column) => column.id)

type Context = { readonly language: Language; readonly shopNames: ReadonlyMap<string, string> }

export function tableColumns(context: Context): TableColumn<SlipRow>[] {
  return slipColumns.map((column) => ({
    id: column.id,
    header: label(context.language, 'slip_column', column.id),
    width: WIDTHS[column.id] ?? 130,
    align: column.kind === 'yen' ? 'end' : 'start',
    sortable: 'sortable' in column && column.sortable,
    cell: (row) => drawCell(column.id, row, context),
  }))
}

function drawCell(id: SlipColumnId, row: SlipRow, { language, shopNames }: Context): ReactNode {
  switch (id) {
    case 'orderNumber':
      return (
        <Link
          to="/payments/$id"
          params={{ id: row.id }}
          className="link-button mono line"
          aria-label={fill(label(language, 'ledger', 'row_open'), { order: row.orderNumber })}
        >
          {row.orderNumber}
        </Link>
      )
    case 'customerName':
      return <span title={row.customerName}>{row.customerName}</span>
    case 'state':
      return <SlipBadge state={row.state} language={language} />
    case 'warnings':
      return <Warnings warnings={row.warnings} language={language} />
    case 'store':
      return storeName(row.store, language)
    case 'numbers':
      return row.numbers.length === 0 ? <Unknown /> : <span className="mono">{row.numbers.join(' / ')}</span>
    case 'payBy':
      return formatDay(row.payBy, language)
    case 'orderedAt':
      return formatInstant(row.orderedAt, language)
    case 'status':
      return <StatusBadge status={row.status} language={language} />
    case 'shopId':
      return shopNames.get(row.shopId) ?? row.shopId
    default: {
      const amountYen = row[id]
      return amountYen === null ? <Unknown /> : formatYen(amountYen)
    }
  }
}

export function storeName(store: string, language: Language): string {
  return store in STORES ? label(language, 'store', STORES[store as keyof typeof STORES]) : store
}

export function SlipBadge({ state, language }: { readonly state: SlipState; readonly language: Language }) {
  return <ToneBadge tone={SLIP_TONE[state]} word={label(language, 'slip_state', state)} />
}

export function Warnings(props: { readonly warnings: readonly SlipWarning[]; readonly language: Language }) {
  if (props.warnings.length === 0) return <Unknown />
  return props.warnings.map((warning) => (
    <ToneBadge key={warning} tone="needs_you" word={label(props.language, 'slip_warning', warning)} />
  ))
}

function Unknown() {
  return <span className="soft">–</span>
}
