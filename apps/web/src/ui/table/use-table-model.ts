/** The column model of a data table: which columns, in which order, the first of them pinned. Rows come sorted from the server. */
import {
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import type { TableColumn } from './columns.ts'

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
})

type Identified = { readonly id: string }

export function useTableModel<Row extends Identified>(input: {
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  /** Ids in the order of the screen; the others are hidden. */
  readonly shown: readonly string[]
  readonly pinned: number
}) {
  const { columns, rows, shown, pinned } = input
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>()
    return columns.map((column) =>
      helper.display({
        id: column.id,
        size: column.width,
        header: column.header,
        cell: (info) => column.cell(info.row.original),
      }),
    )
  }, [columns])
  const state = useMemo(
    () => ({
      columnOrder: [...shown],
      columnVisibility: Object.fromEntries(columns.map((column) => [column.id, shown.includes(column.id)])),
      columnPinning: { start: shown.slice(0, pinned), end: [] },
    }),
    [columns, shown, pinned],
  )
  return useTable({ features, columns: definitions, data: rows as Row[], getRowId: (row) => row.id, state })
}

export type TableModel<Row extends Identified> = ReturnType<typeof useTableModel<Row>>
