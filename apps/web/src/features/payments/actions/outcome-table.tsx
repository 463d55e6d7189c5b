/** How the payment stands now, and how it will stand; what changes is set off. */
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import type { PaymentAction } from '@choba/shared/states/payment.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { PlainTable } from '../../../ui/facts/plain-table.tsx'
import { formatYen } from '../../../ui/money/format-yen.ts'
import { StatusBadge } from '../../../ui/status/status-badge.tsx'
import { outcomeOf, standingOf } from './outcome.ts'

type OutcomeProps = {
  readonly action: PaymentAction
  readonly payment: PaymentRow
  readonly amountYen: number | undefined
}

export function Outcome({ action, payment, amountYen }: OutcomeProps) {
  const { dialog, export_dialog } = useWords()
  const language = useLanguage()
  const before = standingOf(payment)
  const after = outcomeOf(action, payment.method, before, amountYen)
  const money = [
    ['amountYen', dialog.billed],
    ['capturedYen', dialog.captured],
    ['refundedYen', dialog.refunded],
  ] as const
  return (
    <PlainTable
      caption={`${dialog.before} → ${dialog.after}`}
      columns={[{ name: export_dialog.columns }, { name: dialog.before, end: true }, { name: dialog.after, end: true }]}
      rows={[
        {
          key: 'status',
          cells: [
            dialog.status_after,
            <StatusBadge key="before" status={before.status} language={language} />,
            <StatusBadge key="after" status={after.status} language={language} />,
          ],
        },
        ...money.map(([key, name]) => ({
          key,
          cells: [
            name,
            formatYen(before[key]),
            before[key] === after[key] ? formatYen(after[key]) : <strong key="after">{formatYen(after[key])}</strong>,
          ],
        })),
      ]}
    />
  )
}
