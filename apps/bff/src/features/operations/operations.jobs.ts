/** Sending operations to providers and writing down what came of them. A call never stands inside a transaction. */
import type { Kysely } from 'kysely'
import { NUMBER_SETTINGS } from '@choba/shared/connection-settings.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { type AuditEntry, auditMany } from '../../audit/audit.ts'
import type { Clock } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { SecretBox } from '../../core/secret-box.ts'
import { type Connection, numberSetting } from '../../core/connection.ts'
import type { Db } from '../../db/client.ts'
import { findConnection } from '../../db/connections.ts'
import type { Database } from '../../db/schema.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import { type PaymentState, standingOf } from '../../domain/payment/payment.ts'
import { enqueueApply } from '../../jobs/apply-messages.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import type { TaskHandlers } from '../../jobs/tasks.ts'
import { applyNews } from '../../ledger/apply-news.ts'
import { keepMessages, type NewMessage, wakeMessages } from '../../ledger/inbox.ts'
import { type Change, type LockedPayment, lockPayments, record } from '../../ledger/record.ts'
import type { OnStep, Outcome, ProviderRegistry, RawMessage } from '../../providers/port.ts'
import type { Correction } from '@choba/shared/contracts/operations.ts'
import { correctedSheet, correctionNews } from './correction.ts'
import { type LoadedOperation, loadOperations } from './operation-items.queries.ts'
import {
  endOperations,
  insertOperations,
  type NewOperation,
  nextBranch,
  type OperationEnd,
  saveProgress,
  takeOperations,
} from './operations.queries.ts'
import { releaseHeld } from './waiting.service.ts'
import { isSucceeded, replacedBy, successorOf, voiding } from './successor.ts'

export type OperationJobsDeps = {
  readonly clock: Clock
  readonly db: Db
  readonly log: Log
  readonly secrets: SecretBox
  readonly providerClocks: ProviderClocks
  readonly providers: ProviderRegistry
}
type Batch = { readonly merchantId: string; readonly connectionId: string; readonly operationIds: readonly string[] }

const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 10 * 60_000

export function operationJobs(deps: OperationJobsDeps): TaskHandlers {
  return {
    'operations:run': (payload) => workOff(deps, payload),
    'operations:resolve': (payload) => workOff(deps, payload),
    'operations:release': ({ merchantId, operationId }) => releaseHeld(deps, merchantId, operationId),
  }
}

async function workOff(deps: OperationJobsDeps, batch: Batch): Promise<void> {
  const db = deps.db.merchant(batch.merchantId)
  const taken = await db.transaction().execute((tx) => takeOperations(tx, batch.merchantId, batch.operationIds))
  const today = dayOf(deps.providerClocks.now(batch.connectionId))
  const loaded = await loadOperations(db, batch.merchantId, [...taken.toSend, ...taken.toInquire], today)
  const connection = await findConnection(db, deps, batch.merchantId, batch.connectionId)
  const adapter = connection && deps.providers[connection.provider]
  if (connection === undefined || adapter === undefined) {
    const ends = [...loaded.keys()].map((operationId): OperationEnd => ({
      operationId,
      state: 'failed',
      codes: ['connection.missing'],
    }))
    return db.transaction().execute((tx) => endOperations(tx, batch.merchantId, ends))
  }
  const onStep: OnStep = (operationId, progress, messages, news = []) =>
    db.transaction().execute(async (tx) => {
      const paymentId = paymentIdOf(loaded, operationId)
      // A step without news leaves the payment alone, so it need not wait for it.
      const before =
        news.length > 0 ? (await lockPayments(tx, batch.merchantId, [paymentId])).get(paymentId) : undefined
      const applied = before && applyNews(before.state, news)
      await saveProgress(tx, batch.merchantId, operationId, progress)
      await keepMessages(
        tx,
        batch.merchantId,
        messages.map((message) => answerOf(connection, operationId, paymentId, message, applied?.refusals[0])),
      )
      if (applied === undefined) return
      const actor = { kind: 'provider', id: connection.provider } as const
      await record(tx, batch.merchantId, [{ paymentId, before, events: applied.events, actor, operationId }])
    })
  const itemsOf = (ids: readonly string[]) => ids.flatMap((id) => loaded.get(id)?.item ?? [])
  // What was left behind is looked up first: it must never be sent a second time blindly.
  if (taken.toInquire.length > 0)
    await finish(deps, connection, loaded, await adapter.inquire(connection, itemsOf(taken.toInquire), onStep))
  if (taken.toSend.length > 0)
    await finish(deps, connection, loaded, await adapter.execute(connection, itemsOf(taken.toSend), onStep))
}

async function finish(
  deps: OperationJobsDeps,
  connection: Connection,
  loaded: ReadonlyMap<string, LoadedOperation>,
  outcomes: ReadonlyMap<string, Outcome>,
): Promise<void> {
  const { merchantId } = connection
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const locked = await lockPayments(
        tx,
        merchantId,
        [...outcomes.keys()].flatMap((id) => {
          const operation = loaded.get(id)
          return [paymentIdOf(loaded, id), (operation && replacedBy(operation)) ?? []].flat()
        }),
      )
      const changes: Change[] = []
      const ends: OperationEnd[] = []
      const messages: NewMessage[] = []
      const providerIds: string[] = []
      const followers: NewOperation[] = []
      for (const [operationId, outcome] of outcomes) {
        const paymentId = paymentIdOf(loaded, operationId)
        const before = locked.get(paymentId)
        if (before === undefined) continue
        const end = endOf(connection, operationId, outcome, loaded.get(operationId))
        ends.push(end)
        const operation = loaded.get(operationId)
        const now = deps.providerClocks.now(connection.connectionId)
        const { news, messages: answers } = toldBy(outcome, end, operation, now)
        const corrected = outcome.kind === 'done' ? correctedBy(operation, before, now) : undefined
        const applied = applyNews(before.state, corrected ? [corrected.news, ...news] : news)
        if (applied.refusals.length > 0)
          deps.log.warn({ operationId, paymentId, refusals: applied.refusals }, 'an answer does not fit the payment')
        changes.push({
          paymentId,
          before,
          events: applied.events,
          actor: { kind: 'provider', id: connection.provider },
          operationId,
          ...(corrected && { sheet: corrected.sheet }),
        })
        if (operation !== undefined && outcome.kind === 'done') {
          const next = await followersOf(tx, connection, { operation, state: applied.state, before, locked, now })
          changes.push(...next.changes)
          followers.push(...next.operations)
        }
        messages.push(
          ...answers.map((message) => answerOf(connection, operationId, paymentId, message, applied.refusals[0])),
        )
        const { providerId } = standingOf(applied.state)
        if (providerId !== null && providerId !== standingOf(before.state).providerId) providerIds.push(providerId)
      }
      await endOperations(tx, merchantId, ends)
      await keepMessages(tx, merchantId, messages)
      if (await wakeMessages(tx, merchantId, providerIds)) await enqueueApply(tx, merchantId)
      await goOn(tx, connection, ends, loaded)
      // Last: from here to the commit every other writer of these books waits.
      await record(tx, merchantId, changes)
      // Only now: a payment that is new must stand before its operation is seen on it.
      await insertOperations(tx, merchantId, followers)
      await auditMany(
        tx,
        followers.map((follower) => auditOf(merchantId, follower)),
      )
      for (const { operationId, connectionId } of followers)
        await enqueue(tx, 'operations:run', { merchantId, connectionId, operationIds: [operationId] })
    })
}

/** What the end of an operation begins: another claim of its order, or the void of the claim it took the place of. */
async function followersOf(
  tx: Kysely<Database>,
  { merchantId, connectionId, provider }: Connection,
  ended: {
    readonly operation: LoadedOperation
    readonly state: PaymentState
    readonly before: LockedPayment
    readonly locked: ReadonlyMap<string, LockedPayment>
    readonly now: Date
  },
): Promise<{ changes: Change[]; operations: NewOperation[] }> {
  const { operation, state, before, locked, now } = ended
  const { paymentId } = before
  const { operationId } = operation.item
  const actor = { kind: 'provider', id: provider } as const
  if (isSucceeded(operation)) {
    const { change, registration, replaced } = successorOf(
      operation,
      state,
      await nextBranch(tx, merchantId, state.books),
      now,
    )
    // A slip has ended here; an authorization stands until the new one does.
    const said = state.books.method === 'card' ? [] : [{ paymentId, before, events: [replaced], actor, operationId }]
    return { changes: [...said, change], operations: [registration] }
  }
  const oldId = replacedBy(operation)
  const old = oldId === undefined ? undefined : locked.get(oldId)
  if (old === undefined) return { changes: [], operations: [] }
  const { orderBranch, amountYen: toYen } = state.books
  const event = { type: 'replaced', paymentId, orderBranch, toYen } as const
  const isVoidable = standingOf(old.state).status === 'authorized' && old.inFlight === null
  return {
    changes: [
      { paymentId: old.paymentId, before: old, events: [{ at: now.toISOString(), event }], actor, operationId },
    ],
    operations: isVoidable ? [voiding(operation, old.paymentId, connectionId)] : [],
  }
}

function auditOf(
  merchantId: string,
  { paymentId, operationId, kind, amountYen, actorKind, actorId }: NewOperation,
): AuditEntry {
  return {
    merchantId,
    actor: { kind: actorKind, id: actorId } as AuditEntry['actor'], // as the operation before it was written with
    action: `payment.${kind}`,
    subject: { kind: 'payment', id: paymentId },
    after: { operationId, amountYen },
  }
}

/** The provider took the correction: the order's sheet says it from now on. */
function correctedBy(operation: LoadedOperation | undefined, before: LockedPayment, now: Date) {
  if (operation?.item.kind !== 'correct') return undefined
  const { item, sheet } = operation
  const correction = (item.request['correction'] ?? {}) as Correction
  const news = correctionNews(before.state.books, sheet, correction, item.amountYen)
  return { news: { at: now.toISOString(), news }, sheet: correctedSheet(sheet, correction) }
}

/** A registration or a reduction that was given up is told to the payment too: somebody must see it. */
function toldBy(
  outcome: Outcome,
  end: OperationEnd,
  operation: LoadedOperation | undefined,
  now: Date,
): { readonly news: readonly DatedNews[]; readonly messages: readonly RawMessage[] } {
  if (outcome.kind === 'done' || outcome.kind === 'refused') return outcome
  const messages = outcome.kind === 'trouble' ? outcome.messages : []
  const kind = operation?.item.kind
  const at = now.toISOString()
  if (end.state !== 'failed') return { news: [], messages }
  if (kind === 'register') return { news: [{ at, news: { kind: 'refused', codes: end.codes } }], messages }
  // The claim was not withdrawn yet: it stands as it was.
  if (kind === 'change_amount' && operation?.item.payment.shipped)
    return { news: [{ at, news: { kind: 'reduction_dropped' } }], messages }
  return { news: [], messages }
}

/** What is still open comes back by itself, after growing pauses. */
async function goOn(
  tx: Kysely<Database>,
  { merchantId, connectionId }: Connection,
  ends: readonly OperationEnd[],
  loaded: ReadonlyMap<string, LoadedOperation>,
): Promise<void> {
  for (const [state, task] of [
    ['accepted', 'operations:run'],
    ['unknown', 'operations:resolve'],
  ] as const) {
    const operationIds = ends.filter((end) => end.state === state).map((end) => end.operationId)
    if (operationIds.length === 0) continue
    const attempts = Math.max(...operationIds.map((id) => loaded.get(id)?.attempts ?? 0))
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** attempts, LONGEST_PAUSE_MS)
    await enqueue(tx, task, { merchantId, connectionId, operationIds }, { runAt: new Date(Date.now() + pause) })
  }
}

function endOf(
  connection: Connection,
  operationId: string,
  outcome: Outcome,
  operation: LoadedOperation | undefined,
): OperationEnd {
  // Beyond this a person is told instead.
  const isLast = (operation?.attempts ?? 0) >= numberSetting(connection, 'mostSends', NUMBER_SETTINGS.mostSends.usual)
  switch (outcome.kind) {
    case 'done':
      return { operationId, state: 'done', codes: [] }
    case 'refused':
      return { operationId, state: 'refused', codes: outcome.codes }
    case 'trouble':
      return { operationId, state: isLast ? 'failed' : 'unknown', codes: outcome.codes }
    case 'unknown':
      return { operationId, state: 'unknown', codes: ['provider.no_answer'] }
    case 'not_done': {
      // What the provider's trouble was stays to be read while it is tried again.
      const codes = operation?.troubles.length ? operation.troubles : ['provider.unreachable']
      return { operationId, state: isLast ? 'failed' : 'accepted', codes }
    }
  }
}

function answerOf(
  connection: Connection,
  operationId: string,
  paymentId: string,
  message: RawMessage,
  refusal?: string,
): NewMessage {
  const { connectionId, provider } = connection
  return {
    ...message,
    connectionId,
    provider,
    direction: 'outbound',
    state: refusal === undefined ? 'applied' : 'waiting',
    ...(refusal === undefined ? {} : { reason: refusal }),
    operationId,
    paymentId,
  }
}

function paymentIdOf(loaded: ReadonlyMap<string, LoadedOperation>, operationId: string): string {
  return loaded.get(operationId)?.item.payment.paymentId ?? ''
}
