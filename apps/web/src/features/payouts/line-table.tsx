import { Link } from '@tanstack/react-router'
import type { PayoutLine } from '@choba/shared/contracts/payouts.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { FindingBadge } from './comparison.tsx'
import styles from './payouts.module.css'

type LineTableProps = {
  readonly rows: readonly PayoutLine[]
  readonly method: string
  readonly expected?: boolean
  readonly caption?: string
}

export function LineTable({ rows, method, expected = false, caption }: LineTableProps) {
  const { payout } = useWords()
  const language = useLanguage()
  return (
    <PlainTable
      caption={caption ?? payout.lines}
      columns={[
        { name: payout.line, end: true },
        { name: payout.order },
        { name: payout.customer },
        { name: payout.kind },
        { name: payout.gross, end: true },
        { name: payout.charged, end: true },
        { name: payout.net, end: true },
        ...(expected ? [] : [{ name: payout.finding }]),
      ]}
      rows={rows.map((row) => ({
        key: String(row.line),
        cells: [
          row.line,
          row.paymentId === null ? (
            <span key="order" className="mono">
              {row.orderNumber || row.providerId || '–'}
            </span>
          ) : (
            <Link key="order" to="/payments/$id" params={{ id: row.paymentId }} className="link-button mono">
              {row.orderNumber}
            </Link>
          ),
          row.customerName === '' ? row.note : row.customerName,
          label(language, 'line_kind', kindWord(row.kind, method)),
          <Figure key="gross" amountYen={row.grossYen} expectedYen={row.expectedGrossYen} />,
          <Figure
            key="fee"
            amountYen={-row.feeYen - row.taxYen}
            expectedYen={row.expectedFeeYen === null ? null : -row.expectedFeeYen - (row.expectedTaxYen ?? 0)}
          />,
          formatYen(row.transferYen),
          ...(expected ? [] : [<FindingBadge key="finding" finding={row.finding} />]),
        ],
      }))}
    />
  )
}

/** Only NP pays in the customer's place; the others pass on what was sold. */
function kindWord(kind: string, method: string): string {
  if (method === 'np_postpaid') return kind
  return { sale: 'sold', cancellation: 'refunded' }[kind] ?? kind
}

/** Says what was expected where it is another amount. */
function Figure({ amountYen, expectedYen }: { readonly amountYen: number; readonly expectedYen: number | null }) {
  const { payout } = useWords()
  if (expectedYen === null || expectedYen === amountYen) return <>{formatYen(amountYen)}</>
  return (
    <>
      <span className={styles.differs}>{formatYen(amountYen)}</span>
      <span className={styles.expected}>{fill(payout.expected, { amount: formatYen(expectedYen) })}</span>
    </>
  )
}
