/** CSV of exactly the slips that are shown. */
import { SLIP_EXPORT_PATH, slips } from '@choba/shared/contracts/slips.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { type SlipSearch, viewOf } from './slip-search.ts'

export function ExportDialog({ search, onClose }: { readonly search: SlipSearch; readonly onClose: () => void }) {
  const words = useWords()
  const list = useListExport(slips.checkExport, SLIP_EXPORT_PATH, viewOf(search), useLanguage(), 'slips')
  return (
    <ListExportDialog
      list={list}
      sums={({ amountYen }) => [[words.slip_column.amountYen, formatYen(amountYen)]]}
      onClose={onClose}
    />
  )
}
