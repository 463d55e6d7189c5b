/**
 * What the provider reports about purchases on its page. The notice decides, and our answer is part of it: a purchase
 * stands only once we have said OK, so what cannot become a payment is refused here and now (sbps-protocol 1.5).
 */
import type { Kysely } from 'kysely'
import { type Connection, numberSetting } from '../../core/connection.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { findConnectionByAccount } from '../../db/connections.ts'
import type { Database } from '../../db/schema.ts'
import { enqueueApply } from '../../jobs/apply-messages.ts'
import { keepMessages, type NewMessage } from '../../ledger/inbox.ts'
import type { HostedAck, HostedRead, HostedResult } from '../../providers/hosted-page.ts'
import { askLater, doubt } from './link-doubt.service.ts'
import { openPayment } from './link-payment.service.ts'
import { decideRecurring, followRecurring, type Recurring } from './link-recurring.service.ts'
import { noteUnsigned } from './link-unsigned.service.ts'
import {
  addEvent,
  changeLink,
  findApiConnection,
  hasPayment,
  type LinkRecord,
  lockLinkOfPurchase,
} from './payment-link.queries.ts'
import { isLive, type LinkDeps } from './payment-links.service.ts'

type Read = Extract<HostedRead, { kind: 'result' }>
type Accepted = Extract<HostedResult, { kind: 'accepted' }>
type Sent = { readonly body: Uint8Array; readonly contentType: string }
type Verdict = {
  readonly refusal: string | null
  readonly detail: string
  readonly paymentId: string | null
  /** Taken, and yet it does not fit what stands. */
  readonly note?: 'contradicts' | 'month_charged'
}

/** How long a provider waits for our word is not public: assumed, and a setting of the connection. */
const ANSWER_MS = 10_000

export type NoticeDeps = LinkDeps & { readonly recurring: Recurring }

/** Undefined when there is no such provider. What cannot be authenticated is answered NG and leaves nothing behind. */
export async function receiveLinkNotice(
  deps: NoticeDeps,
  provider: string,
  account: string,
  sent: Sent,
): Promise<HostedAck | undefined> {
  const started = performance.now()
  const page = deps.providers[provider]?.hostedPage
  if (page === undefined) return undefined
  const connection = await findConnectionByAccount(deps.db.owner, deps, provider, account)
  if (connection?.connectionMethod !== 'link') return page.acknowledge('unknown account')
  const read = page.readNotice(connection, sent.body)
  if (read.kind === 'refused') {
    if (read.orderNumber !== undefined) await noteUnsigned(deps, connection, read.orderNumber, sent)
    return page.acknowledge(read.reason)
  }
  connection.heard(read.saidAt)
  const { refusal } = await deps.db
    .merchant(connection.merchantId)
    .transaction()
    .execute((tx) => take(deps, tx, connection, read, sent))
  const tookMs = performance.now() - started
  if (
    refusal === null &&
    read.result.kind === 'accepted' &&
    tookMs > numberSetting(connection, 'noticeAnswerMs', ANSWER_MS)
  )
    await noteLate(deps, connection, read.orderNumber)
  return page.acknowledge(refusal)
}

async function noteLate(deps: LinkDeps, connection: Connection, orderNumber: string): Promise<void> {
  const db = deps.db.merchant(connection.merchantId)
  await db.transaction().execute(async (tx) => {
    const link = await lockLinkOfPurchase(tx, connection, orderNumber)
    if (link !== undefined) await doubt(tx, link, deps.providerClocks.now(connection.connectionId), 'late')
  })
}

async function take(
  deps: NoticeDeps,
  tx: Kysely<Database>,
  connection: Connection,
  read: Read,
  sent: Sent,
): Promise<Verdict> {
  const { merchantId } = connection
  const link = await lockLinkOfPurchase(tx, connection, read.orderNumber)
  const verdict = await decide(deps, tx, connection, link, read)
  const kept = await keepMessages(tx, merchantId, [messageOf(connection, read, sent, verdict)])
  const messageId = kept[0]
  if (link !== undefined) await follow(deps, tx, connection, link, { read, verdict, messageId })
  const isNews = read.result.kind === 'deposit' || read.result.kind === 'expired'
  if (kept.length > 0 && verdict.refusal === null && isNews) await enqueueApply(tx, merchantId)
  return verdict
}

/** A reason to refuse, or the id that the new payment shall have. Money that came is never refused. */
async function decide(
  { recurring }: NoticeDeps,
  tx: Kysely<Database>,
  connection: Connection,
  link: LinkRecord | undefined,
  read: Read,
): Promise<Verdict> {
  const { orderNumber, amountYen, trackingId, result, code } = read
  const refuse = (detail: string): Verdict => ({ refusal: detail, detail, paymentId: null })
  const accept = (paymentId: string | null): Verdict => ({ refusal: null, detail: code, paymentId })
  if (result.kind === 'deposit' || result.kind === 'expired') return accept(link?.paymentId ?? null)
  if (link === undefined) return refuse('unknown')
  if (link.recurring !== null) {
    const said = await decideRecurring(recurring, tx, link, read)
    if (said.kind === 'refuse') return refuse(said.detail)
    return { ...accept(said.paymentId), ...(said.note && { note: said.note }) }
  }
  if (result.kind === 'failed' && link.paymentId !== null) return { ...accept(link.paymentId), note: 'contradicts' }
  if (result.kind !== 'accepted') return accept(link.paymentId)
  if (link.trackingId === trackingId) return amountYen === link.amountYen ? accept(link.paymentId) : refuse('amount')
  if (link.paymentId !== null) return refuse('paid_already')
  if (!isLive(link)) return refuse('not_live')
  if (amountYen !== link.amountYen) return refuse('amount')
  if (!link.methods.includes(result.method)) return refuse('method')
  if (await hasPayment(tx, connection.merchantId, { shopId: link.shopId, orderNumber })) return refuse('order')
  if (
    result.on.provider !== 'same' &&
    (await findApiConnection(tx, link, result.on.provider, result.method)) === undefined
  )
    return refuse('connection')
  return accept(uuidv7())
}

function messageOf(connection: Connection, read: Read, { body, contentType }: Sent, verdict: Verdict): NewMessage {
  const { connectionId, provider } = connection
  const later = read.result.kind === 'deposit' || read.result.kind === 'expired'
  const reason = verdict.refusal ?? verdict.note
  return {
    connectionId,
    provider,
    kind: `${provider}_link_notice`,
    direction: 'inbound',
    state: reason !== undefined ? 'ignored' : later ? 'received' : 'applied',
    // One that was refused may come again and be right by then.
    uniqueKey: verdict.refusal === null ? read.uniqueKey : `${read.uniqueKey}:${uuidv7()}`,
    providerId: read.providerId === '' ? null : read.providerId,
    paymentId: verdict.paymentId,
    contentType,
    body,
    saidAt: read.saidAt,
    ...(reason === undefined ? {} : { reason: `payment_link.${reason}` }),
  }
}

type Heard = {
  readonly read: Read
  readonly verdict: Verdict
  /** Undefined when it was heard before. */ readonly messageId: string | undefined
}

/** What becomes of the link, and of the payment it stands for. */
async function follow(
  deps: NoticeDeps,
  tx: Kysely<Database>,
  page: Connection,
  link: LinkRecord,
  { read, verdict, messageId }: Heard,
): Promise<void> {
  const at = deps.providerClocks.now(page.connectionId)
  const { refusal, detail, note, paymentId } = verdict
  if (refusal !== null) return addEvent(tx, link, { at, kind: 'notice_refused', detail })
  await addEvent(tx, link, {
    at,
    kind: 'notice_accepted',
    detail: messageId === undefined ? 'repeated' : note === 'month_charged' ? note : detail,
  })
  if (note === 'contradicts') await doubt(tx, link, at, note)
  if (messageId === undefined || note !== undefined) return
  if (link.recurring !== null)
    return followRecurring(deps.recurring, tx, page, link, { read, messageId, paymentId, at })
  await changeState(tx, link, read, paymentId)
  const { result, orderNumber } = read
  if (result.kind !== 'accepted' || paymentId === null || link.paymentId !== null) return
  await openPayment(tx, page, link, { read, result, messageId, paymentId, orderNumber, billingMethod: 'pay_as_you_go' })
  await changeLink(tx, link, { paymentId })
  await askLater(tx, link)
}

/** The link's own state after an accepted notice. */
async function changeState(
  tx: Kysely<Database>,
  link: LinkRecord,
  read: Read,
  paymentId: string | null,
): Promise<void> {
  const { result, faultCode, trackingId } = read
  switch (result.kind) {
    case 'accepted':
      if (link.paymentId !== null) return
      return changeLink(tx, link, { state: isSure(result) ? 'paid' : 'ordered', method: result.method, trackingId })
    case 'failed':
      if (!isLive(link)) return
      return changeLink(tx, link, { state: 'failed', faultCode: faultCode === '' ? null : faultCode })
    case 'deposit':
      if (paymentId === null && link.trackingId !== trackingId) return
      return changeLink(tx, link, { state: result.totalYen >= link.amountYen ? 'paid' : 'ordered' })
    case 'expired':
      if (link.state === 'ordered') await changeLink(tx, link, { state: 'expired' })
      return
    case 'recurring':
  }
}

/** A slip is still to be paid, and an NP order counts once it is approved. */
function isSure({ method, news }: Accepted): boolean {
  if (method === 'card') return true
  return news.some(({ news: said }) => said.kind === 'screening' && said.result === 'approved')
}
