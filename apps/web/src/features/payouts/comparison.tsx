/** How a statement compares with what was expected, and the sales that are not on it. */
import { Link } from '@tanstack/react-router'
import {
  LINE_FINDINGS,
  type LineFinding,
  type MissingSale,
  type PayoutComparison,
} from '@choba/shared/contracts/payouts.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import styles from './payouts.module.css'

const TONES = {
  matched: 'done',
  own: 'waiting',
  amount_differs: 'needs_you',
  fee_differs: 'needs_you',
  twice: 'needs_you',
  unknown: 'needs_you',
} as const satisfies Record<LineFinding, string>

export function FindingBadge({ finding }: { readonly finding: LineFinding }) {
  return <ToneBadge tone={TONES[finding]} word={label(useLanguage(), 'line_finding', finding)} />
}

/** Findings that no line has are left out, but for the matched. */
export function Findings({ findings }: { readonly findings: PayoutComparison['findings'] }) {
  const words = useWords()
  const shown = LINE_FINDINGS.filter((finding) => finding === 'matched' || (findings[finding] ?? 0) > 0)
  return (
    <PlainTable
      caption={words.payout.comparison}
      columns={[{ name: words.payout.comparison }, { name: words.payout.comparison_count, end: true }]}
      rows={shown.map((finding) => ({
        key: finding,
        cells: [<FindingBadge key="finding" finding={finding} />, formatCount(findings[finding] ?? 0)],
      }))}
    />
  )
}

export function Comparison({ comparison }: { readonly comparison: PayoutComparison }) {
  const words = useWords().payout
  const unknown = comparison.findings.unknown ?? 0
  return (
    <>
      <div style={{ height: 16 }} />
      <Findings findings={comparison.findings} />
      {unknown > 0 ? (
        <p className={styles.differs} role="status">
          {fill(words.unknown_note, { count: formatCount(unknown) })}
        </p>
      ) : null}
      <Missing missing={comparison.missing} sales={comparison.missingSales} />
    </>
  )
}

const REASONS = ['unexplained', 'arrival_not_confirmed', 'next_closing', 'disputed'] as const

type MissingProps = { readonly missing: PayoutComparison['missing']; readonly sales: readonly MissingSale[] }

export function Missing({ missing, sales }: MissingProps) {
  const words = useWords()
  const language = useLanguage()
  const present = REASONS.filter((reason) => (missing[reason]?.count ?? 0) > 0)
  if (present.length === 0) return <p className={styles.note}>{words.payout.missing_none}</p>
  const count = present.reduce((sum, reason) => sum + (missing[reason]?.count ?? 0), 0)
  return (
    <>
      <h3 style={{ margin: '16px 0 6px', fontSize: '0.844rem' }}>{words.payout.missing}</h3>
      <p className={styles.note} style={{ marginTop: 0 }}>
        {present
          .map(
            (reason) =>
              `${words.missing_reason[reason]} ${fill(words.coverage.count, { count: formatCount(missing[reason]?.count ?? 0) })} ${formatYen(missing[reason]?.amountYen)}${language === 'ja' ? words.app.yen : ` ${words.app.yen}`}`,
          )
          .join(' · ')}
      </p>
      <PlainTable
        caption={words.payout.missing}
        columns={[
          { name: words.payout.order },
          { name: words.payout.reason },
          { name: words.payout.arrived },
          { name: words.payout.amount, end: true },
        ]}
        rows={sales.map((sale) => ({
          key: sale.paymentId,
          cells: [
            <Link key="order" to="/payments/$id" params={{ id: sale.paymentId }} className="link-button mono">
              {sale.orderNumber}
            </Link>,
            <span key="reason" className={sale.reason === 'unexplained' ? styles.differs : undefined}>
              {words.missing_reason[sale.reason]}
            </span>,
            formatDay(sale.arrivedOn, language),
            formatYen(sale.amountYen),
          ],
        }))}
      />
      {count > sales.length ? (
        <p className={styles.note}>{fill(words.payout.missing_more, { count: formatCount(sales.length) })}</p>
      ) : null}
    </>
  )
}
