export const COLUMN_KINDS = ['text', 'id', 'yen', 'day', 'instant', 'code', 'list'] as const
export type ColumnKind = (typeof COLUMN_KINDS)[number]

/** One column of a table, of its CSV export, of the sort whitelist and of the column picker. */
export type Column<Row> = {
  readonly [K in keyof Row & string]: {
    readonly id: K
    readonly kind: ColumnKind
    readonly sortable?: boolean
    /** Shown unless the person chose otherwise. */
    readonly shown?: boolean
    /** For kind `code` and `list`: the label group its values are translated by. */
    readonly labels?: string
  }
}[keyof Row & string]

export function columns<Row>() {
  return <const C extends readonly Column<Row>[]>(list: C): C => list
}
