/** What is to be printed, what was, and who printed it. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { PaymentPrint, PrintRefused } from '@choba/shared/contracts/invoice-prints.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import { selectionOf, whereOf } from '../../db/filter-to-sql.ts'
import { printedOn } from '../../db/printed-on.ts'
import type { Database } from '../../db/schema.ts'

export type Candidate = {
  readonly paymentId: string
  readonly connectionId: string
  readonly provider: string
  readonly providerId: string | null
  readonly orderNumber: string
  readonly orderedAt: Date
  readonly amountYen: number
  readonly status: PaymentStatus
  readonly inFlight: string | null
  /** Null: not a payment of NP postpaid. */
  readonly invoiceDelivery: string | null
  readonly shopName: string
  readonly customer: {
    readonly name: string
    readonly company?: string
    readonly department?: string
    readonly zip: string
    readonly address: string
  }
  readonly goods: ReadonlyArray<{
    readonly name: string
    readonly unitPriceYen: number
    readonly quantity: number
    readonly taxRateBp: number
  }>
  /** There is a page that says what is billed now. */
  readonly printed: boolean
}

/** What a page needs of its order, those of one list or of these ids, in the order of the workbench. */
export async function listCandidates(
  db: Kysely<Database>,
  merchantId: string,
  which: { readonly paymentIds: readonly string[] } | { readonly ready: ReadyFilter },
  most: number,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select p.payment_id, p.connection_id, c.provider, p.provider_id, p.order_number, p.ordered_at, p.amount_yen, p.status, p.in_flight,
        n.invoice_delivery, s.name as shop_name, d.customer, d.goods, ${printedOn} is not null as printed
      from payment p
      join shop s on s.merchant_id = p.merchant_id and s.shop_id = p.shop_id
      join connection c on c.merchant_id = p.merchant_id and c.connection_id = p.connection_id
      join order_detail d on d.merchant_id = p.merchant_id and d.payment_id = p.payment_id
      left join np_postpaid n on n.merchant_id = p.merchant_id and n.payment_id = p.payment_id
      where p.merchant_id = ${merchantId}::uuid and p.payment_id in (${idsOf(merchantId, which)})
      order by n.ship_on nulls last, p.payment_id limit ${most}`.execute(db)
  return rows
}

export type ReadyFilter = { readonly shop?: string[] | undefined; readonly q?: string | undefined }

export async function countReady(db: Kysely<Database>, merchantId: string, ready: ReadyFilter): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from (${readySql(merchantId, ready)}) r`.execute(db)
  return rows[0]?.count ?? 0
}

function idsOf(
  merchantId: string,
  which: { readonly paymentIds: readonly string[] } | { readonly ready: ReadyFilter },
): RawBuilder<unknown> {
  return 'ready' in which ? readySql(merchantId, which.ready) : sql`select unnest(${which.paymentIds}::uuid[])`
}

/** The bundled ones of the workbench's list, by the ledger's own conditions. */
function readySql(merchantId: string, { shop, q }: ReadyFilter): RawBuilder<unknown> {
  const where = whereOf(
    selectionOf(merchantId, {
      method: ['np_postpaid'],
      status: ['authorized'],
      ...(shop !== undefined && shop.length > 0 && { shop }),
      ...(q !== undefined && { q }),
    }),
  )
  return sql`select payment_id from np_postpaid
    where merchant_id = ${merchantId}::uuid and invoice_delivery = 'bundled' and payment_id in (select payment_id from payment where ${where})`
}

export type Batch = {
  readonly printId: string
  readonly requestHash: string
  readonly refused: readonly PrintRefused[]
}

export async function findBatch(
  db: Kysely<Database>,
  merchantId: string,
  idempotencyKey: string,
): Promise<Batch | undefined> {
  const row = await db
    .selectFrom('invoicePrintBatch')
    .select(['printId', 'requestHash', 'refused'])
    .where('merchantId', '=', merchantId)
    .where('idempotencyKey', '=', idempotencyKey)
    .executeTakeFirst()
  return row && { ...row, refused: row.refused as PrintRefused[] } // written by insertBatch with these names
}

/** False when another request with this key was first. */
export async function insertBatch(
  tx: Kysely<Database>,
  batch: Batch & {
    readonly merchantId: string
    readonly idempotencyKey: string
    readonly printedBy: string
    readonly printedAt: Date
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await tx
    .insertInto('invoicePrintBatch')
    .values({ ...batch, refused: JSON.stringify(batch.refused) })
    .onConflict((conflict) => conflict.columns(['merchantId', 'idempotencyKey']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows > 0n
}

export type Page = {
  readonly paymentId: string
  readonly page: number
  readonly providerId: string
  readonly amountYen: number
  readonly issuedOn: string
  readonly dueOn: string
  readonly document: object
}

export async function insertPages(
  tx: Kysely<Database>,
  {
    merchantId,
    printId,
    printedAt,
  }: { readonly merchantId: string; readonly printId: string; readonly printedAt: Date },
  pages: readonly Page[],
): Promise<void> {
  await sql`
    insert into invoice_print (merchant_id, print_id, payment_id, page, provider_id, amount_yen, issued_on, due_on, document, printed_at)
      select ${merchantId}::uuid, ${printId}::uuid, r."paymentId", r.page, r."providerId", r."amountYen", r."issuedOn", r."dueOn", r.document, ${printedAt}
      from json_to_recordset(${JSON.stringify(pages)}::json) as r
        ("paymentId" uuid, page int, "providerId" text, "amountYen" bigint, "issuedOn" date, "dueOn" date, document jsonb)`.execute(
    tx,
  )
}

export async function listPages(
  db: Kysely<Database>,
  merchantId: string,
  printId: string,
): Promise<Array<{ paymentId: string; issuedOn: string; dueOn: string }>> {
  return db
    .selectFrom('invoicePrint')
    .select(['paymentId', 'issuedOn', 'dueOn'])
    .where('merchantId', '=', merchantId)
    .where('printId', '=', printId)
    .orderBy('page')
    .execute()
}

/** Undefined where there is no such page. */
export async function findPrintedAt(
  db: Kysely<Database>,
  merchantId: string,
  { printId, payment }: { readonly printId: string; readonly payment: string | undefined },
): Promise<Date | undefined> {
  const row = await db
    .selectFrom('invoicePrint')
    .select('printedAt')
    .where('merchantId', '=', merchantId)
    .where('printId', '=', printId)
    .$if(payment !== undefined, (query) => query.where('paymentId', '=', payment ?? ''))
    .limit(1)
    .executeTakeFirst()
  return row?.printedAt
}

/** Documents of a batch from a page on, a few at a time: a file is read as it is sent. */
export async function readDocuments(
  db: Kysely<Database>,
  merchantId: string,
  which: {
    readonly printId: string
    readonly payment?: string | undefined
    readonly after: number
    readonly limit: number
  },
): Promise<Array<{ page: number; document: unknown }>> {
  return db
    .selectFrom('invoicePrint')
    .select(['page', 'document'])
    .where('merchantId', '=', merchantId)
    .where('printId', '=', which.printId)
    .where('page', '>', which.after)
    .$if(which.payment !== undefined, (query) => query.where('paymentId', '=', which.payment ?? ''))
    .orderBy('page')
    .limit(which.limit)
    .execute()
}

export async function listPrintsOf(
  db: Kysely<Database>,
  merchantId: string,
  paymentId: string,
): Promise<PaymentPrint[] | undefined> {
  const payment = await db
    .selectFrom('payment')
    .select(['providerId', 'amountYen'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', paymentId)
    .executeTakeFirst()
  if (payment === undefined) return undefined
  const rows = await db
    .selectFrom('invoicePrint as i')
    .innerJoin('invoicePrintBatch as b', (join) =>
      join.onRef('b.merchantId', '=', 'i.merchantId').onRef('b.printId', '=', 'i.printId'),
    )
    .select(['i.printId', 'i.printedAt', 'b.printedBy', 'i.issuedOn', 'i.dueOn', 'i.amountYen', 'i.providerId'])
    .where('i.merchantId', '=', merchantId)
    .where('i.paymentId', '=', paymentId)
    .orderBy('i.printedAt', 'desc')
    .orderBy('i.printId')
    .execute()
  return rows.map(({ providerId, printedAt, ...row }) => ({
    ...row,
    printedAt: printedAt.toISOString(),
    stale: providerId !== payment.providerId || row.amountYen !== payment.amountYen,
  }))
}
