/** The rescue queue: the list on the left, one payment beside it, and what is done to it in place. */
import { Button, Drawer, SegmentedControl } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconCircleCheck, IconSearchOff } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import type { RescueRow } from '@choba/shared/contracts/rescue.ts'
import { RESCUE_SORTS } from '@choba/shared/filters/rescue.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { RESCUE_KINDS } from '@choba/shared/states/screening.ts'
import { asApiError } from '../../api/api-error.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { useShortcuts } from '../../ui/keyboard/use-shortcuts.ts'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { TableSkeleton } from '../../ui/table/table-skeleton.tsx'
import { QueueList } from './queue-list.tsx'
import { RescuePane } from './rescue-pane.tsx'
import type { RescueSearch } from './rescue-search.ts'
import styles from './rescue.module.css'
import { useQueue } from './use-queue.ts'

const BatchDialog = lazy(() => import('./batch-dialog.tsx').then((module) => ({ default: module.BatchDialog })))
const PlanMany = lazy(() => import('./plan-many.tsx').then((module) => ({ default: module.PlanMany })))
const NONE: ReadonlyMap<string, RescueRow> = new Map()

export function RescuePage() {
  const words = useWords()
  const language = useLanguage()
  const search = useSearch({ from: '/console/rescue' })
  const { id: paymentId } = useParams({ strict: false })
  const navigate = useNavigate()
  const mayAct = useMay('sales.act')
  const phone = useMediaQuery('(max-width: 61.99em)', window.innerWidth < 992)
  const queue = useQueue(search)
  const [chosen, setChosen] = useState<ReadonlyMap<string, RescueRow>>(NONE)
  const [batching, batch] = useDisclosure(false)
  const [planning, plan] = useDisclosure(false)
  const form = useRef<HTMLFormElement>(null)
  const { rows } = queue
  const at = rows.findIndex((row) => row.id === paymentId)

  function change(next: RescueSearch): void {
    void navigate({ to: '/rescue', search: next })
  }
  function show(row: RescueRow | undefined): void {
    if (row === undefined) void navigate({ to: '/rescue', search })
    else
      void navigate({
        to: '/rescue/$id',
        params: { id: row.id },
        search,
        replace: paymentId !== undefined,
      })
  }
  /** The pane may still be on its way. */
  function focusForm(tries = 20): void {
    const field = form.current?.querySelector<HTMLElement>('input:not(:disabled), textarea, button[type=submit]')
    if (field) field.focus()
    else if (tries > 0) setTimeout(() => focusForm(tries - 1), 50)
  }
  function open(row: RescueRow): void {
    show(row)
    setTimeout(focusForm)
  }
  function leaveForm(): void {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    document.querySelector<HTMLElement>('[data-queue]')?.focus()
  }
  /** The next row by itself; the last one gives way to the one before it. */
  function goOn(): void {
    const next = rows[at + 1] ?? rows[at - 1]
    if (at < 0) return
    show(next)
    if (next !== undefined) setTimeout(focusForm, 150)
  }
  function move(by: -1 | 1): void {
    const next = rows[at < 0 ? 0 : at + by]
    if (next !== undefined) show(next)
  }
  function toggle(row: RescueRow): void {
    setChosen((before) => {
      const after = new Map(before)
      if (!after.delete(row.id)) after.set(row.id, row)
      return after
    })
  }
  useShortcuts(
    {
      j: () => move(1),
      ArrowDown: () => move(1),
      k: () => move(-1),
      ArrowUp: () => move(-1),
      x: () => (rows[at] && mayAct ? toggle(rows[at]) : undefined),
      Enter(event) {
        if (event.target instanceof Element && event.target.closest('button, a, [role=dialog]') !== null) return false
        if (rows[at]) focusForm()
        return true
      },
      // A dialog that stands open is closed first, by itself.
      Escape: () => (paymentId === undefined || isDialogOpen() ? undefined : show(undefined)),
    },
    !batching && !planning,
  )

  function list() {
    if (queue.list.isPending) return <TableSkeleton rowHeight={72} name={words.app.loading} />
    if (queue.list.isError && rows.length === 0) {
      const { code, requestId } = asApiError(queue.list.error)
      return (
        <ErrorNotice
          title={words.rescue.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void queue.list.refetch()}
        />
      )
    }
    if (rows.length === 0 && search.kind === undefined && search.shop === undefined)
      return <Notice icon={IconCircleCheck} title={words.rescue.empty_title} text={words.rescue.empty_text} />
    if (rows.length === 0)
      return (
        <Notice icon={IconSearchOff} title={words.rescue.no_match_title}>
          <Button size="xs" variant="default" onClick={() => change({})}>
            {words.rescue.all}
          </Button>
        </Notice>
      )
    return (
      <QueueList
        rows={rows}
        current={paymentId}
        selected={new Set(chosen.keys())}
        more={queue.more}
        onOpen={open}
        onSelect={toggle}
        onMore={queue.reachEnd}
      />
    )
  }
  const pane =
    paymentId === undefined ? null : <RescuePane id={paymentId} form={form} onDone={goOn} onLeave={leaveForm} />

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.rescue.title}</h1>
        <span className={`soft ${styles.keys}`}>{words.rescue.keys}</span>
        <Button size="xs" h={30} variant="default" renderRoot={(props) => <Link to="/screenings" {...props} />}>
          {words.rescue.to_table}
        </Button>
      </div>
      <div className={styles.tabs} role="group" aria-label={words.rescue.kinds}>
        {[undefined, ...RESCUE_KINDS].map((kind) => {
          const of = queue.byKind.filter((each) => kind === undefined || each.kind === kind)
          const { kind: _, ...rest } = search
          return (
            <button
              key={kind ?? 'all'}
              type="button"
              className={styles.tab}
              aria-pressed={search.kind === kind}
              onClick={() => change({ ...rest, ...(kind && { kind }) })}
            >
              {kind === undefined ? words.rescue.all : words.rescue_kind[kind]}
              <span className={styles.tabCount}>{formatCount(of.reduce((sum, each) => sum + each.count, 0))}</span>
              <span className="soft num">
                {formatYen(of.reduce((sum, each) => sum + each.amountYen, 0))} {words.app.yen}
              </span>
            </button>
          )
        })}
      </div>
      <div className={styles.tools}>
        <ShopChoice search={search} onChange={change} />
        <SegmentedControl
          size="xs"
          aria-label={words.rescue.sort}
          value={search.sort ?? 'ship_on'}
          onChange={(sort) => {
            const { sort: _, ...rest } = search
            change({ ...rest, ...(sort === 'ship_on' ? {} : { sort: sort as (typeof RESCUE_SORTS)[number] }) })
          }}
          data={RESCUE_SORTS.map((value) => ({ value, label: words.rescue_sort[value] }))}
        />
        {mayAct && rows.length > 0 ? (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => setChosen(chosen.size > 0 ? NONE : new Map(rows.map((row) => [row.id, row])))}
          >
            {chosen.size > 0 ? words.ledger.selection_clear : words.rescue.select_all}
          </Button>
        ) : null}
        {chosen.size > 0 ? (
          <>
            <span role="status">{fill(words.rescue.selected, { count: formatCount(chosen.size) })}</span>
            <Button size="xs" onClick={batch.open}>
              {words.rescue.batch_rescreen}
            </Button>
            <Button size="xs" variant="default" onClick={plan.open}>
              {fill(words.plan_shipping.many, { count: formatCount(chosen.size) })}
            </Button>
          </>
        ) : null}
      </div>
      <div className={styles.split}>
        <div className={styles.left}>{list()}</div>
        {phone ? null : (
          <aside className={styles.right} aria-label={words.rescue.what_to_do}>
            {pane ?? <p className={`soft ${styles.pick}`}>{words.rescue.pick}</p>}
          </aside>
        )}
      </div>
      {phone && pane !== null ? (
        <Drawer
          opened
          onClose={() => show(undefined)}
          position="bottom"
          size="94%"
          title={words.rescue.title}
          closeButtonProps={{ 'aria-label': words.app.close }}
        >
          {pane}
        </Drawer>
      ) : null}
      <Suspense fallback={null}>
        {batching ? (
          <BatchDialog
            rows={[...chosen.values()]}
            onClose={() => {
              batch.close()
              setChosen(NONE)
            }}
          />
        ) : null}
        {planning ? (
          <PlanMany
            orders={[...chosen.values()]}
            onDone={() => {
              plan.close()
              setChosen(NONE)
            }}
            onClose={plan.close}
          />
        ) : null}
      </Suspense>
    </div>
  )
}

function isDialogOpen(): boolean {
  return document.querySelector('[role=dialog]') !== null
}

function ShopChoice(props: { readonly search: RescueSearch; readonly onChange: (search: RescueSearch) => void }) {
  const words = useWords()
  const { shops } = useSession()
  if (shops.length < 2) return null
  const { shop, ...rest } = props.search
  return (
    <select
      className={styles.shop}
      aria-label={words.filter.shop}
      value={shop ?? ''}
      onChange={(event) =>
        props.onChange({ ...rest, ...(event.currentTarget.value === '' ? {} : { shop: event.currentTarget.value }) })
      }
    >
      <option value="">{words.app.all_shops}</option>
      {shops.map((each) => (
        <option key={each.id} value={each.id}>
          {each.name}
        </option>
      ))}
    </select>
  )
}
