/** How screening went: three rates and the reasons ranked. Each figure filters the table below it. */
import { Tooltip } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ScreeningFigures, screenings } from '@choba/shared/contracts/screenings.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatCount } from '../../ui/money/format-yen.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import { withConditions } from '../../ui/filters/conditions.ts'
import type { ScreeningSearch } from './screening-search.ts'
import styles from './screenings.module.css'

const MOST_REASONS = 6

type FiguresBarProps = {
  readonly search: ScreeningSearch
  readonly onChange: (search: ScreeningSearch) => void
}

export function FiguresBar({ search, onChange }: FiguresBarProps) {
  const words = useWords().screenings
  const language = useLanguage()
  const { from, to, shop } = search
  const answer = useQuery({
    ...q(screenings.figures, { query: { ...(from && { from }), ...(to && { to }), ...(shop && { shop }) } }),
    placeholderData: keepPreviousData,
  })
  const figures = answer.data
  // A refusal is said where the list would stand.
  if (answer.isError && figures === undefined) return null
  if (figures === undefined) return <div className={styles.figures} aria-busy="true" />
  const period = { from: businessDate(figures.from), to: businessDate(figures.to) }

  function filterBy(conditions: Partial<ScreeningSearch>): void {
    onChange(withConditions({}, { ...period, ...(shop && { shop }), ...conditions }))
  }
  const title = fill(words.figures, {
    from: formatDay(figures.from, language),
    to: formatDay(figures.to, language),
  })
  return (
    <section className={styles.figures} aria-label={title} aria-busy={answer.isFetching}>
      <p className={styles.period}>{title}</p>
      <div className={styles.rates}>
        {ratesOf(figures).map((rate) => (
          <Tooltip
            key={rate.key}
            label={words[`${rate.key}_hint`]}
            multiline
            w={320}
            events={{ hover: true, focus: true, touch: true }}
          >
            <button type="button" className={styles.rate} onClick={() => filterBy({ result: [rate.filter] })}>
              <span className={styles.rateName}>{words[rate.key]}</span>
              <span className={styles.rateFigure}>{percent(rate.part, rate.whole)}</span>
              <span className="soft">
                {fill(words.of, { count: formatCount(rate.whole), part: formatCount(rate.part) })}
              </span>
            </button>
          </Tooltip>
        ))}
      </div>
      <div className={styles.ranked}>
        <p className={styles.rateName}>{words.reasons_ranked}</p>
        {figures.reasons.length === 0 ? <p className="soft">{words.reasons_none}</p> : null}
        <ol className={styles.reasons}>
          {figures.reasons.slice(0, MOST_REASONS).map(({ code, count }) => {
            const word = label(language, 'reason', code)
            return (
              <li key={code}>
                <button
                  type="button"
                  className={styles.reason}
                  title={fill(words.filter_by, { name: word })}
                  onClick={() => filterBy({ reason: code })}
                >
                  <span className="line">{word}</span> <span className="soft mono">{code}</span>
                  <span className="num">{fill(words.times, { count: formatCount(count) })}</span>
                </button>
              </li>
            )
          })}
        </ol>
      </div>
    </section>
  )
}

function ratesOf(figures: ScreeningFigures) {
  return [
    { key: 'approval_rate', part: figures.approvedAtOnce, whole: figures.firstResults, filter: 'approved' },
    { key: 'final_rate', part: figures.approvedInTheEnd, whole: figures.firstResults, filter: 'approved' },
    { key: 'hold_conversion', part: figures.heldThenApproved, whole: figures.held, filter: 'on_hold' },
  ] as const
}

/** To a tenth, rounded down: nothing short of all is said to be 100 %. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${(Math.floor((part * 1000) / whole) / 10).toFixed(1)}%`
}
