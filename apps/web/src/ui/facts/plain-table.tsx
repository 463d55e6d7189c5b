/** A short table inside a page: no sorting, no scrolling but sideways. On a phone a table of many columns is a list of its rows. */
import type { ReactNode } from 'react'
import styles from './facts.module.css'

type PlainColumn = { readonly name: string; readonly end?: boolean }

type PlainTableProps = {
  readonly caption: string
  readonly columns: readonly PlainColumn[]
  readonly rows: ReadonlyArray<{ readonly key: string; readonly cells: readonly ReactNode[] }>
  readonly foot?: readonly ReactNode[]
}

/** More columns than a phone holds side by side. */
const MANY = 4

export function PlainTable({ caption, columns, rows, foot }: PlainTableProps) {
  const stacks = columns.length >= MANY ? styles.stacks : ''
  return (
    // Focusable, so that the keyboard reaches what a phone pushes out of sight.
    <div className={styles.scroll} role="group" aria-label={caption} tabIndex={0}>
      {/* The roles are said because a table drawn as a list would no longer be one to a reader of screens. */}
      <table className={`${styles.plain} ${stacks}`} role="table" aria-label={caption}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.name} role="columnheader" scope="col" className={column.end ? styles.end : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <Row key={row.key} columns={columns} cells={row.cells} />
          ))}
        </tbody>
        {foot ? (
          <tfoot role="rowgroup">
            <Row columns={columns} cells={foot} />
          </tfoot>
        ) : null}
      </table>
    </div>
  )
}

function Row({ columns, cells }: { readonly columns: readonly PlainColumn[]; readonly cells: readonly ReactNode[] }) {
  return (
    <tr role="row">
      {cells.map((cell, index) => (
        <td
          key={columns[index]?.name}
          role="cell"
          data-name={columns[index]?.name}
          className={columns[index]?.end ? styles.end : undefined}
        >
          {cell}
        </td>
      ))}
    </tr>
  )
}
