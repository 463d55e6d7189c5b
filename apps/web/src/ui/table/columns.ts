import type { ReactNode } from 'react'

/** How one column of a data table is headed, sized and drawn. */
export type TableColumn<Row> = {
  readonly id: string
  readonly header: string
  /** The header is said to a screen reader only. */
  readonly quiet?: boolean
  readonly width: number
  readonly align: 'start' | 'end'
  readonly sortable: boolean
  readonly cell: (row: Row) => ReactNode
}

export type Sort = { readonly id: string; readonly direction: 'asc' | 'desc' }
