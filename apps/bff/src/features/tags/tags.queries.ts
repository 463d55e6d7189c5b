import { type Kysely, sql } from 'kysely'
import type { TagColour, TagRow } from '@choba/shared/contracts/tags.ts'
import { lockSetting } from '../../db/lock-setting.ts'
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
  await lockSetting(tx, merchantId, 'tags')
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
