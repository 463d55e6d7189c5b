/** How the columns of the payment links are drawn; the set itself is shared with the export. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type PaymentLinkColumnId, paymentLinkColumns } from '@choba/shared/columns/payment-links.ts'
import type { PaymentLinkRow } from '@choba/shared/contracts/payment-links.ts'
import { label, type Language } from '@choba/shared/labels/labels.ts'
import { PAYMENT_LINK_TONE, type PaymentLinkState } from '@choba/shared/states/payment-link.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { formatInstant } from '../../ui/time/format-time.ts'

const WIDTHS: Partial<Record<PaymentLinkColumnId, number>> = {
  orderNumber: 148,
  customerName: 124,
  state: 124,
  amountYen: 108,
  itemName: 180,
  method: 132,
  site: 104,
  shopId: 160,
}
export const SHOWN_COLUMNS: readonly PaymentLinkColumnId[] = paymentLinkColumns.map((column) => column.id)

type Context = { readonly language: Language; readonly shopNames: ReadonlyMap<string, string> }

export function linkColumns(context: Context): TableColumn<PaymentLinkRow>[] {
  return paymentLinkColumns.map((column) => ({
    id: column.id,
    header: label(context.language, 'payment_link_column', column.id),
    width: WIDTHS[column.id] ?? 138,
    align: column.kind === 'yen' ? 'end' : 'start',
    sortable: 'sortable' in column && column.sortable,
    cell: (row) => drawCell(column.id, row, context),
  }))
}

function drawCell(id: PaymentLinkColumnId, row: PaymentLinkRow, { language, shopNames }: Context): ReactNode {
  switch (id) {
    case 'orderNumber':
      return (
        <Link to="/links/$id" params={{ id: row.id }} className="mono line">
          {row.orderNumber}
        </Link>
      )
    case 'state':
      return <LinkStateBadge state={row.state} language={language} />
    case 'amountYen':
      return formatYen(row.amountYen)
    case 'createdAt':
    case 'openedAt':
    case 'expiresAt': {
      const instant = row[id]
      return instant === null ? <span className="soft">–</span> : formatInstant(instant, language)
    }
    case 'method':
    case 'site': {
      const code = row[id]
      return code === null ? <span className="soft">–</span> : label(language, id, code)
    }
    case 'shopId':
      return shopNames.get(row.shopId) ?? row.shopId
    default:
      return <span title={row[id]}>{row[id]}</span>
  }
}

export function LinkStateBadge({ state, language }: { readonly state: PaymentLinkState; readonly language: Language }) {
  return <ToneBadge tone={PAYMENT_LINK_TONE[state]} word={label(language, 'payment_link_state', state)} />
}
