/** Applying what providers said. What cannot be applied waits, visible, with its reason; nothing is dropped. */
import type { Kysely } from 'kysely'
import type { Connection } from '../../core/connection.ts'
import type { Log } from '../../core/log.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { SecretBox } from '../../core/secret-box.ts'
import type { Db } from '../../db/client.ts'
import { listConnections } from '../../db/connections.ts'
import type { Database } from '../../db/schema.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import { enqueueApply, enqueueApplyLater } from '../../jobs/apply-messages.ts'
import type { TaskHandlers } from '../../jobs/tasks.ts'
import { PaymentSet, type ProviderRef } from '../../ledger/payment-set.ts'
import { isOfPayment, payStatement, saveStatement } from '../../ledger/statements.ts'
import type { Interpreted, ProviderRegistry } from '../../providers/port.ts'
import {
  claimApplying,
  endMessages,
  listReceived,
  listStatementPayments,
  type MessageEnd,
  putBackWaiting,
} from './provider-messages.queries.ts'

export type MessageJobsDeps = {
  readonly db: Db
  readonly log: Log
  readonly secrets: SecretBox
  readonly providerClocks: ProviderClocks
  readonly providers: ProviderRegistry
}

const CHUNK = 200
const MAX_RETRIES = 50
export const MESSAGES_CRONTAB = '*/2 * * * * messages:retry'

type Received = Awaited<ReturnType<typeof listReceived>>[number]

export function messageJobs(deps: MessageJobsDeps): TaskHandlers {
  /** Merchants whose messages a job of this process is applying, and whether another one came meanwhile. */
  const atWork = new Map<string, { again: boolean }>()
  return {
    'messages:apply': async ({ merchantId }) => {
      const other = atWork.get(merchantId)
      // It looks once more before it ends; should it fail, the queue brings it back, and all messages with it.
      if (other) return void (other.again = true)
      const mine = { again: true }
      atWork.set(merchantId, mine)
      try {
        while (mine.again) {
          mine.again = false
          await applyReceived(deps, merchantId)
        }
      } finally {
        atWork.delete(merchantId)
      }
    },
    'messages:retry': async () => {
      for (const merchantId of await putBackWaiting(deps.db.owner, MAX_RETRIES))
        await enqueueApply(deps.db.owner, merchantId)
    },
  }
}

async function applyReceived(deps: MessageJobsDeps, merchantId: string): Promise<void> {
  const db = deps.db.merchant(merchantId)
  for (let limit = CHUNK; ;) {
    try {
      const applied = await db.transaction().execute((tx) => applyChunk(deps, tx, merchantId, limit))
      // Another process is at it and may have looked before our message was there: come back in a moment, once for all.
      if (applied === undefined) return enqueueApplyLater(db, merchantId)
      if (applied < limit) return
      limit = CHUNK
    } catch (error) {
      // A bug must not stop the messages behind it: find the one it is about and let it wait.
      if (limit === 1) await db.transaction().execute((tx) => setAside(deps, tx, merchantId, error))
      limit = limit === 1 ? CHUNK : 1
    }
  }
}

async function setAside(
  { log }: MessageJobsDeps,
  tx: Kysely<Database>,
  merchantId: string,
  error: unknown,
): Promise<void> {
  const [message] = await listReceived(tx, merchantId, 1)
  if (message === undefined) return
  log.error({ err: error, messageId: message.messageId }, 'a provider message cannot be applied')
  await endMessages(tx, merchantId, [
    { messageId: message.messageId, state: 'waiting', reason: 'internal', paymentId: null },
  ])
}

type Reading = {
  readonly message: Received
  readonly connection: Connection | undefined
  readonly reading: Interpreted
}

async function applyChunk(
  deps: MessageJobsDeps,
  tx: Kysely<Database>,
  merchantId: string,
  limit: number,
): Promise<number | undefined> {
  if (!(await claimApplying(tx, merchantId))) return undefined
  const received = await listReceived(tx, merchantId, limit)
  if (received.length === 0) return 0
  const connections = new Map(
    (await listConnections(tx, deps, merchantId)).map((connection) => [connection.connectionId, connection]),
  )
  const readings = received.map((message): Reading => {
    const connection = connections.get(message.connectionId)
    return { message, connection, reading: read(deps, connection, message) }
  })
  const onStatements = await listStatementPayments(
    tx,
    merchantId,
    readings.flatMap(({ message, reading }) =>
      reading.kind === 'statement_paid'
        ? [{ connectionId: message.connectionId, statementNumber: reading.statementNumber }]
        : [],
    ),
  )
  const payments = await PaymentSet.lock(
    tx,
    merchantId,
    readings.flatMap(refsOf),
    onStatements.map((row) => row.paymentId),
  )
  const paidPayments = new Map(
    [...Map.groupBy(onStatements, statementKey)].map(([key, rows]) => [key, new Set(rows.map((row) => row.paymentId))]),
  )
  const ends: MessageEnd[] = []
  for (const one of readings)
    ends.push({ messageId: one.message.messageId, ...(await applyOne(tx, payments, paidPayments, one)) })
  await endMessages(tx, merchantId, ends)
  // Last: from here to the commit every other writer of these books waits.
  await payments.record()
  return received.length
}

function read({ providers }: MessageJobsDeps, connection: Connection | undefined, message: Received): Interpreted {
  const adapter = connection && providers[connection.provider]
  if (connection === undefined || adapter === undefined) return { kind: 'unreadable', reason: 'connection.missing' }
  return adapter.interpret(connection, {
    ...message,
    body: new Uint8Array(message.body),
    saidAt: message.saidAt.toISOString(),
  })
}

function refsOf({ message, reading }: Reading): ProviderRef[] {
  const { connectionId } = message
  if (reading.kind === 'news') return [{ connectionId, providerId: reading.providerId }]
  if (reading.kind === 'statement')
    return reading.lines.filter(isOfPayment).map((line) => ({ connectionId, providerId: line.providerId }))
  return []
}

function statementKey(row: { readonly connectionId: string; readonly statementNumber: string }): string {
  return `${row.connectionId}|${row.statementNumber}`
}

type Ended = Omit<MessageEnd, 'messageId'>

async function applyOne(
  tx: Kysely<Database>,
  payments: PaymentSet,
  paidPayments: Map<string, Set<string>>,
  { message, connection, reading }: Reading,
): Promise<Ended> {
  if (connection === undefined) return waiting('connection.missing')
  const { connectionId } = connection
  const source = { provider: connection.provider, messageId: message.messageId }
  switch (reading.kind) {
    case 'unreadable':
      return waiting(`message.unreadable: ${reading.reason}`)
    case 'news': {
      const paymentId = payments.idOf({ connectionId, providerId: reading.providerId })
      if (paymentId === undefined) return waiting('payment.unknown')
      const refusal = payments.apply(paymentId, reading.news, source)
      return { state: refusal === undefined ? 'applied' : 'waiting', reason: refusal ?? null, paymentId }
    }
    case 'statement': {
      const lines = reading.lines.map((line) => ({
        ...line,
        paymentId: isOfPayment(line) ? (payments.idOf({ connectionId, providerId: line.providerId }) ?? null) : null,
      }))
      const owner = { ...connection, source: message.context['source'] === 'file' ? 'file' : 'provider' } as const
      const booked = lines.map(({ news: _, ...line }) => line)
      const saved = await saveStatement(tx, owner, reading.head, booked)
      if (saved === undefined) return waiting('statement.sum_differs')
      const ids = new Set<string>()
      for (const { paymentId, news } of lines) {
        if (paymentId === null || news === null) continue
        payments.apply(paymentId, [news], source)
        ids.add(paymentId)
      }
      const { statementNumber } = reading.head
      const { paidOn } = saved
      // Orders that came after the transfer was told are paid out with the others; for the others it is no news.
      if (paidOn !== null) {
        const paid: DatedNews = {
          at: message.saidAt.toISOString(),
          news: { kind: 'statement_paid', statementNumber, paidOn },
        }
        for (const paymentId of ids) payments.apply(paymentId, [paid], source)
      }
      // Its transfer may be told by the next message already.
      paidPayments.set(statementKey({ connectionId, statementNumber }), ids)
      // The lines of orders that nobody knows stand on the payout; the message waits for them.
      const unknown = lines.filter((line) => isOfPayment(line) && line.paymentId === null).length
      return unknown > 0 ? waiting(`statement.unknown_payments: ${unknown}`) : APPLIED
    }
    case 'statement_paid': {
      const { statementNumber, paidOn, saidAt } = reading
      if (!(await payStatement(tx, connection, statementNumber, paidOn))) return waiting('statement.unknown')
      const news: DatedNews = { at: saidAt, news: { kind: 'statement_paid', statementNumber, paidOn } }
      for (const paymentId of paidPayments.get(statementKey({ connectionId, statementNumber })) ?? [])
        payments.apply(paymentId, [news], source)
      return APPLIED
    }
  }
}

const APPLIED: Ended = { state: 'applied', reason: null, paymentId: null }

function waiting(reason: string): Ended {
  return { state: 'waiting', reason, paymentId: null }
}
