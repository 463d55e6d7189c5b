/** Expected, closed, paid; a closing whose statement has not come asks for somebody. */
import type { PayoutRow } from '@choba/shared/contracts/payouts.ts'
import { label, type Language } from '@choba/shared/labels/labels.ts'
import { ToneBadge } from '../../ui/status/status-badge.tsx'

const TONES = { expected: 'waiting', closed: 'in_motion', paid: 'done' } as const

export function PayoutStateBadge({
  row: { state, late },
  language,
}: {
  readonly row: Pick<PayoutRow, 'state' | 'late'>
  readonly language: Language
}) {
  if (late)
    return (
      <span title={label(language, 'payouts', 'late_hint')}>
        <ToneBadge tone="needs_you" word={label(language, 'payouts', 'late')} />
      </span>
    )
  return <ToneBadge tone={TONES[state]} word={label(language, 'payout_state', state)} />
}
