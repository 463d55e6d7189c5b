/** Exactly the sales that are shown, as a file. */
import { Group, Radio } from '@mantine/core'
import { useState } from 'react'
import type { PaymentColumnId } from '@choba/shared/columns/payments.ts'
import { PAYMENT_EXPORT_PATH, payments } from '@choba/shared/contracts/payments.ts'
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
  const [per, setPer] = useState<'payment' | 'line'>('payment')
  const view = { ...viewOf(search), ...(per === 'line' && { per }) }
  const list = useListExport(payments.checkExport, PAYMENT_EXPORT_PATH, view, useLanguage(), 'payments', shown)
  return (
    <ListExportDialog
      list={list}
      sums={(totals) => SUMS.map((id) => [column[id], formatYen(totals[id])])}
      lackingOf={({ unmappable, unmappableCount }) => <Unmappable places={unmappable} count={unmappableCount} />}
      onClose={onClose}
    >
      <Radio.Group
        label={words.per}
        description={per === 'line' ? words.per_line_hint : undefined}
        value={per}
        onChange={(value) => setPer(value === 'line' ? 'line' : 'payment')}
      >
        <Group mt={6}>
          <Radio size="xs" value="payment" label={words.per_payment} />
          <Radio size="xs" value="line" label={words.per_line} />
        </Group>
      </Radio.Group>
    </ListExportDialog>
  )
}
