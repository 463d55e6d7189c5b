/** What stands where a table will be, until its first rows come. */
import styles from './table.module.css'

const ROWS = 14
const COLUMNS = [150, 130, 110, 110, 100, 130, 100, 100]

export function TableSkeleton({ rowHeight, name }: { readonly rowHeight: number; readonly name: string }) {
  return (
    <div
      className={styles.scroller}
      role="status"
      aria-label={name}
      aria-busy="true"
      style={{ '--row-height': `${rowHeight}px`, overflow: 'hidden' } as React.CSSProperties}
    >
      <table className={styles.table} aria-hidden="true">
        <thead>
          <tr>
            {COLUMNS.map((width, index) => (
              <th key={index} style={{ width }} />
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: ROWS }, (_, row) => (
            <tr key={row} className={styles.coming}>
              {COLUMNS.map((_width, column) => (
                <td key={column}>
                  <span className={styles.bone} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
