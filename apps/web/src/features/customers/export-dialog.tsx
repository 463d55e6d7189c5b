/** CSV of exactly the customers that are shown. */
import { CUSTOMER_EXPORT_PATH, customers } from '@choba/shared/contracts/customers.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { type CustomersSearch, viewOf } from './customers-search.ts'

export function ExportDialog({ search, onClose }: { readonly search: CustomersSearch; readonly onClose: () => void }) {
  const words = useWords()
  const list = useListExport(customers.checkExport, CUSTOMER_EXPORT_PATH, viewOf(search), useLanguage(), 'customers')
  return (
    <ListExportDialog
      list={list}
      sums={({ capturedYen, openYen }) => [
        [words.customer_column.capturedYen, formatYen(capturedYen)],
        [words.customer_column.openYen, formatYen(openYen)],
      ]}
      onClose={onClose}
    />
  )
}
