/** Sixty days of cycles, made up and planned: a grid where there is room, a list of days everywhere. */
import { ActionIcon, Button, Select, Skeleton, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCalendarOff, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { CALENDAR_DAYS, type CalendarAnswer } from '@choba/shared/contracts/subscription-outlook.ts'
import { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { addDays, businessDate } from '@choba/shared/dates.ts'
import { asApiError } from '../../api/api-error.ts'
import { useRefresh } from '../../api/pages.ts'
import { q } from '../../api/q.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Totals } from '../../ui/table/totals.tsx'
import { CalendarGrid } from './calendar-grid.tsx'
import { CalendarList } from './calendar-list.tsx'
import { NewButton } from './new-button.tsx'
import type { CalendarSearch } from './outlook-search.ts'
import { SectionTabs } from './section-tabs.tsx'
import styles from './subscriptions.module.css'

export function CalendarPage() {
  const words = useWords()
  const language = useLanguage()
  const search = useSearch({ from: '/console/subscriptions/calendar' })
  const navigate = useNavigate({ from: '/subscriptions/calendar' })
  const { shops } = useSession()
  const phone = useMediaQuery('(max-width: 61.99em)', window.innerWidth < 992)
  const { from, shop } = search
  const query = { ...(from && { from }), ...(shop && { shop: [shop] }) }
  const calendar = useQuery({ ...q(subscriptions.calendar, { query }), placeholderData: keepPreviousData })
  useRefresh([subscriptions.calendar.path])

  function go(next: CalendarSearch): void {
    void navigate({ search: next })
  }
  function body() {
    if (calendar.isPending) return <Skeleton height={520} mt="md" role="status" aria-label={words.app.loading} />
    if (calendar.isError) {
      const { code, requestId } = asApiError(calendar.error)
      const retry = () => void calendar.refetch()
      const title = words.subscription_calendar.failed
      return <ErrorNotice title={title} code={code} requestId={requestId} language={language} onRetry={retry} />
    }
    const answer = calendar.data
    const isEmpty = answer.days.every(({ count }) => count === 0)
    return (
      <div className={calendar.isPlaceholderData ? styles.stale : undefined}>
        {phone ? null : (
          <CalendarGrid
            answer={answer}
            chosen={search.day}
            onChoose={(day) => go({ ...rest(search), ...(day && { day }) })}
          />
        )}
        {isEmpty ? (
          <Notice
            icon={IconCalendarOff}
            title={words.subscription_calendar.none}
            text={words.subscription_calendar.none_text}
          >
            <NewButton />
          </Notice>
        ) : (
          <CalendarList answer={answer} day={search.day} onAll={() => go(rest(search))} />
        )}
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
          <h2 className={styles.period}>{words.subscription_calendar.title}</h2>
          <Period search={search} answer={calendar.data} onGo={go} />
          {shops.length > 1 ? (
            <Select
              size="xs"
              aria-label={words.filter.shop}
              placeholder={words.filter.shop}
              clearable
              value={shop ?? null}
              data={shops.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(chosen) => go({ ...(from && { from }), ...(chosen === null ? {} : { shop: chosen }) })}
            />
          ) : null}
        </div>
        <p className={`soft ${styles.lead}`}>{words.subscription_calendar.lead}</p>
        {calendar.data === undefined ? null : <Sums answer={calendar.data} busy={calendar.isFetching} />}
        {body()}
      </div>
    </>
  )
}

type PeriodProps = {
  readonly search: CalendarSearch
  readonly answer: CalendarAnswer | undefined
  readonly onGo: (search: CalendarSearch) => void
}

function Period({ search, answer, onGo }: PeriodProps) {
  const { subscription_calendar: words } = useWords()
  const { shop } = search
  function step(days: number): void {
    if (answer === undefined) return
    onGo({ ...(shop && { shop }), from: addDays(businessDate(answer.from), days) })
  }
  return (
    <>
      <Tooltip label={words.earlier}>
        <ActionIcon variant="default" aria-label={words.earlier} onClick={() => step(-CALENDAR_DAYS)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
      </Tooltip>
      <Button size="xs" variant="default" h={30} onClick={() => onGo(shop === undefined ? {} : { shop })}>
        {words.to_today}
      </Button>
      <Tooltip label={words.later}>
        <ActionIcon variant="default" aria-label={words.later} onClick={() => step(CALENDAR_DAYS)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}

function Sums({ answer, busy }: { readonly answer: CalendarAnswer; readonly busy: boolean }) {
  const { subscription_calendar: words, subscriptions: list, app } = useWords()
  const sum = (pick: (day: CalendarAnswer['days'][number]) => number) =>
    answer.days.reduce((total, day) => total + pick(day), 0)
  return (
    <div className={styles.sums}>
      <Totals
        name={words.total}
        busy={busy}
        totals={[
          { name: words.total_count, value: sum((day) => day.count), unit: words.count_unit },
          { name: words.total_amount, value: sum((day) => day.amountYen), unit: app.yen },
          { name: list.total_attention, value: sum((day) => day.atRisk), unit: words.count_unit },
        ]}
      />
    </div>
  )
}

function rest({ day: _day, ...others }: CalendarSearch): CalendarSearch {
  return others
}
