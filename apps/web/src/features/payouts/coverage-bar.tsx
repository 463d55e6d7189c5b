/** The guarantee on one line: covered + not yet + excluded = shipped. Each part opens its sales. */
import { Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Coverage, payouts } from '@choba/shared/contracts/payouts.ts'
import type { CoverageFilter, CoveragePart } from '@choba/shared/filters/payouts.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { q } from '../../api/q.ts'
import { useWords } from '../../i18n/language.ts'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import styles from './payouts.module.css'

const SIGNS: Readonly<Record<CoveragePart, string>> = { covered: '', not_yet: '＋', excluded: '＋' }

export function CoverageBar({ filter }: { readonly filter: CoverageFilter }) {
  const words = useWords()
  const { data, isError } = useQuery({ ...q(payouts.coverage, { query: filter }), placeholderData: keepPreviousData })
  if (isError && data === undefined)
    return (
      <p className={styles.coverage} role="alert">
        {words.coverage.failed_title}
      </p>
    )
  if (data === undefined)
    return <Skeleton height={64} mx="lg" mb="sm" w="auto" role="status" aria-label={words.app.loading} />
  return (
    <section className={styles.coverage} aria-label={words.coverage.title}>
      <div className={styles.sums}>
        {data.parts.map((part) => (
          <PartOf key={part.part} part={part} filter={filter} />
        ))}
        <Link to="/payouts/coverage" search={filter} className={styles.part} title={words.coverage.lead}>
          <span className={styles.sign} aria-hidden="true">
            ＝
          </span>
          <Sum name={words.coverage.completed} sum={data.completed} />
        </Link>
        <Proof coverage={data} />
      </div>
      <CoverageStripe coverage={data} />
    </section>
  )
}

function PartOf({ part, filter }: { readonly part: Coverage['parts'][number]; readonly filter: CoverageFilter }) {
  const { coverage, coverage_reason: reasons } = useWords()
  const name = coverage[part.part]
  const why = part.reasons
    .filter((reason) => reason.count > 0)
    .map((reason) => {
      const word = (reasons as Readonly<Record<string, string>>)[reason.reason] ?? reason.reason
      return `${word} ${fill(coverage.count, { count: formatCount(reason.count) })}`
    })
  return (
    <Link
      to="/payouts/coverage"
      search={{ ...filter, part: part.part }}
      className={styles.part}
      title={why.join('\n')}
      aria-label={`${fill(coverage.open, { name })} ${formatYen(part.amountYen)}`}
    >
      {SIGNS[part.part] === '' ? null : (
        <span className={styles.sign} aria-hidden="true">
          {SIGNS[part.part]}
        </span>
      )}
      <Sum name={name} sum={part} />
    </Link>
  )
}

function Sum({
  name,
  sum,
}: {
  readonly name: string
  readonly sum: { readonly count: number; readonly amountYen: number }
}) {
  const { app, coverage } = useWords()
  return (
    <span className={styles.sum}>
      <span className={styles.sumName}>{name}</span>
      <span className={`num ${styles.sumAmount}`}>
        {formatYen(sum.amountYen)}
        <span className={styles.unit}>{app.yen}</span>
      </span>
      <span className={`num ${styles.sumCount}`}>{fill(coverage.count, { count: formatCount(sum.count) })}</span>
    </span>
  )
}

function Proof({ coverage: { adds, statedYen } }: { readonly coverage: Coverage }) {
  const { coverage } = useWords()
  const Icon = adds ? IconCircleCheck : IconAlertTriangle
  const stated = `${coverage.stated} ${formatYen(statedYen)}`
  return (
    <span
      className={adds ? styles.adds : styles.addsNot}
      role="status"
      title={`${adds ? coverage.adds_hint : coverage.adds_not_hint}\n${stated}`}
    >
      <Icon size={16} stroke={2} aria-hidden="true" />
      {adds ? coverage.adds : coverage.adds_not}
    </span>
  )
}

/** The same figures as lengths; said in words above. */
function CoverageStripe({ coverage: { parts, completed } }: { readonly coverage: Coverage }) {
  if (completed.amountYen === 0) return null
  return (
    <div className={styles.stripe} aria-hidden="true">
      {parts.map((part) => (
        <span
          key={part.part}
          className={styles[part.part]}
          style={{ width: `${(part.amountYen / completed.amountYen) * 100}%` }}
        />
      ))}
    </div>
  )
}
