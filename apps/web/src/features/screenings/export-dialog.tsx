/** CSV of exactly the attempts that are shown. */
import { SCREENING_EXPORT_PATH, screenings } from '@choba/shared/contracts/screenings.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { type ScreeningSearch, viewOf } from './screening-search.ts'

export function ExportDialog({ search, onClose }: { readonly search: ScreeningSearch; readonly onClose: () => void }) {
  const words = useWords()
  const list = useListExport(screenings.checkExport, SCREENING_EXPORT_PATH, viewOf(search), useLanguage(), 'screenings')
  return (
    <ListExportDialog
      list={list}
      sums={({ amountYen }) => [[words.screening_column.amountYen, formatYen(amountYen)]]}
      onClose={onClose}
    />
  )
}
