/** How the columns of the journal are drawn; the set itself is shared with the export. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type JournalColumnId, journalColumns } from '@choba/shared/columns/journal.ts'
import type { JournalRow } from '@choba/shared/contracts/journal.ts'
import { label, type Language } from '@choba/shared/labels/labels.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import type { TableColumn } from '../../ui/table/columns.ts'
import { formatDay } from '../../ui/time/format-time.ts'

const WIDTHS: Partial<Record<JournalColumnId, number>> = {
  bookedOn: 110,
  entryId: 104,
  account: 140,
  subAccount: 120,
  taxClass: 140,
  orderNumber: 148,
  statementNumber: 160,
  shopId: 150,
}
export const SHOWN_COLUMNS: readonly JournalColumnId[] = journalColumns.flatMap((column) =>
  'shown' in column ? [column.id] : [],
)

type Context = { readonly language: Language; readonly shopNames: ReadonlyMap<string, string> }

export function tableColumns(context: Context): TableColumn<JournalRow>[] {
  return journalColumns.map((column) => ({
    id: column.id,
    header: label(context.language, 'journal_column', column.id),
    width: WIDTHS[column.id] ?? 120,
    align: column.kind === 'yen' ? 'end' : 'start',
    sortable: 'sortable' in column && column.sortable,
    cell: (row) => drawCell(column.id, row, context),
  }))
}

/** The end of an entry's id tells it from its neighbours; its beginning is the hour it was made. */
export function shortId(entryId: string): string {
  return entryId.slice(-8)
}

function drawCell(id: JournalColumnId, row: JournalRow, { language, shopNames }: Context): ReactNode {
  switch (id) {
    case 'bookedOn':
      return formatDay(row.bookedOn, language)
    case 'entryId':
      return (
        <span className="mono soft" title={row.entryId}>
          {shortId(row.entryId)}
        </span>
      )
    case 'kind':
      return label(language, 'entry_kind', row.kind)
    case 'account':
      return [row.ownCode, row.ownName ?? label(language, 'account', row.account)].filter(Boolean).join(' ')
    case 'subAccount':
      if (row.ownSubAccount !== null) return row.ownSubAccount
      return row.subAccount === null ? <None /> : label(language, 'method', row.subAccount)
    case 'taxClass':
      if (row.ownTaxName !== null) return row.ownTaxName
      return row.taxClass === null ? <None /> : label(language, 'tax_class', row.taxClass)
    case 'method':
      return label(language, 'method', row.method)
    case 'orderNumber':
      return row.paymentId === null ? (
        <None />
      ) : (
        <Link to="/payments/$id" params={{ id: row.paymentId }} className="link-button mono line">
          {row.orderNumber}
        </Link>
      )
    case 'statementNumber':
      return row.statementId === null ? (
        <None />
      ) : (
        <Link to="/payouts/$id" params={{ id: row.statementId }} className="link-button mono line">
          {row.statementNumber}
        </Link>
      )
    case 'shopId':
      return shopNames.get(row.shopId) ?? row.shopId
    case 'ownCode':
    case 'ownName':
    case 'ownSubAccount':
    case 'ownTaxName':
      return row[id] ?? <None />
    case 'debitYen':
    case 'creditYen': {
      // The other side of a line is empty, as in a journal on paper.
      const amountYen = row[id]
      return amountYen === null ? '' : formatYen(amountYen)
    }
  }
}

function None() {
  return <span className="soft">–</span>
}
