import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Db, openDatabase } from '../db/client.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { changeOf, createMerchant, randomOrder, registerPayment, type TestMerchant } from '../testing/factory.ts'
import { playHistory } from '../testing/history.ts'
import { randomFrom } from '../testing/random.ts'
import { type Change, record } from './record.ts'
import { recordBulk } from './record-bulk.ts'
import { foldRollups } from './fold.ts'
import { verifyMerchant } from './verify.ts'

let database: TestDatabase
let db: Db

beforeAll(async () => {
  database = await createTestDatabase()
  db = openDatabase(database.url)
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

function changesOf(merchant: TestMerchant, payments: number): Change[] {
  const random = randomFrom(77)
  return Array.from({ length: payments }, (_, n) => {
    const { order, life } = randomOrder(random, merchant, n)
    const awkward = { ...order, name: `${order.name ?? ''}\t\\N "${n}"\n`, email: '' }
    return changeOf(merchant, awkward, playHistory(random, life))
  })
}

/** Every row the door writes of a merchant, without the ids and instants of the writing itself. */
async function booksOf({ merchantId }: TestMerchant): Promise<Record<string, unknown[]>> {
  const books: Record<string, unknown[]> = {}
  for (const [name, text] of Object.entries({
    payments: `select to_jsonb(p) - 'payment_id' - 'merchant_id' - 'shop_id' - 'connection_id' - 'updated_at' - 'state' as row,
      (state #- '{books,shopId}') #- '{books,connectionId}' as state from payment p where merchant_id = $m order by order_number`,
    details: `select order_number, customer, delivery, goods from order_detail join payment using (merchant_id, payment_id) where merchant_id = $m order by order_number`,
    events: `select order_number, sequence, position, type, at, actor_kind, actor_id, message_id, operation_id, data - 'shopId' - 'connectionId' as data
      from payment_event join payment using (merchant_id, payment_id) where merchant_id = $m order by position`,
    postings: `select order_number, e.sequence, e.kind, e.booked_on, l.line, l.account, l.sub_account, l.tax_class, l.amount_yen
      from journal_entry e join posting l using (merchant_id, entry_id) join payment using (merchant_id, payment_id) where merchant_id = $m order by order_number, e.sequence, l.line`,
    rollups: `select date_kind, day, method, status, site, billing_method, connection_method, payments, amount_yen, captured_yen, refunded_yen, fee_yen
      from rollup_delta where merchant_id = $m order by 1, 2, 3, 4, 5, 6, 7`,
    head: `select position from chain_head where merchant_id = $m`,
  }))
    books[name] = (await sql.raw(text.replaceAll('$m', `'${merchantId}'::uuid`)).execute(db.owner)).rows
  return books
}

test('an import leaves the same books as the same changes recorded through the other form, and both verify', async () => {
  const [imported, recorded] = [await createMerchant(db.owner), await createMerchant(db.owner)]
  await recordBulk(db, imported.merchantId, changesOf(imported, 300))
  await record(db.owner, recorded.merchantId, changesOf(recorded, 300))
  const books = await booksOf(imported)
  expect(books['payments']).toHaveLength(300)
  expect(books['postings']?.length).toBeGreaterThan(300)
  expect(books).toEqual(await booksOf(recorded))
  await foldRollups(db.owner)
  for (const { merchantId } of [imported, recorded]) {
    const report = await verifyMerchant(db.owner, merchantId)
    expect([report.payments, report.differences]).toEqual([300, []])
  }
})

test('an import of several chunks goes on where the chain stood, and the door after it', async () => {
  const merchant = await createMerchant(db.owner)
  await registerPayment(db.owner, merchant)
  const many = function* (): Generator<Change> {
    for (let n = 0; n < 5_010; n += 1) yield changeOf(merchant, { orderNumber: `BULK-${n}` }, [])
  }
  await recordBulk(db, merchant.merchantId, many())
  await registerPayment(db.owner, merchant)
  const report = await verifyMerchant(db.owner, merchant.merchantId)
  expect([report.payments, report.events, report.differences]).toEqual([5_012, 5_012, []])
})

test('a row that fails leaves nothing behind, and the connection is good for the next import', async () => {
  const merchant = await createMerchant(db.owner)
  const twice = [changeOf(merchant, { orderNumber: 'TWICE' }, []), changeOf(merchant, { orderNumber: 'TWICE' }, [])]
  await expect(recordBulk(db, merchant.merchantId, [...changesOf(merchant, 20), ...twice])).rejects.toMatchObject({
    constraint: 'payment_order_unique',
  })
  expect(await booksOf(merchant)).toEqual({
    payments: [],
    details: [],
    events: [],
    postings: [],
    rollups: [],
    head: [],
  })
  await recordBulk(db, merchant.merchantId, changesOf(merchant, 20))
  expect((await verifyMerchant(db.owner, merchant.merchantId)).payments).toBe(20)
})

test('rows of another merchant are refused', async () => {
  const [mine, theirs] = [await createMerchant(db.owner), await createMerchant(db.owner)]
  await expect(recordBulk(db, mine.merchantId, [changeOf(theirs, {}, [])])).rejects.toMatchObject({
    constraint: 'payment_merchant_id_shop_id_fkey',
  })
})
