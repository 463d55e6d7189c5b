/** Making payment links, telling about them, and taking them back. */
import { createHash, randomBytes } from 'node:crypto'
import type { Output } from '@choba/shared/contract.ts'
import type {
  PaymentLinkDetail,
  PaymentLinkInput,
  paymentLinks,
  PaymentLinkTotals,
} from '@choba/shared/contracts/payment-links.ts'
import { addDays, atTime, dayOf } from '@choba/shared/dates.ts'
import type { PaymentLinkFilter } from '@choba/shared/filters/payment-links.ts'
import type { Method } from '@choba/shared/methods.ts'
import { LIVE_LINK_STATES, type PaymentLinkState } from '@choba/shared/states/payment-link.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { Connection } from '../../core/connection.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { SecretBox } from '../../core/secret-box.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Db } from '../../db/client.ts'
import { requireScope } from '../../db/contract-scope.ts'
import { listConnections } from '../../db/connections.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { canonicalJson } from '../../ledger/canonical.ts'
import type { ProviderRegistry } from '../../providers/port.ts'
import {
  addEvent,
  changeLink,
  findApiConnection,
  findLink,
  findLinkByKey,
  insertLink,
  isNumberTaken,
  type LinkRecord,
  lockLink,
  readHistory,
} from './payment-link.queries.ts'
import { linkTotalsSql, totalsOf } from './payment-links.queries.ts'

export type LinkDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly secrets: SecretBox
  readonly providerClocks: ProviderClocks
  readonly providers: ProviderRegistry
  /** Where customers reach us when the request does not say. */
  readonly env: { readonly publicUrl: URL | null; readonly port: number }
}

const TOKEN_BYTES = 16
/** Cards take no single yen (sbps-protocol 1.2). */
const CARD_MIN_YEN = 2

export async function totalLinks(
  { db }: LinkDeps,
  { merchantId }: Session,
  filter: PaymentLinkFilter,
): Promise<PaymentLinkTotals> {
  return totalsOf((await linkTotalsSql(merchantId, filter).execute(db.merchant(merchantId))).rows)
}

/** Shops that can send links. NP needs a connection of its own beside the page, on which the payment runs afterwards. */
export async function listOptions(
  deps: LinkDeps,
  { merchantId }: Session,
): Promise<Output<typeof paymentLinks.options>> {
  const db = deps.db.merchant(merchantId)
  const connections = await listConnections(db, deps, merchantId)
  const pages = connections.filter(isLink)
  const shops = await Promise.all(
    [...new Set(pages.map(({ shopId }) => shopId))].map(async (shopId) => {
      const page = pages.find((each) => each.shopId === shopId) as Connection // it is one of theirs
      return { shopId, methods: await methodsOf(deps, db, page) }
    }),
  )
  return { shops: shops.filter(({ methods }) => methods.length > 0) }
}

function isLink(connection: Connection): boolean {
  return connection.connectionMethod === 'link'
}

async function methodsOf(deps: LinkDeps, db: Kysely<Database>, page: Connection): Promise<Method[]> {
  const offered = [...(deps.providers[page.provider]?.hostedPage?.methodsOf(page) ?? [])]
  if (!offered.includes('np_postpaid')) return offered
  const np = await findApiConnection(db, page, 'np', 'np_postpaid')
  return np === undefined ? offered.filter((method) => method !== 'np_postpaid') : offered
}

/**
 * The same key with the same content answers the link it made before.
 * @throws AppError resource.not_found, order.duplicate, idempotency.conflict, request.invalid, order.billing_not_contracted
 */
export async function createLink(
  deps: LinkDeps,
  session: Session,
  input: PaymentLinkInput,
): Promise<PaymentLinkDetail> {
  const { merchantId } = session
  const { idempotencyKey, shopId, orderNumber } = input
  const requestHash = createHash('sha256').update(canonicalJson(input)).digest('base64url')
  const db = deps.db.merchant(merchantId)
  const page = (await listConnections(db, deps, merchantId)).find((each) => isLink(each) && each.shopId === shopId)
  if (page === undefined) throw new AppError('resource.not_found', { field: 'shopId', reason: 'connection' })
  refuseUnpayable(input, await methodsOf(deps, db, page))
  const link = await db.transaction().execute(async (tx) => {
    const earlier = await findLinkByKey(tx, merchantId, idempotencyKey)
    if (earlier !== undefined) {
      if (earlier.requestHash !== requestHash) throw new AppError('idempotency.conflict', { idempotencyKey })
      return earlier
    }
    if (await isNumberTaken(tx, merchantId, input))
      throw new AppError('order.duplicate', { field: 'orderNumber', orderNumber })
    const now = deps.providerClocks.now(page.connectionId)
    const billingMethod = input.recurring === null ? 'pay_as_you_go' : 'recurring_simple'
    await requireScope(tx, merchantId, { shopId, methods: input.methods, on: dayOf(now) }, { billingMethod })
    const linkId = uuidv7()
    await insertLink(tx, {
      merchantId,
      linkId,
      shopId,
      connectionId: page.connectionId,
      token: randomBytes(TOKEN_BYTES).toString('base64url'),
      orderNumber,
      amountYen: input.amountYen,
      itemName: input.goods[0]?.name ?? '',
      goods: input.goods,
      customer: input.customer,
      customerName: input.customer.name,
      methods: input.methods,
      recurring: input.recurring,
      idempotencyKey,
      requestHash,
      createdBy: session.name === '' ? session.userId : session.name,
      createdAt: now,
      expiresAt: atTime(addDays(dayOf(now), input.expiresInDays), 23, 59, 59),
    })
    await addEvent(tx, { merchantId, linkId }, { at: now, kind: 'created' })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'payment_link.create',
      subject: { kind: 'payment_link', id: linkId },
      after: { orderNumber, amountYen: input.amountYen, methods: input.methods },
    })
    return (await findLink(tx, merchantId, linkId)) as LinkRecord // inserted just now
  })
  return detailOf(deps, db, link)
}

/** What the customer could not pay is refused now, with the field at fault. @throws AppError request.invalid */
function refuseUnpayable(input: PaymentLinkInput, offered: readonly Method[]): void {
  const { customer, methods, goods, amountYen } = input
  const issues: Array<{ path: string; message: string }> = []
  for (const method of methods)
    if (!offered.includes(method)) issues.push({ path: 'methods', message: `${method} is not offered by this shop` })
  if (methods.includes('card') && amountYen < CARD_MIN_YEN)
    issues.push({ path: 'amountYen', message: 'cards take 2 yen or more' })
  if (goods.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0) !== amountYen)
    issues.push({ path: 'amountYen', message: 'not the sum of the goods' })
  if (input.recurring !== null && methods.join() !== 'card')
    issues.push({ path: 'methods', message: 'what is charged each month is charged to a card' })
  if (methods.includes('np_postpaid'))
    for (const field of ['phone', 'zip', 'address'] as const)
      if (customer[field] === '') issues.push({ path: `customer.${field}`, message: 'NP postpaid needs it' })
  if (issues.length > 0) throw new AppError('request.invalid', { issues })
}

/** @throws AppError resource.not_found */
export async function getLink(deps: LinkDeps, { merchantId }: Session, linkId: string): Promise<PaymentLinkDetail> {
  const db = deps.db.merchant(merchantId)
  return detailOf(deps, db, await linkOf(db, merchantId, linkId))
}

/** @throws AppError resource.not_found, link.not_live */
export async function cancelLink(deps: LinkDeps, session: Session, linkId: string): Promise<PaymentLinkDetail> {
  const { merchantId } = session
  const db = deps.db.merchant(merchantId)
  await db.transaction().execute(async (tx) => {
    const link = await lockLink(tx, merchantId, uuidOf(linkId))
    if (link === undefined) throw new AppError('resource.not_found', { id: linkId })
    if (link.state === 'cancelled') return
    if (!isLive(link)) throw new AppError('link.not_live', { state: link.state })
    await changeLink(tx, link, { state: 'cancelled' })
    await addEvent(tx, link, {
      at: deps.providerClocks.now(link.connectionId),
      kind: 'cancelled',
      detail: session.name,
    })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'payment_link.cancel',
      subject: { kind: 'payment_link', id: linkId },
      before: { state: link.state },
      after: { state: 'cancelled' },
    })
  })
  return detailOf(deps, db, await linkOf(db, merchantId, linkId))
}

/** A payment of it would be welcome: nothing stands yet and nobody ended it. */
export function isLive(link: Pick<LinkRecord, 'state' | 'paymentId'>): boolean {
  return link.paymentId === null && (LIVE_LINK_STATES as readonly PaymentLinkState[]).includes(link.state)
}

/** @throws AppError resource.not_found */
export async function linkOf(db: Kysely<Database>, merchantId: string, linkId: string): Promise<LinkRecord> {
  const link = await findLink(db, merchantId, uuidOf(linkId))
  if (link === undefined) throw new AppError('resource.not_found', { id: linkId })
  return link
}

/** Anything else than an id names nothing. @throws AppError resource.not_found */
function uuidOf(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text
  throw new AppError('resource.not_found', { id: text })
}

async function detailOf(deps: LinkDeps, db: Kysely<Database>, link: LinkRecord): Promise<PaymentLinkDetail> {
  const { linkId, customer, createdAt, expiresAt, openedAt, token } = link
  return {
    ...link,
    ...(await readHistory(db, link)),
    id: linkId,
    url: addressOf(deps, token),
    email: customer.email,
    phone: customer.phone,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    openedAt: openedAt?.toISOString() ?? null,
  }
}

export function addressOf({ env }: LinkDeps, token: string): string {
  return `${env.publicUrl?.origin ?? `http://127.0.0.1:${env.port}`}/pay/${token}`
}
