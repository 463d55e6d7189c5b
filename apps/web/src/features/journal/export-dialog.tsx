/** Exactly the lines that are shown, as a file. */
import { JOURNAL_EXPORT_PATH, journal } from '@choba/shared/contracts/journal.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { type JournalSearch, viewOf } from './journal-search.ts'

export function ExportDialog({ search, onClose }: { readonly search: JournalSearch; readonly onClose: () => void }) {
  const words = useWords()
  const list = useListExport(journal.checkExport, JOURNAL_EXPORT_PATH, viewOf(search), useLanguage(), 'journal')
  return (
    <ListExportDialog
      list={list}
      sums={({ debitYen, creditYen }) => [
        [words.journal_column.debitYen, formatYen(debitYen)],
        [words.journal_column.creditYen, formatYen(creditYen)],
      ]}
      onClose={onClose}
    />
  )
}
