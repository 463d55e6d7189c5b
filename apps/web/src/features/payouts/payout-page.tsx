/** One closing: what it comes to, how, line by line against what was expected, and what it books. */
import { Skeleton } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type PayoutDetail, payouts } from '@choba/shared/contracts/payouts.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Facts, Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { Comparison } from './comparison.tsx'
import { MarkPaid } from './mark-paid.tsx'
import { FixedFees } from './fixed-fees.tsx'
import { PayoutBooks } from './payout-books.tsx'
import { PayoutLines } from './payout-lines.tsx'
import { PayoutStateBadge } from './payout-state.tsx'
import styles from './payouts.module.css'
import { useRefreshedPayouts } from './use-payouts.ts'
import { Waterfall } from './waterfall.tsx'

export function PayoutPage() {
  const words = useWords()
  const language = useLanguage()
  const { id } = useParams({ from: '/console/payouts/$id' })
  useRefreshedPayouts()
  const { data, error, refetch } = useQuery(q(payouts.get, { id }))

  function body() {
    if (data !== undefined) return <Payout id={id} detail={data} />
    if (error === null) return <Skeleton height={320} role="status" aria-label={words.app.loading} />
    const { code, requestId } = asApiError(error)
    const title = code === 'resource.not_found' ? words.payout.not_found : words.payout.failed_title
    return (
      <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={() => void refetch()} />
    )
  }
  return (
    <div className={styles.sheet}>
      <Link to="/payouts" className={`${styles.back} no-print`}>
        <IconChevronLeft size={16} aria-hidden="true" />
        {words.payout.back}
      </Link>
      {body()}
    </div>
  )
}

function Payout({ id, detail }: { readonly id: string; readonly detail: PayoutDetail }) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const { payout, source, issuerNumber, comparison } = detail
  return (
    <>
      <div className={styles.payoutHead}>
        <h1 className={styles.title}>{fill(words.payout.title, { day: formatDay(payout.closingOn, language) })}</h1>
        <PayoutStateBadge row={payout} language={language} />
        <MethodMark method={payout.method} language={language} />
        <span className="soft">{shops.find((shop) => shop.id === payout.shopId)?.name}</span>
      </div>
      <p className={`num ${styles.figure}`}>
        {formatYen(payout.transferYen)}
        <span className={styles.unit}>{words.app.yen}</span>
      </p>
      <div className={styles.columns}>
        <Section title={words.payout.waterfall}>
          <Waterfall steps={detail.waterfall} />
          <p className={styles.note}>{words.payout.tax_printed}</p>
        </Section>
        <Section title={words.coverage.statement}>
          <Facts
            facts={[
              [words.payout_column.closingOn, formatDay(payout.closingOn, language)],
              [words.payout_column.payOn, formatDay(payout.payOn, language)],
              [words.payout_column.paidOn, payout.paidOn === null ? null : formatDay(payout.paidOn, language)],
              [words.payout.statement_number, payout.statementNumber],
              [words.payout.issuer_number, issuerNumber],
              [words.payout.source, source === null ? null : label(language, 'payout', `source_${source}`)],
            ]}
          />
          {source === 'file' && payout.state === 'closed' ? (
            <MarkPaid payout={payout} unknown={comparison?.findings.unknown ?? 0} />
          ) : null}
          {comparison === null ? null : <Comparison comparison={comparison} />}
        </Section>
      </div>
      <FixedFees fees={detail.fixedFees} />
      <PayoutLines id={id} method={payout.method} expected={payout.state === 'expected'} />
      {payout.state === 'expected' ? null : <PayoutBooks detail={detail} />}
    </>
  )
}
