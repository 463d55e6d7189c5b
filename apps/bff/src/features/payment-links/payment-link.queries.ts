/** One payment link: its row, its history, and who may be asked about it. */
import { type Kysely, sql } from 'kysely'
import type { PaymentLinkDetail } from '@choba/shared/contracts/payment-links.ts'
import type { PaymentLinkEvent } from '@choba/shared/states/payment-link.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { hasBegun } from '../../db/connections.ts'
import type { Database } from '../../db/schema.ts'

const COLUMNS = [
  'merchantId',
  'linkId',
  'shopId',
  'connectionId',
  'token',
  'orderNumber',
  'amountYen',
  'itemName',
  'goods',
  'customer',
  'customerName',
  'methods',
  'state',
  'method',
  'site',
  'openedAt',
  'opens',
  'faultCode',
  'trackingId',
  'paymentId',
  'recurring',
  'subscriptionId',
  'idempotencyKey',
  'requestHash',
  'createdBy',
  'createdAt',
  'expiresAt',
] as const

export type LinkRecord = NonNullable<Awaited<ReturnType<typeof findLink>>>

export function findLink(db: Kysely<Database>, merchantId: string, linkId: string) {
  return db
    .selectFrom('paymentLink')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .where('linkId', '=', linkId)
    .executeTakeFirst()
}

/** Only the owner can ask: who holds an address does not say whose it is. */
export function findLinkByToken(owner: Kysely<Database>, token: string): Promise<LinkRecord | undefined> {
  return owner.selectFrom('paymentLink').select(COLUMNS).where('token', '=', token).executeTakeFirst()
}

export function findLinkByKey(tx: Kysely<Database>, merchantId: string, key: string): Promise<LinkRecord | undefined> {
  return tx
    .selectFrom('paymentLink')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .where('idempotencyKey', '=', key)
    .executeTakeFirst()
}

/** Locked until the transaction ends: two notices about one purchase queue up. */
export function lockLink(tx: Kysely<Database>, merchantId: string, linkId: string): Promise<LinkRecord | undefined> {
  return tx
    .selectFrom('paymentLink')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .where('linkId', '=', linkId)
    .forUpdate()
    .executeTakeFirst()
}

/** By payment_link_by_purchase. */
export function lockLinkOfPurchase(
  tx: Kysely<Database>,
  { merchantId, connectionId }: { readonly merchantId: string; readonly connectionId: string },
  orderNumber: string,
): Promise<LinkRecord | undefined> {
  return tx
    .selectFrom('paymentLink')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .where('connectionId', '=', connectionId)
    .where('orderNumber', '=', orderNumber)
    .forUpdate()
    .executeTakeFirst()
}

/** True when the shop has a payment or a link of this number. */
export async function isNumberTaken(
  tx: Kysely<Database>,
  merchantId: string,
  { shopId, orderNumber }: { readonly shopId: string; readonly orderNumber: string },
): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select exists (select from payment where merchant_id = ${merchantId}::uuid and shop_id = ${shopId}::uuid and order_number = ${orderNumber})
        or exists (select from payment_link where merchant_id = ${merchantId}::uuid and shop_id = ${shopId}::uuid and order_number = ${orderNumber}) as taken`.execute(
    tx,
  )
  return rows[0]?.taken === true
}

/** True when the shop has a payment of this number, however it came. */
export async function hasPayment(
  tx: Kysely<Database>,
  merchantId: string,
  { shopId, orderNumber }: { readonly shopId: string; readonly orderNumber: string },
): Promise<boolean> {
  const row = await tx
    .selectFrom('payment')
    .select('paymentId')
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .where('orderNumber', '=', orderNumber)
    .executeTakeFirst()
  return row !== undefined
}

export type NewLink = Omit<
  LinkRecord,
  'state' | 'method' | 'site' | 'openedAt' | 'opens' | 'faultCode' | 'trackingId' | 'paymentId' | 'subscriptionId'
>

export async function insertLink(tx: Kysely<Database>, link: NewLink): Promise<void> {
  await tx
    .insertInto('paymentLink')
    .values({
      ...link,
      goods: JSON.stringify(link.goods),
      customer: JSON.stringify(link.customer),
      recurring: link.recurring === null ? null : JSON.stringify(link.recurring),
      state: 'open',
    })
    .execute()
}

type Changes = Partial<
  Pick<
    LinkRecord,
    'state' | 'method' | 'site' | 'openedAt' | 'opens' | 'faultCode' | 'trackingId' | 'paymentId' | 'subscriptionId'
  >
>

export async function changeLink(
  tx: Kysely<Database>,
  { merchantId, linkId }: Pick<LinkRecord, 'merchantId' | 'linkId'>,
  changes: Changes,
): Promise<void> {
  await tx
    .updateTable('paymentLink')
    .set(changes)
    .where('merchantId', '=', merchantId)
    .where('linkId', '=', linkId)
    .execute()
}

export async function addEvent(
  tx: Kysely<Database>,
  { merchantId, linkId }: Pick<LinkRecord, 'merchantId' | 'linkId'>,
  event: { readonly at: Date; readonly kind: PaymentLinkEvent; readonly detail?: string },
): Promise<void> {
  await tx
    .insertInto('paymentLinkEvent')
    .values({ merchantId, linkId, eventId: uuidv7(), detail: '', ...event })
    .execute()
}

/** How often something happened: what anyone can repeat from outside is not written down for ever. */
export async function countEvents(
  tx: Kysely<Database>,
  { merchantId, linkId }: Pick<LinkRecord, 'merchantId' | 'linkId'>,
  kind: PaymentLinkEvent,
): Promise<number> {
  const row = await tx
    .selectFrom('paymentLinkEvent')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('merchantId', '=', merchantId)
    .where('linkId', '=', linkId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** What the page of a link shows beside its row, oldest first. */
export async function readHistory(
  db: Kysely<Database>,
  { merchantId, linkId, paymentId, createdBy }: LinkRecord,
): Promise<Pick<PaymentLinkDetail, 'events' | 'paymentStatus' | 'createdBy'>> {
  const events = await db
    .selectFrom('paymentLinkEvent')
    .select(['at', 'kind', 'detail'])
    .where('merchantId', '=', merchantId)
    .where('linkId', '=', linkId)
    // Ids are made in order of time; the provider's clock may jump.
    .orderBy('eventId')
    .execute()
  const payment =
    paymentId === null
      ? undefined
      : await db
          .selectFrom('payment')
          .select('status')
          .where('merchantId', '=', merchantId)
          .where('paymentId', '=', paymentId)
          .executeTakeFirst()
  return {
    events: events.map(({ at, kind, detail }) => ({ at: at.toISOString(), kind, detail })),
    paymentStatus: (payment?.status as PaymentStatus | undefined) ?? null,
    createdBy,
  }
}

/** The payment that a link became: as far as its provider may be right to say otherwise. */
export async function findStanding(
  tx: Kysely<Database>,
  { merchantId, paymentId }: LinkRecord,
): Promise<{ status: PaymentStatus; refundedYen: number; isBusy: boolean } | undefined> {
  if (paymentId === null) return undefined
  const payment = await tx
    .selectFrom('payment')
    .select(['status', 'refundedYen'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .executeTakeFirst()
  const open = await tx
    .selectFrom('operation')
    .select('operationId')
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .where('state', 'in', ['accepted', 'running', 'unknown'])
    .executeTakeFirst()
  return payment && { ...payment, status: payment.status as PaymentStatus, isBusy: open !== undefined }
}

export function findShopName(db: Kysely<Database>, merchantId: string, shopId: string): Promise<{ name: string }> {
  return db
    .selectFrom('shop')
    .select('name')
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .executeTakeFirstOrThrow()
}

/** The connection of a shop that takes a method from another provider, newest agreement first. */
export function findApiConnection(
  db: Kysely<Database>,
  { merchantId, shopId }: Pick<LinkRecord, 'merchantId' | 'shopId'>,
  provider: string,
  method: string,
): Promise<{ connectionId: string } | undefined> {
  return db
    .selectFrom('connection')
    .select('connectionId')
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .where('provider', '=', provider)
    .where('connectionMethod', '=', 'api')
    .where(sql<boolean>`${method} = any(methods)`)
    .where(hasBegun)
    .orderBy('validFrom', 'desc')
    .executeTakeFirst()
}
