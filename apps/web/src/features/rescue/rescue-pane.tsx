/** One payment of the queue: why it stands here, what to do, the form that does it, and its result in place. */
import { Alert, Button, Group, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type Ref, Suspense, useState } from 'react'
import { rescue, type RescueSheet } from '@choba/shared/contracts/rescue.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { AttemptList } from './attempt-list.tsx'
import { CorrectionForm } from './correction-form.tsx'
import { EndButtons } from './end-buttons.tsx'
import { ReasonList } from './reason-list.tsx'
import styles from './rescue.module.css'
import { type CorrectionResult, useCorrection } from './use-correction.ts'

const PlanMany = lazy(() => import('./plan-many.tsx').then((module) => ({ default: module.PlanMany })))
const MessageDialog = lazy(() => import('./message-dialog.tsx').then((module) => ({ default: module.MessageDialog })))

/** Should the stream of news be late. */
const LOOK_AGAIN_MS = 2500

type RescuePaneProps = {
  readonly id: string
  readonly form: Ref<HTMLFormElement>
  /** Dealt with: the next row may come. */
  readonly onDone: () => void
  /** Out of the form, back to the list. */
  readonly onLeave: () => void
}

export function RescuePane({ id, ...rest }: RescuePaneProps) {
  const language = useLanguage()
  const words = useWords()
  const answer = useQuery({
    ...q(rescue.get, { id }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.payment.inFlight || state.data?.payment.status === 'in_review' ? LOOK_AGAIN_MS : false,
  })
  if (answer.isError) {
    const { code, requestId } = asApiError(answer.error)
    return <ErrorNotice code={code} requestId={requestId} language={language} onRetry={() => void answer.refetch()} />
  }
  if (answer.data === undefined || answer.data.payment.id !== id)
    return (
      <div role="status" aria-busy="true" aria-label={words.app.loading} className={styles.pane}>
        <Skeleton height={26} width="50%" />
        <Skeleton height={64} mt="md" />
        <Skeleton height={180} mt="md" />
      </div>
    )
  return <Sheet key={id} sheet={answer.data} {...rest} />
}

function Sheet({ sheet, form, onDone, onLeave }: Omit<RescuePaneProps, 'id'> & { readonly sheet: RescueSheet }) {
  const words = useWords()
  const language = useLanguage()
  const [isOffering, setOffering] = useState(false)
  const [isPlanning, setPlanning] = useState(false)
  const mayPlan = sheet.actions.find((each) => each.action === 'plan_shipping')?.verdict.allowed === true
  const { payment, kind } = sheet
  const correction = useCorrection(sheet, () => {
    notifications.show({ message: fill(words.rescue.approved, { order: payment.orderNumber }) })
    onDone()
  })
  const { result } = correction
  const codes = result.kind === 'refused' ? result.codes : sheet.reasons
  const mayCorrect = sheet.actions.find((each) => each.action === 'correct')?.verdict
  const mayRegister = sheet.actions.find((each) => each.action === 'reregister')?.verdict
  const isPossible = mayCorrect?.allowed === true || mayRegister?.allowed === true
  // A new answer means a new order: the form shows what stands in the books then.
  const [answered, setAnswered] = useState('')
  if (result.kind === 'decided' && result.operationId !== answered) setAnswered(result.operationId)

  return (
    <div className={styles.pane}>
      <header className={styles.paneHead}>
        <h2 className={styles.order}>
          {kind === null ? `${words.rescue.correct_title} ` : ''}
          <span className="mono">{payment.orderNumber}</span>
        </h2>
        <StatusBadge status={payment.status} language={language} />
        <strong className="num">
          {formatYen(payment.amountYen)} {words.app.yen}
        </strong>
        <Link to="/payments/$id" params={{ id: payment.id }} className={`link-button ${styles.open}`}>
          {words.rescue.open_payment}
        </Link>
      </header>
      <p className={styles.under}>
        {sheet.customer.name}
        <ShipDay sheet={sheet} />
      </p>
      {kind === null ? null : (
        <div className={styles.task}>
          <span className={styles.taskTitle}>{words.rescue.what_to_do}</span>
          {fill(words.rescue_task[kind], { date: formatDay(sheet.lapsesOn, language) })}
          {sheet.creditHeld ? <div className="soft">{words.rescue.credit_held}</div> : null}
        </div>
      )}
      {codes.length > 0 ? <ReasonList codes={codes} /> : null}
      <div aria-live="polite">
        <Result result={result} />
      </div>
      {isPossible || correction.busy ? (
        <CorrectionForm
          key={`${answered} ${sheet.attempts.length}`}
          sheet={sheet}
          codes={codes}
          busy={correction.busy}
          onSend={correction.send}
          onLeave={onLeave}
          form={form}
        />
      ) : (
        <WhyNot sheet={sheet} />
      )}
      <Group gap="xs" mt="md">
        <EndButtons sheet={sheet} onDone={onDone} />
        <Button variant="default" onClick={() => setOffering(true)}>
          {words.message_template.open}
        </Button>
        {mayPlan ? (
          <Button variant="default" onClick={() => setPlanning(true)}>
            {words.action_do.plan_shipping}
          </Button>
        ) : null}
      </Group>
      <AttemptList attempts={sheet.attempts} />
      <Suspense fallback={null}>
        {isOffering ? <MessageDialog sheet={sheet} onClose={() => setOffering(false)} /> : null}
        {isPlanning ? (
          <PlanMany
            orders={[{ id: payment.id, orderNumber: payment.orderNumber, shipOn: sheet.shipOn }]}
            onDone={() => setPlanning(false)}
            onClose={() => setPlanning(false)}
          />
        ) : null}
      </Suspense>
    </div>
  )
}

function ShipDay({ sheet }: { readonly sheet: RescueSheet }) {
  const words = useWords().rescue
  const language = useLanguage()
  const { shipOn, today } = sheet
  if (shipOn === null) return <span>{words.no_ship_date}</span>
  return (
    <>
      <span>{fill(words.ship_on, { date: formatDay(shipOn, language) })}</span>
      {shipOn < today ? <span className={styles.urgent}>{words.ship_overdue}</span> : null}
    </>
  )
}

function WhyNot({ sheet }: { readonly sheet: RescueSheet }) {
  const words = useWords().rescue
  const language = useLanguage()
  const action = sheet.kind === null || sheet.kind === 'on_hold' || sheet.kind === 'lapsing' ? 'correct' : 'reregister'
  const verdict = sheet.actions.find((each) => each.action === action)?.verdict
  if (verdict === undefined || verdict.allowed) return null
  return (
    <Alert color="gray" variant="light" role="status" title={words.correction_not_possible} mt="md">
      {label(language, 'refusal', verdict.reason)}
    </Alert>
  )
}

function Result({ result }: { readonly result: CorrectionResult }) {
  const words = useWords().rescue
  switch (result.kind) {
    case 'none':
      return null
    case 'waiting':
      return (
        <Alert color="indigo" variant="light" role="status" mt="sm">
          {words.waiting}
        </Alert>
      )
    case 'failed':
      return (
        <Alert color="vermilion" variant="light" role="alert" mt="sm">
          {result.words}
        </Alert>
      )
    case 'refused':
      return (
        <Alert color="vermilion" variant="light" role="alert" mt="sm">
          {words.refused_again}
        </Alert>
      )
    case 'decided':
      return (
        <Alert
          color={result.status === 'authorized' ? 'green' : 'vermilion'}
          variant="light"
          role={result.status === 'authorized' || result.status === 'in_review' ? 'status' : 'alert'}
          mt="sm"
        >
          {sayDecision(result.status, words)} {result.same && result.status !== 'authorized' ? words.same_result : null}
        </Alert>
      )
  }
}

function sayDecision(status: RescueSheet['payment']['status'], words: ReturnType<typeof useWords>['rescue']): string {
  if (status === 'authorized') return words.approved_here
  if (status === 'on_hold') return words.still_on_hold
  if (status === 'in_review') return words.still_in_review
  return status === 'rejected' ? words.still_rejected : words.refused_again
}
