/** Exactly the sales that are shown, as a file. */
import { Group, Radio } from '@mantine/core'
import { useState } from 'react'
import { PAYMENT_COLUMN_IDS, type PaymentColumnId } from '@choba/shared/columns/payments.ts'
import { PAYMENT_EXPORT_PATH, payments } from '@choba/shared/contracts/payments.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useListExport } from '../../api/use-list-export.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ListExportDialog } from '../../ui/export/list-export-dialog.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { type LedgerSearch, viewOf } from './ledger-search.ts'
import { Unmappable } from './unmappable.tsx'

type ExportDialogProps = {
  readonly search: LedgerSearch
  readonly shown: readonly PaymentColumnId[]
  readonly onClose: () => void
}

const SUMS = ['amountYen', 'capturedYen', 'refundedYen', 'feeYen', 'netYen'] as const

export function ExportDialog({ search, shown, onClose }: ExportDialogProps) {
  const { column, export_dialog: words } = useWords()
  const [scope, setScope] = useState<'shown' | 'all'>('shown')
  const columns = (scope === 'shown' ? shown : PAYMENT_COLUMN_IDS).join(',')
  const view = { ...viewOf(search), columns }
  const list = useListExport(payments.checkExport, PAYMENT_EXPORT_PATH, view, useLanguage(), 'payments')
  return (
    <ListExportDialog
      list={list}
      lead={words.lead}
      sums={(totals) => SUMS.map((id) => [column[id], formatYen(totals[id])])}
      lackingOf={({ unmappable, unmappableCount }) => <Unmappable places={unmappable} count={unmappableCount} />}
      onClose={onClose}
    >
      <Radio.Group
        label={words.columns}
        value={scope}
        onChange={(value) => setScope(value === 'all' ? 'all' : 'shown')}
      >
        <Group mt={6}>
          <Radio size="xs" value="shown" label={fill(words.columns_shown, { count: shown.length })} />
          <Radio size="xs" value="all" label={fill(words.columns_all, { count: PAYMENT_COLUMN_IDS.length })} />
        </Group>
      </Radio.Group>
    </ListExportDialog>
  )
}
