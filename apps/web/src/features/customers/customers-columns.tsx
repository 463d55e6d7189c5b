import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type CustomerColumnId, customerColumns } from '@choba/shared/columns/customers.ts'
import type { CustomerRow } from '@choba/shared/contracts/customers.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import type { TableColumn } from '../../ui/table/columns.ts'
import { formatInstant } from '../../ui/time/format-time.ts'

const WIDTHS: Partial<Record<CustomerColumnId, number>> = {
  name: 150,
  kana: 150,
  phone: 136,
  payments: 104,
  openYen: 150,
  lastOrderedAt: 150,
}
const WIDTH = 120

export const SHOWN_COLUMNS: readonly string[] = customerColumns.flatMap((column) =>
  'shown' in column ? [column.id] : [],
)

export function customersColumns(language: Language): TableColumn<CustomerRow>[] {
  return customerColumns.map((column) => ({
    id: column.id,
    header: label(language, 'customer_column', column.id),
    width: WIDTHS[column.id] ?? WIDTH,
    align: column.kind === 'yen' ? 'end' : 'start',
    sortable: 'sortable' in column && column.sortable,
    cell: (row) => drawCell(column.id, row, language),
  }))
}

function drawCell(id: CustomerColumnId, row: CustomerRow, language: Language): ReactNode {
  switch (id) {
    case 'name':
      return (
        <Link
          to="/customers/$id"
          params={{ id: row.id }}
          className="link-button line"
          aria-label={fill(label(language, 'customer', 'open_row'), { name: row.name })}
        >
          {row.name}
        </Link>
      )
    case 'phone':
      return <span className="mono">{row.phone === '' ? '–' : row.phone}</span>
    case 'firstOrderedAt':
    case 'lastOrderedAt':
      return formatInstant(row[id], language)
    case 'kana':
    case 'email':
      return row[id] === '' ? <span className="soft">–</span> : <span title={row[id]}>{row[id]}</span>
    default:
      return formatYen(row[id])
  }
}
