/** What a month brings, how much of it can be expected, and the rates with the way they are counted. */
import { ActionIcon, Skeleton, Tooltip } from '@mantine/core'
import { IconCalendarOff, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { MonthAnswer, Share } from '@choba/shared/contracts/subscription-outlook.ts'
import { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { addMonths, businessDate } from '@choba/shared/dates.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { ATTENTIONS } from '@choba/shared/states/subscription.ts'
import { asApiError } from '../../api/api-error.ts'
import { useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Section } from '../../ui/facts/section.tsx'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { formatCount, formatYen, UNKNOWN } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { ToneBadge } from '../../ui/status/status-badge.tsx'
import { type Figure, figuresOf, percentOf } from './month-figures.ts'
import { NewButton } from './new-button.tsx'
import { SectionTabs } from './section-tabs.tsx'
import { CycleBadge } from './subscription-columns.tsx'
import styles from './subscriptions.module.css'

export function MonthPage() {
  const words = useWords()
  const language = useLanguage()
  const { month } = useSearch({ from: '/console/subscriptions/month' })
  const navigate = useNavigate({ from: '/subscriptions/month' })
  const query = month === undefined ? {} : { month }
  const answer = useQuery({ ...q(subscriptions.month, { query }), placeholderData: keepPreviousData })
  useRefresh([subscriptions.month.path])
  const own = words.subscription_month

  function step(by: -1 | 1): void {
    if (answer.data === undefined) return
    const next = addMonths(businessDate(`${answer.data.month}-01`), by)
    void navigate({ search: { month: next.slice(0, 7) } })
  }
  function body() {
    if (answer.isPending) return <Skeleton height={420} mt="md" role="status" aria-label={words.app.loading} />
    if (answer.isError) {
      const { code, requestId } = asApiError(answer.error)
      const retry = () => void answer.refetch()
      return <ErrorNotice title={own.failed} code={code} requestId={requestId} language={language} onRetry={retry} />
    }
    return (
      <div className={answer.isPlaceholderData ? styles.stale : undefined}>
        <Month month={answer.data} />
      </div>
    )
  }
  return (
    <>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.subscriptions.title}</h1>
        <span className={styles.grow} />
        <NewButton />
      </div>
      <SectionTabs />
      <div className={styles.sheet}>
        <div className={styles.periodBar}>
          <Tooltip label={own.earlier}>
            <ActionIcon variant="default" aria-label={own.earlier} onClick={() => step(-1)}>
              <IconChevronLeft size={16} />
            </ActionIcon>
          </Tooltip>
          <h2 className={styles.period} style={{ margin: '0 4px' }}>
            {answer.data === undefined ? own.title : sayMonth(answer.data.month, language)}
          </h2>
          <Tooltip label={own.later}>
            <ActionIcon variant="default" aria-label={own.later} onClick={() => step(1)}>
              <IconChevronRight size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
        {body()}
      </div>
    </>
  )
}

function Month({ month }: { readonly month: MonthAnswer }) {
  const words = useWords()
  const language = useLanguage()
  const own = words.subscription_month
  const figures = figuresOf(month)
  const states = month.states.filter(({ count }) => count > 0)
  return (
    <>
      <dl className={styles.figures}>
        <BigFigure name={own.will_charge} figure={figures.willCharge} text={own.will_charge_text} />
        <BigFigure name={own.expected} figure={figures.expected} text={own.expected_text} />
        <BigFigure name={own.at_risk} figure={figures.atRisk} text={own.at_risk_text} urgent={figures.atRisk.count > 0}>
          <Link to="/subscriptions" search={{ attention: [...ATTENTIONS] }} className="link-button">
            {own.see_list}
          </Link>
        </BigFigure>
      </dl>
      {states.length === 0 && month.planned.count === 0 ? (
        <Notice icon={IconCalendarOff} title={own.empty} />
      ) : (
        <div className={styles.columns}>
          <Section title={own.breakdown}>
            <PlainTable
              caption={own.breakdown}
              columns={[
                { name: words.subscription_detail.state },
                { name: own.count, end: true },
                { name: own.amount, end: true },
              ]}
              rows={[
                ...states.map(({ state, count, amountYen }) => ({
                  key: state,
                  cells: [
                    <CycleBadge key="state" state={state} language={language} />,
                    formatCount(count),
                    formatYen(amountYen),
                  ],
                })),
                {
                  key: 'planned',
                  cells: [
                    <ToneBadge key="state" tone="waiting" word={own.planned} />,
                    formatCount(month.planned.count),
                    formatYen(month.planned.amountYen),
                  ],
                },
              ]}
            />
          </Section>
          <Outlook month={month} />
        </div>
      )}
      <Section title={own.rates}>
        <PlainTable
          caption={own.rates}
          columns={[
            { name: own.rate_name },
            { name: own.rate_value },
            { name: own.rate_counts },
            { name: own.rate_definition },
          ]}
          rows={(['churn', 'failure', 'recovery'] as const).map((rate) => ({
            key: rate,
            cells: [
              own[rate],
              percentOf(month[rate]) ?? UNKNOWN,
              <Counts key="c" share={month[rate]} />,
              own[`${rate}_text`],
            ],
          }))}
        />
      </Section>
    </>
  )
}

function Outlook({ month }: { readonly month: MonthAnswer }) {
  const words = useWords()
  const language = useLanguage()
  const own = words.subscription_month
  if (month.outlook.length === 0) return null
  return (
    <Section title={own.outlook}>
      <PlainTable
        caption={own.outlook}
        columns={[
          { name: words.subscription_detail.method },
          { name: own.open, end: true },
          { name: own.open_yen, end: true },
          { name: own.rate, end: true },
          { name: own.expected_count, end: true },
          { name: own.expected_yen, end: true },
        ]}
        rows={month.outlook.map((line) => ({
          key: line.method,
          cells: [
            <MethodMark key="method" method={line.method} language={language} />,
            formatCount(line.open),
            formatYen(line.openYen),
            <span key="rate">
              {percentOf(line.approved) ?? own.no_record}
              {line.approved.whole > 0 ? (
                <div className="soft" style={{ fontSize: '0.75rem' }}>
                  <Counts share={line.approved} />
                </div>
              ) : null}
            </span>,
            formatYen(line.expected),
            formatYen(line.expectedYen),
          ],
        }))}
      />
    </Section>
  )
}

type BigFigureProps = {
  readonly name: string
  readonly figure: Figure
  readonly text: string
  readonly urgent?: boolean
  readonly children?: React.ReactNode
}

function BigFigure({ name, figure, text, urgent = false, children }: BigFigureProps) {
  const { app, subscription_calendar: calendar } = useWords()
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd>
        <span className={`${styles.big} ${urgent ? styles.urgent : ''}`}>{formatYen(figure.amountYen)}</span> {app.yen}
        <span className={styles.bigCount}>
          {formatYen(figure.count)} {calendar.count_unit}
        </span>
        <p className={`soft ${styles.figureText}`}>{text}</p>
        {children}
      </dd>
    </div>
  )
}

function Counts({ share }: { readonly share: Share }) {
  const { subscription_month: words } = useWords()
  if (share.whole === 0) return words.none_yet
  return fill(words.of, { part: formatCount(share.part), whole: formatCount(share.whole) })
}

function sayMonth(month: string, language: 'ja' | 'en'): string {
  const [year, number] = [month.slice(0, 4), Number(month.slice(5))]
  return language === 'ja' ? `${year}年${number}月` : month
}
