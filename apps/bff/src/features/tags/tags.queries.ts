import { type Kysely, sql } from 'kysely'
import type { TagColour, TagRow } from '@choba/shared/contracts/tags.ts'
import type { Database } from '../../db/schema.ts'

type Tx = Kysely<Database>
export type TagContent = { readonly name: string; readonly colour: TagColour; readonly isArchived: boolean }

/** Those in use first, each half by name. */
export async function listTags(db: Tx, merchantId: string): Promise<TagRow[]> {
  return db
    .selectFrom('tag')
    .select(['tagId as id', 'name', 'colour', 'isArchived'])
    .where('merchantId', '=', merchantId)
    .orderBy('isArchived')
    .orderBy('name')
    .orderBy('tagId')
    .execute()
}

/** One change of a merchant's tags at a time: how many there are, and whose name is whose, is decided on what is read. */
export async function lockTags(tx: Tx, merchantId: string): Promise<TagRow[]> {
  await sql`select pg_advisory_xact_lock(hashtext('tags'), hashtext(${merchantId}))`.execute(tx)
  return listTags(tx, merchantId)
}

export async function putTag(
  tx: Tx,
  merchantId: string,
  tagId: string,
  content: TagContent & { readonly changedAt: Date },
): Promise<void> {
  await tx
    .insertInto('tag')
    .values({ merchantId, tagId, ...content })
    .onConflict((conflict) => conflict.columns(['merchantId', 'tagId']).doUpdateSet(content))
    .execute()
}

export type MarkedPayment = { readonly paymentId: string; readonly shopId: string }

/** In one order, so that two who mark the same payments queue up. */
export function lockPayments(tx: Tx, merchantId: string, paymentIds: readonly string[]): Promise<MarkedPayment[]> {
  return tx
    .selectFrom('payment')
    .select(['paymentId', 'shopId'])
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', sql<string>`any(${[...paymentIds]}::uuid[])`)
    .orderBy('paymentId')
    .forNoKeyUpdate()
    .execute()
}

export type PaymentMark = { readonly paymentId: string; readonly tagId: string }

/** Answers the marks that did not stand yet. */
export async function putMarks(
  tx: Tx,
  merchantId: string,
  payments: readonly MarkedPayment[],
  tagIds: readonly string[],
): Promise<PaymentMark[]> {
  if (tagIds.length === 0) return []
  return tx
    .insertInto('paymentTag')
    .values(payments.flatMap((payment) => tagIds.map((tagId) => ({ merchantId, tagId, ...payment }))))
    .onConflict((conflict) => conflict.columns(['merchantId', 'paymentId', 'tagId']).doNothing())
    .returning(['paymentId', 'tagId'])
    .execute()
}

/** Answers the marks that stood. */
export async function removeMarks(
  tx: Tx,
  merchantId: string,
  payments: readonly MarkedPayment[],
  tagIds: readonly string[],
): Promise<PaymentMark[]> {
  if (tagIds.length === 0) return []
  return tx
    .deleteFrom('paymentTag')
    .where('merchantId', '=', merchantId)
    .where('paymentId', '=', sql<string>`any(${payments.map(({ paymentId }) => paymentId)}::uuid[])`)
    .where('tagId', '=', sql<string>`any(${[...tagIds]}::uuid[])`)
    .returning(['paymentId', 'tagId'])
    .execute()
}

/** Notices are told up to here one by one; beyond it pages read everything again. */
const MOST_TOLD = 50

/** Open pages hear of it as of a change of the books, when the transaction commits. */
export async function tellPages(tx: Tx, merchantId: string, paymentIds: readonly string[]): Promise<void> {
  const told = { merchantId, paymentIds: paymentIds.slice(0, MOST_TOLD), more: paymentIds.length > MOST_TOLD }
  await sql`select pg_notify('ledger', ${JSON.stringify(told)})`.execute(tx)
}
