/** A short table that becomes a list of cards where the screen is narrow. */
import type { ReactNode } from 'react'
import styles from './people.module.css'

type Row = { readonly key: string; readonly isFaint?: boolean; readonly cells: readonly ReactNode[] }
type PeopleTableProps = {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  readonly empty: string
  readonly lead?: string
  readonly action?: ReactNode
}

export function PeopleTable({ title, columns, rows, empty, lead, action }: PeopleTableProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.head}>
        <h2 className={styles.sectionTitle}>{title}</h2>
        {action}
      </div>
      {lead === undefined ? null : <p className={styles.lead}>{lead}</p>}
      {rows.length === 0 ? (
        <p className="soft">{empty}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, isFaint, cells }) => (
              <tr key={key} {...(isFaint === true && { 'data-faint': true })}>
                {cells.map((cell, index) => (
                  <td key={columns[index]} data-column={columns[index]}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
