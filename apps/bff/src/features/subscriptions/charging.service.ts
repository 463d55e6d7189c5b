/**
 * Cycles on their way to being charged. Taking an order and learning what became of it are steps of their own: a crash
 * between them is made good by the next run, which finds the order by its number.
 */
import type { Kysely } from 'kysely'
import type { OrderInput } from '@choba/shared/contracts/orders.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import { nextStep } from '@choba/shared/subscriptions/dunning.ts'
import { audit } from '../../audit/audit.ts'
import type { Database } from '../../db/schema.ts'
import {
  type AttemptKey,
  findAttemptOutcome,
  listFollowed,
  listUnsent,
  type LockedCycle,
  lockCycle,
  saveAttempt,
  saveTaken,
  type ToldAttempt,
} from './attempts.queries.ts'
import { orderOf } from './cycle-order.ts'
import { SCHEDULER } from './scheduler.service.ts'
import { addEvent, type At, type CycleChange, saveCycle, saveSubscription } from './scheduler.queries.ts'

type RowError = { readonly code: string; readonly reason: string | null }
/** The door that orders go through, whoever asks. The composition root hands it in. */
export type TakeOrders = (
  orderer: { readonly merchantId: string; readonly actor: typeof SCHEDULER },
  orders: readonly OrderInput[],
) => Promise<{
  readonly results: ReadonlyArray<{ readonly paymentId: string | null; readonly error: RowError | null }>
}>

/** For one call of the door. */
const AT_ONCE = 200
const NOT_APPROVED: readonly PaymentStatus[] = ['rejected', 'failed', 'expired']
const UNDECIDED: readonly PaymentStatus[] = ['registered', 'in_review', 'on_hold', 'awaiting_payment']

export async function sendUnsent(db: Kysely<Database>, at: At, now: Date, takeOrders: TakeOrders): Promise<number> {
  let sent = 0
  for (;;) {
    const attempts = await listUnsent(db, at, AT_ONCE)
    if (attempts.length === 0) return sent
    const { results } = await takeOrders(
      { merchantId: at.merchantId, actor: SCHEDULER },
      attempts.map((attempt) => orderOf(attempt, now, at.today)),
    )
    const answered = attempts.map((attempt, index) => ({ attempt, result: results[index] }))
    const taken = answered.flatMap(({ attempt, result }) =>
      result?.paymentId == null ? [] : [{ ...attempt, paymentId: result.paymentId }],
    )
    await db.transaction().execute((tx) => saveTaken(tx, taken))
    for (const { attempt, result } of answered) {
      if (result?.paymentId != null) continue
      const code = result?.error?.reason ?? result?.error?.code ?? 'internal'
      await db.transaction().execute((tx) => fail(tx, attempt, at, now, [code]))
    }
    sent += attempts.length
  }
}

/** What the payments have come to since. */
export async function followPayments(db: Kysely<Database>, at: At, now: Date): Promise<void> {
  for (const told of await listFollowed(db, at)) {
    await db.transaction().execute((tx) => follow(tx, told, at, now))
  }
}

async function follow(tx: Kysely<Database>, told: ToldAttempt, at: At, now: Date): Promise<void> {
  const { status, paymentId, outcome } = told
  const { cycle } = await lockCycle(tx, told)
  // Another run was faster.
  if ((await findAttemptOutcome(tx, told))?.outcome !== outcome) return
  if (UNDECIDED.includes(status)) {
    const state = status === 'on_hold' ? 'held' : 'charging'
    // A payment that a person has taken up again stops the tries that were planned.
    if (cycle.state !== state || cycle.paymentId !== paymentId)
      await saveCycle(tx, told, { state, dueOn: null, paymentId })
    await saveAttempt(tx, told, { outcome: 'open', paymentId })
    return
  }
  if (NOT_APPROVED.includes(status)) return fail(tx, told, at, now, told.reasons)
  if (status === 'cancelled') {
    await saveAttempt(tx, told, { outcome: 'cancelled', endedOn: at.today })
    return saveCycle(tx, told, { state: 'cancelled', dueOn: null })
  }
  await saveAttempt(tx, told, { outcome: 'charged', endedOn: at.today, paymentId })
  const failedFirst = cycle.failedFirst ?? false
  await saveCycle(tx, told, { state: 'charged', dueOn: null, paymentId, failedFirst })
  if (cycle.failures > 0 && outcome === 'failed')
    await addEvent(tx, { ...eventOf(told, now), kind: 'rescued', detail: { number: String(told.number) } })
}

async function fail(
  tx: Kysely<Database>,
  attempt: AttemptKey & { readonly method: string },
  at: At,
  now: Date,
  codes: readonly string[],
): Promise<void> {
  const locked = await lockCycle(tx, attempt)
  // Another run was faster.
  if ((await findAttemptOutcome(tx, attempt))?.outcome !== 'open') return
  await saveAttempt(tx, attempt, { outcome: 'failed', endedOn: at.today, codes: [...codes] })
  const { cycle } = locked
  const failures = cycle.failures + 1
  const firstFailedOn = cycle.firstFailedOn ?? at.today
  await saveCycle(tx, attempt, { failures, firstFailedOn, failedFirst: cycle.failedFirst ?? true })
  await goOn(tx, attempt, { ...locked, cycle: { ...cycle, failures, firstFailedOn } }, at, now)
}

async function goOn(
  tx: Kysely<Database>,
  attempt: AttemptKey & { readonly method: string },
  { cycle, subscription }: LockedCycle,
  at: At,
  now: Date,
): Promise<void> {
  const detail = { number: String(attempt.number), method: attempt.method }
  const event = eventOf(attempt, now)
  const end = async (change: CycleChange) => {
    await saveCycle(tx, attempt, { state: 'failed', dueOn: null, ...change })
    await addEvent(tx, { ...event, kind: 'cycle_failed', detail })
  }
  // Nobody is charged again after the end.
  if (subscription.status === 'ended') return end({})
  const step = nextStep(subscription, {
    count: cycle.failures,
    firstOn: cycle.firstFailedOn ?? at.today,
    fellBack: cycle.fellBack,
  })
  switch (step.kind) {
    case 'retry':
      await saveCycle(tx, attempt, { state: 'retrying', dueOn: step.on })
      return addEvent(tx, { ...event, kind: 'retry_planned', detail: { ...detail, on: step.on } })
    case 'fallback': {
      const method = subscription.fallbackMethod
      if (method === null) return end({})
      await saveCycle(tx, attempt, { state: 'retrying', dueOn: at.today, method, fellBack: true })
      await auditStep(tx, attempt, 'subscription.fall_back', { method: attempt.method }, { method })
      return addEvent(tx, { ...event, kind: 'fell_back', detail: { ...detail, method } })
    }
    case 'pause':
      await end({})
      await saveSubscription(tx, subscription, { status: 'paused', nextOn: null, nextGenerateOn: null })
      await auditStep(tx, attempt, 'subscription.pause', { status: subscription.status }, { status: 'paused' })
      return addEvent(tx, { ...event, kind: 'paused_by_failure', detail })
    case 'skip':
      return end({})
  }
}

/** What follows by itself from a policy is accounted for like what a person does. */
function auditStep(
  tx: Kysely<Database>,
  { merchantId, subscriptionId, number }: AttemptKey,
  action: string,
  before: object,
  after: object,
): Promise<void> {
  const subject = { kind: 'subscription', id: subscriptionId }
  return audit(tx, { merchantId, actor: SCHEDULER, action, subject, before, after: { ...after, number } })
}

function eventOf({ merchantId, subscriptionId }: AttemptKey, at: Date) {
  return { merchantId, subscriptionId, at, actor: SCHEDULER }
}
