/**
 * Whether a purchase stands at the provider too. Its word is fixed only by our OK, and nobody tells us whether that OK
 * arrived in time (sbps-protocol 1.5): so the provider is asked once afterwards, and again whenever something speaks
 * against it.
 */
import type { Kysely } from 'kysely'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import { findConnection } from '../../db/connections.ts'
import type { Database } from '../../db/schema.ts'
import { enqueueApply } from '../../jobs/apply-messages.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import type { TaskPayload } from '../../jobs/tasks.ts'
import { keepMessages } from '../../ledger/inbox.ts'
import {
  addEvent,
  changeLink,
  countEvents,
  findLink,
  findStanding,
  type LinkRecord,
  lockLink,
} from './payment-link.queries.ts'
import type { LinkDeps } from './payment-links.service.ts'

export type Doubt = 'late' | 'contradicts' | 'error_page'

/** Longer than a provider goes on asking; its own spacing is not public: assumed. */
const ASK_AFTER_MS = 2 * 60_000
const MOST_DOUBTS = 20
/** What a purchase is that nobody has changed since. */
const UNTOUCHED: readonly PaymentStatus[] = ['authorized', 'captured', 'awaiting_payment']

/** Asked once, whatever the way the purchase came. */
export async function askLater(tx: Kysely<Database>, { merchantId, linkId }: LinkRecord): Promise<void> {
  await enqueue(tx, 'payment-links:ask', { merchantId, linkId }, { runAt: new Date(Date.now() + ASK_AFTER_MS) })
}

/** Written into the history, and asked at once. */
export async function doubt(tx: Kysely<Database>, link: LinkRecord, at: Date, detail: Doubt): Promise<void> {
  if (link.trackingId === null || (await countEvents(tx, link, 'doubted')) >= MOST_DOUBTS) return
  const { merchantId, linkId } = link
  await addEvent(tx, link, { at, kind: 'doubted', detail })
  await enqueue(tx, 'payment-links:ask', { merchantId, linkId, doubted: true })
}

/** What the provider has taken back ends the payment too; what cannot be learned is said where there was a doubt. */
export async function askStanding(
  deps: LinkDeps,
  { merchantId, linkId, doubted = false }: TaskPayload<'payment-links:ask'>,
): Promise<void> {
  const db = deps.db.merchant(merchantId)
  const link = await findLink(db, merchantId, linkId)
  if (link?.trackingId == null || link.method === null) return
  const { connectionId, method, trackingId } = link
  const connection = await findConnection(db, deps, merchantId, connectionId)
  const page = connection && deps.providers[connection.provider]?.hostedPage
  if (connection === undefined || page === undefined) return
  const standing = await page.standing(connection, { linkId, method, trackingId })
  await db.transaction().execute(async (tx) => {
    const locked = await lockLink(tx, merchantId, linkId)
    const payment = locked && (await findStanding(tx, locked))
    // A person's own cancellation or refund explains what the provider says.
    const isOurs =
      payment === undefined || payment.isBusy || payment.refundedYen > 0 || !UNTOUCHED.includes(payment.status)
    if (locked === undefined || (standing.kind === 'undone' && isOurs)) return
    const at = deps.providerClocks.now(connectionId)
    if (standing.kind !== 'undone') {
      const detail = standing.kind === 'stands' ? 'stands' : 'no_answer'
      if (doubted) await addEvent(tx, locked, { at, kind: 'asked', detail })
      return
    }
    const message = { connectionId, provider: connection.provider, direction: 'outbound', state: 'received' } as const
    const kept = await keepMessages(tx, merchantId, [{ ...standing.message, ...message, paymentId: locked.paymentId }])
    if (kept.length === 0) return
    await addEvent(tx, locked, { at, kind: 'asked', detail: 'undone' })
    await changeLink(tx, locked, { state: 'failed' })
    await enqueueApply(tx, merchantId)
  })
}
