/** From gross to transfer: each step with its amount, drawn where the sum stands before and after it. */
import type { WaterfallStep } from '@choba/shared/contracts/payouts.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import styles from './payouts.module.css'

export function Waterfall({ steps }: { readonly steps: readonly WaterfallStep[] }) {
  const words = useWords()
  const language = useLanguage()
  const drawn = place(steps)
  return (
    <dl className={styles.waterfall} aria-label={words.payout.waterfall}>
      {drawn.map(({ step, from, to, key }) => (
        <div key={key} style={{ display: 'contents' }}>
          <dt className={step.kind === 'transfer' ? styles.transfer : undefined}>
            {nameOf(step, language)}{' '}
            <span className="soft num">{fill(words.payout.amount_and_lines, { count: formatCount(step.lines) })}</span>
          </dt>
          <dd className={styles.track} aria-hidden="true">
            <span className={classOf(step)} style={{ left: `${from}%`, width: `${to - from}%` }} />
          </dd>
          <dd className={`num ${styles.amount} ${step.kind === 'transfer' ? styles.transfer : ''}`}>
            {formatYen(step.amountYen)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function classOf({ kind, amountYen }: WaterfallStep): string | undefined {
  if (kind === 'transfer' || kind === 'sales') return styles.whole
  return amountYen < 0 ? styles.down : styles.up
}

function nameOf(step: WaterfallStep, language: Language): string {
  const word = label(language, 'payout', step.kind)
  const of = [
    step.feeKind === null ? null : label(language, 'fee_kind', step.feeKind),
    step.taxClass === null ? null : label(language, 'tax_class', step.taxClass),
  ].filter((part) => part !== null)
  if (of.length === 0) return word
  return language === 'ja' ? `${word}（${of.join('・')}）` : `${word} (${of.join(', ')})`
}

/** Percentages of the widest span that the running sum takes. */
function place(steps: readonly WaterfallStep[]) {
  let sum = 0
  const spans = steps.map((step, index) => {
    const before = step.kind === 'transfer' ? 0 : sum
    sum = step.kind === 'transfer' ? step.amountYen : sum + step.amountYen
    return { step, key: `${step.kind}-${index}`, low: Math.min(before, sum), high: Math.max(before, sum) }
  })
  const low = Math.min(0, ...spans.map((span) => span.low))
  const width = Math.max(1, ...spans.map((span) => span.high)) - low
  return spans.map(({ step, key, low: start, high }) => ({
    step,
    key,
    from: ((start - low) / width) * 100,
    to: ((high - low) / width) * 100,
  }))
}
