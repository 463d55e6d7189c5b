/** CSV of exactly the payment links that are shown. */
import { PAYMENT_LINK_EXPORT_PATH, paymentLinks } from '@choba/shared/contracts/payment-links.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { type LinkSearch, viewOf } from './link-search.ts'

export function ExportDialog({ search, onClose }: { readonly search: LinkSearch; readonly onClose: () => void }) {
  const words = useWords()
  const list = useListExport(
    paymentLinks.checkExport,
    PAYMENT_LINK_EXPORT_PATH,
    viewOf(search),
    useLanguage(),
    'payment_links',
  )
  return (
    <ListExportDialog
      list={list}
      sums={({ amountYen }) => [[words.payment_link_column.amountYen, formatYen(amountYen)]]}
      onClose={onClose}
    />
  )
}
