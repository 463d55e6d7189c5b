/** CSV of exactly the subscriptions that are shown. */
import { SUBSCRIPTION_EXPORT_PATH, subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { type SubscriptionSearch, viewOf } from './subscription-search.ts'

export function ExportDialog({
  search,
  onClose,
}: {
  readonly search: SubscriptionSearch
  readonly onClose: () => void
}) {
  const words = useWords()
  const list = useListExport(
    subscriptions.checkExport,
    SUBSCRIPTION_EXPORT_PATH,
    viewOf(search),
    useLanguage(),
    'subscriptions',
  )
  return (
    <ListExportDialog
      list={list}
      sums={({ amountYen }) => [[words.subscription_column.amountYen, formatYen(amountYen)]]}
      onClose={onClose}
    />
  )
}
