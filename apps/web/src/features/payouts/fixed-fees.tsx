/** What a closing does with each month's own fee: set off, carried on, or handed to an invoice. */
import type { FixedFeeView, PayoutRow } from '@choba/shared/contracts/payouts.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Section } from '../../ui/facts/section.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatMonth } from '../../ui/time/format-time.ts'
import styles from './payouts.module.css'

const TONES = { deducted: 'done', carried: 'waiting', invoiced: 'needs_you' } as const

export function FixedFees({ fees }: { readonly fees: readonly FixedFeeView[] }) {
  const { fixed_fee: words } = useWords()
  const language = useLanguage()
  const [first] = fees
  if (first === undefined) return null
  const word = ({ state, carried, most }: FixedFeeView) =>
    state === 'carried' ? fill(words.carried, { carried, most }) : words[state]
  return (
    <Section title={words.title}>
      <PlainTable
        caption={words.title}
        columns={[{ name: words.month }, { name: words.amount, end: true }, { name: words.state }]}
        rows={fees.map((fee) => ({
          key: fee.month,
          cells: [
            formatMonth(fee.month, language),
            formatYen(fee.owedYen),
            <ToneBadge key="state" tone={TONES[fee.state]} word={word(fee)} />,
          ],
        }))}
      />
      <p className={styles.note}>
        {fees.some((fee) => fee.state === 'invoiced') ? words.invoiced_hint : fill(words.lead, { most: first.most })}
      </p>
    </Section>
  )
}

/** In a list: how often the oldest fee that goes on has been carried. */
export function CarriedMark({
  row: { carried, carryMost },
}: {
  readonly row: Pick<PayoutRow, 'carried' | 'carryMost'>
}) {
  const { fixed_fee: words } = useWords()
  if (carried === null || carryMost === null) return null
  const values = { carried, most: carryMost }
  return (
    <span className={styles.carried} title={fill(words.carried_hint, values)}>
      {fill(words.carried_short, values)}
    </span>
  )
}
