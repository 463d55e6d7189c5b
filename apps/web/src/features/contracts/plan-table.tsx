/** What last month would have cost under each of NP's plans, and from which turnover the next one pays. */
import { Skeleton, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { contractTerms, type PlanComparison } from '@choba/shared/contracts/contract-terms.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import styles from './contracts.module.css'

export function PlanTable({ shopId }: { readonly shopId: string }) {
  const words = useWords()
  const language = useLanguage()
  const [month, setMonth] = useState('')
  const isMonth = /^\d{4}-\d{2}$/.test(month)
  const { data, error, refetch } = useQuery({
    ...q(contractTerms.plans, { query: { shop: shopId, ...(isMonth ? { month } : {}) } }),
    placeholderData: keepPreviousData,
  })
  function body() {
    if (data !== undefined) return <Plans comparison={data} />
    if (error === null) return <Skeleton height={160} role="status" aria-label={words.app.loading} />
    const { code, requestId } = asApiError(error)
    return (
      <ErrorNotice
        title={words.plans.failed_title}
        code={code}
        requestId={requestId}
        language={language}
        onRetry={() => void refetch()}
      />
    )
  }
  return (
    <Section title={words.plans.title}>
      <TextInput
        type="month"
        size="xs"
        w={160}
        mb="xs"
        aria-label={words.plans.month}
        value={isMonth ? month : (data?.month ?? '')}
        onChange={(event) => setMonth(event.currentTarget.value)}
      />
      {body()}
    </Section>
  )
}

function Plans({ comparison }: { readonly comparison: PlanComparison }) {
  const { plans } = useWords()
  const language = useLanguage()
  const { month, sales, amountYen } = comparison
  const current = comparison.plans.find((cost) => cost.plan === 'current')
  if (current === undefined) return <p className="soft">{plans.no_terms}</p>
  const cheapest = Math.min(...comparison.plans.map((cost) => cost.totalYen))
  return (
    <>
      <p className={styles.lead}>
        {sales === 0
          ? plans.none
          : fill(plans.lead, {
              month: language === 'ja' ? month.replace('-', '年').concat('月') : month,
              count: formatCount(sales),
              amount: formatYen(amountYen),
            })}
      </p>
      <PlainTable
        caption={plans.title}
        columns={[
          { name: label(language, 'term_field', 'plan') },
          { name: plans.rate, end: true },
          { name: plans.rate_fee, end: true },
          { name: plans.invoices, end: true },
          { name: plans.monthly, end: true },
          { name: plans.tax, end: true },
          { name: plans.total, end: true },
          { name: plans.difference, end: true },
        ]}
        rows={comparison.plans.map((cost) => ({
          key: cost.plan,
          cells: [
            label(language, 'fee_plan', cost.plan),
            `${cost.rateBp / 100}%`,
            formatYen(cost.rateYen),
            formatYen(cost.invoicesYen),
            formatYen(cost.monthlyYen),
            formatYen(cost.taxYen),
            cost.totalYen === cheapest ? (
              <strong key="total">{formatYen(cost.totalYen)}</strong>
            ) : (
              formatYen(cost.totalYen)
            ),
            cost.plan === 'current' ? '' : signed(cost.totalYen - current.totalYen),
          ],
        }))}
      />
      <p className={styles.note}>
        {plans.break_even}:{' '}
        {comparison.breakEven
          .map(({ from, to, monthYen }) =>
            fill(plans.break_even_row, {
              from: label(language, 'fee_plan', from),
              to: label(language, 'fee_plan', to),
              amount: formatYen(monthYen),
            }),
          )
          .join(' · ')}
      </p>
      <p className={styles.note}>{plans.source}</p>
    </>
  )
}

function signed(amountYen: number): string {
  return amountYen > 0 ? `+${formatYen(amountYen)}` : formatYen(amountYen)
}
