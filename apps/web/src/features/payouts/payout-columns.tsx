import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type PayoutColumnId, payoutColumns } from '@choba/shared/columns/payouts.ts'
import type { PayoutRow } from '@choba/shared/contracts/payouts.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import { CarriedMark } from './fixed-fees.tsx'
import { PayoutStateBadge } from './payout-state.tsx'

const WIDTHS: Partial<Record<PayoutColumnId, number>> = {
  closingOn: 104,
  payOn: 102,
  state: 112,
  method: 116,
  shopId: 158,
  lines: 66,
  taxYen: 104,
  otherYen: 148,
  statementNumber: 178,
}
const WIDTH = 112

export const PAYOUT_COLUMN_IDS: readonly string[] = payoutColumns.map((column) => column.id)

export function payoutTableColumns(
  language: Language,
  shopNames: ReadonlyMap<string, string>,
): TableColumn<PayoutRow>[] {
  return payoutColumns.map((column) => ({
    id: column.id,
    header: label(language, 'payout_column', column.id),
    width: WIDTHS[column.id] ?? WIDTH,
    align: column.kind === 'yen' ? 'end' : 'start',
    sortable: false,
    cell: (row) => drawCell(column.id, row, language, shopNames),
  }))
}

function drawCell(
  id: PayoutColumnId,
  row: PayoutRow,
  language: Language,
  shopNames: ReadonlyMap<string, string>,
): ReactNode {
  switch (id) {
    case 'closingOn': {
      const day = formatDay(row.closingOn, language)
      return (
        <Link
          to="/payouts/$id"
          params={{ id: row.id }}
          className="link-button num"
          aria-label={fill(label(language, 'payouts', 'open'), { day })}
        >
          {day}
        </Link>
      )
    }
    case 'payOn':
    case 'paidOn':
      return <span className="num">{formatDay(row[id], language)}</span>
    case 'state':
      return <PayoutStateBadge row={row} language={language} />
    case 'method':
      return <MethodMark method={row.method} language={language} />
    case 'shopId':
      return shopNames.get(row.shopId) ?? '–'
    case 'statementNumber':
      return <span className="mono">{row.statementNumber ?? '–'}</span>
    case 'feeYen':
    case 'taxYen':
      // What is taken off stands with its sign, so that the row reads as a sum.
      return formatYen(-row[id])
    case 'otherYen':
      return (
        <>
          <CarriedMark row={row} /> {formatYen(row.otherYen)}
        </>
      )
    default:
      return formatYen(row[id])
  }
}
