/** Statements in the workbench of imports: the head is of the imports, what is done there of the payouts. */
import { ImportHead } from '../features/imports/import-head.tsx'
import { StatementFiles } from '../features/payouts/statement-files.tsx'
import styles from '../features/imports/imports.module.css'

export function StatementFilesPage() {
  return (
    <div className={styles.page}>
      <ImportHead kind="statements" />
      <StatementFiles />
    </div>
  )
}
