/** Exactly the closings that are shown, as a file. */
import { PAYOUT_EXPORT_PATH, payouts } from '@choba/shared/contracts/payouts.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import type { PayoutsSearch } from './payouts-search.ts'

const SUMS = ['grossYen', 'feeYen', 'taxYen', 'otherYen', 'transferYen'] as const

export function ExportDialog({ search, onClose }: { readonly search: PayoutsSearch; readonly onClose: () => void }) {
  const { payout_column: column } = useWords()
  const list = useListExport(payouts.checkExport, PAYOUT_EXPORT_PATH, search, useLanguage(), 'payouts')
  return (
    <ListExportDialog
      list={list}
      sums={(totals) => SUMS.map((id) => [column[id], formatYen(totals[id])])}
      onClose={onClose}
    />
  )
}
