/** A file of exactly the returns that are shown. */
import { CUSTOMER_RETURN_EXPORT_PATH, customerReturns } from '@choba/shared/contracts/customer-returns.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'

export function ExportDialog({ view, onClose }: { readonly view: 'open' | 'ended'; readonly onClose: () => void }) {
  const words = useWords()
  const list = useListExport(
    customerReturns.checkExport,
    CUSTOMER_RETURN_EXPORT_PATH,
    { view },
    useLanguage(),
    'customer_returns',
  )
  return (
    <ListExportDialog
      list={list}
      sums={({ amountYen }) => [[words.return_column.amountYen, formatYen(amountYen)]]}
      onClose={onClose}
    />
  )
}
