/** What the books know of the orders and slip numbers a file names. */
import { type Kysely, sql } from 'kysely'
import { printedOn } from '../../db/printed-on.ts'
import { hasBegun } from '../../db/connections.ts'
import type { Database } from '../../db/schema.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'

export type KnownPayment = {
  readonly paymentId: string
  readonly orderNumber: string
  readonly method: string
  readonly status: string
  readonly reasons: readonly string[]
  readonly connectionId: string
  readonly inFlight: string | null
  readonly state: PaymentState
  readonly invoiceDelivery: string | null
  readonly printedOn: string | null
}

/** By order number, the latest branch of each. Served by payment_order_unique. */
export async function listByOrderNumber(
  db: Kysely<Database>,
  merchantId: string,
  shopId: string,
  orderNumbers: readonly string[],
): Promise<Map<string, KnownPayment>> {
  if (orderNumbers.length === 0) return new Map()
  const rows = await db
    .selectFrom('payment as p')
    .leftJoin('npPostpaid as n', (join) =>
      join.onRef('n.merchantId', '=', 'p.merchantId').onRef('n.paymentId', '=', 'p.paymentId'),
    )
    .select([
      'p.paymentId',
      'p.orderNumber',
      'p.method',
      'p.status',
      'p.reasons',
      'p.connectionId',
      'p.inFlight',
      'p.state',
      'n.invoiceDelivery',
    ])
    .select(printedOn.as('printedOn'))
    .where('p.merchantId', '=', merchantId)
    .where('p.shopId', '=', shopId)
    .where('p.orderNumber', '=', sql<string>`any(${orderNumbers}::text[])`)
    .orderBy('p.orderNumber')
    .orderBy('p.orderBranch')
    .execute()
  return new Map(rows.map((row) => [row.orderNumber, { ...row, state: row.state as PaymentState }]))
}

/** Orders that were shipped under these slip numbers, however they were hyphened. Served by payment_by_slip_number. */
export async function listSlipUses(
  db: Kysely<Database>,
  merchantId: string,
  slipNumbers: readonly string[],
): Promise<Array<{ slipNumber: string | null; orderNumber: string; shopId: string }>> {
  if (slipNumbers.length === 0) return []
  return db
    .selectFrom('payment')
    .select(['slipNumber', 'orderNumber', 'shopId'])
    .where('merchantId', '=', merchantId)
    .where('slipNumber', '=', sql<string>`any(${slipNumbers}::text[])`)
    .execute()
}

export type Standing = { readonly paymentId: string; readonly status: string; readonly reasons: readonly string[] }

export async function listStandings(
  db: Kysely<Database>,
  merchantId: string,
  paymentIds: readonly string[],
): Promise<Map<string, Standing>> {
  if (paymentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('payment')
    .select(['paymentId', 'status', 'reasons'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', sql<string>`any(${paymentIds}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.paymentId, row]))
}

/** What the books hold under an order number: whether any of it counts, and the branch that comes next. */
export type Branches = { readonly standing: boolean; readonly next: number }

export async function listBranches(
  db: Kysely<Database>,
  merchantId: string,
  shopId: string,
  orderNumbers: readonly string[],
): Promise<Map<string, Branches>> {
  if (orderNumbers.length === 0) return new Map()
  const { rows } = await sql<{ orderNumber: string } & Branches>`
    select order_number, bool_or(status <> 'undone') as standing, max(order_branch) + 1 as next from payment
      where merchant_id = ${merchantId}::uuid and shop_id = ${shopId}::uuid and order_number = any(${orderNumbers}::text[])
      group by order_number`.execute(db)
  return new Map(rows.map((row) => [row.orderNumber, row]))
}

/** The connection of each method at a shop, the newest agreement. */
export async function listShopConnections(
  db: Kysely<Database>,
  merchantId: string,
  shopId: string,
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('connection')
    .select(['connectionId', 'methods'])
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .where(hasBegun)
    .orderBy('validFrom')
    .orderBy('connectionId')
    .execute()
  return new Map(rows.flatMap((row) => row.methods.map((method) => [method, row.connectionId] as const)))
}

/** A payment as a provider's list would name it. */
export type ListedPayment = {
  readonly paymentId: string
  readonly providerId: string
  readonly orderNumber: string
  readonly method: string
  readonly status: string
  readonly amountYen: number
  readonly refundedYen: number
}

/** By the id the provider gave it, also one that a later took the place of. */
export async function listListed(
  db: Kysely<Database>,
  merchantId: string,
  shopId: string,
  providerIds: readonly string[],
): Promise<Map<string, ListedPayment>> {
  if (providerIds.length === 0) return new Map()
  const { rows } = await sql<ListedPayment>`
    select p.payment_id, i.provider_id, p.order_number, p.method, p.status, p.amount_yen, p.refunded_yen
      from (
        select payment_id, provider_id from provider_reference where merchant_id = ${merchantId}::uuid and provider_id = any(${providerIds}::text[])
        union
        select payment_id, provider_id from payment where merchant_id = ${merchantId}::uuid and provider_id = any(${providerIds}::text[])
      ) i join payment p on p.merchant_id = ${merchantId}::uuid and p.payment_id = i.payment_id and p.shop_id = ${shopId}::uuid`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.providerId, row]))
}
