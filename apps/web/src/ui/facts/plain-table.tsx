/** A short table inside a page: no sorting, no scrolling but sideways. */
import type { ReactNode } from 'react'
import styles from './facts.module.css'

type PlainColumn = { readonly name: string; readonly end?: boolean }

type PlainTableProps = {
  readonly caption: string
  readonly columns: readonly PlainColumn[]
  readonly rows: ReadonlyArray<{ readonly key: string; readonly cells: readonly ReactNode[] }>
  readonly foot?: readonly ReactNode[]
}

export function PlainTable({ caption, columns, rows, foot }: PlainTableProps) {
  return (
    // Focusable, so that the keyboard reaches what a phone pushes out of sight.
    <div className={styles.scroll} role="group" aria-label={caption} tabIndex={0}>
      <table className={styles.plain} aria-label={caption}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={column.end ? styles.end : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, index) => (
                <td key={columns[index]?.name} className={columns[index]?.end ? styles.end : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot ? (
          <tfoot>
            <tr>
              {foot.map((cell, index) => (
                <td key={columns[index]?.name} className={columns[index]?.end ? styles.end : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  )
}
