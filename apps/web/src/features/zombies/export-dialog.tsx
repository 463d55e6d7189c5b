/** A file of exactly the claims that are shown. */
import { ZOMBIE_EXPORT_PATH, type ZombieFilter, zombies } from '@choba/shared/contracts/zombies.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'

export function ExportDialog({ query, onClose }: { readonly query: ZombieFilter; readonly onClose: () => void }) {
  const words = useWords()
  const list = useListExport(zombies.checkExport, ZOMBIE_EXPORT_PATH, query, useLanguage(), 'zombies')
  return (
    <ListExportDialog
      list={list}
      sums={({ amountYen }) => [[words.zombie_column.amountYen, formatYen(amountYen)]]}
      onClose={onClose}
    />
  )
}
