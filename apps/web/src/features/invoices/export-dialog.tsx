/** CSV of exactly the bills that are shown. */
import { INVOICE_EXPORT_PATH, invoices } from '@choba/shared/contracts/invoices.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { type InvoiceSearch, viewOf } from './invoice-search.ts'

export function ExportDialog({ search, onClose }: { readonly search: InvoiceSearch; readonly onClose: () => void }) {
  const words = useWords()
  const list = useListExport(invoices.checkExport, INVOICE_EXPORT_PATH, viewOf(search), useLanguage(), 'invoices')
  return (
    <ListExportDialog
      list={list}
      sums={({ amountYen }) => [[words.invoice_column.amountYen, formatYen(amountYen)]]}
      onClose={onClose}
    />
  )
}
