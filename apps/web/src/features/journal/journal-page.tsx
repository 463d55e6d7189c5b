/** What the books say: line by line, and as the month's trial balance. */
import { Button, SegmentedControl } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useListViews } from '../../api/use-list-views.ts'
import { useWords } from '../../i18n/language.ts'
import { useShortcuts } from '../../ui/keyboard/use-shortcuts.ts'
import { ViewMenu } from '../../ui/views/view-menu.tsx'
import { JournalLines } from './journal-lines.tsx'
import { parseJournalSearch } from './journal-search.ts'
import styles from './journal.module.css'
import { TrialBalance } from './trial-balance.tsx'

const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })))

export function JournalPage() {
  const words = useWords()
  const search = useSearch({ from: '/console/journal' })
  const navigate = useNavigate({ from: '/journal' })
  const [exporting, exportDialog] = useDisclosure(false)
  const views = useListViews('journal', {
    search,
    onOpen: (raw, _, replace) => void navigate({ search: parseJournalSearch(raw), replace }),
  })
  const showsBalance = search.view === 'balance'
  useShortcuts({ e: () => (showsBalance ? undefined : exportDialog.open()) }, !exporting)
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.journal.title}</h1>
        <SegmentedControl
          size="xs"
          aria-label={words.journal.view}
          value={showsBalance ? 'balance' : 'lines'}
          onChange={(value) => void navigate({ search: value === 'balance' ? { view: 'balance' } : {} })}
          data={[
            { value: 'lines', label: words.journal.lines },
            { value: 'balance', label: words.journal.balance },
          ]}
        />
        <span className={styles.grow} />
        <ViewMenu {...views} />
        {showsBalance ? null : (
          <Button
            variant="default"
            size="xs"
            h={30}
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            title={words.ledger.export_hint}
            onClick={exportDialog.open}
          >
            {words.journal.export}
          </Button>
        )}
      </div>
      {showsBalance ? <TrialBalance search={search} /> : <JournalLines search={search} />}
      <Suspense fallback={null}>
        {exporting ? <ExportDialog search={search} onClose={exportDialog.close} /> : null}
      </Suspense>
    </div>
  )
}
