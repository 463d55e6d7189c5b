/** Fills an empty database through the set form of the door. */
import { sql } from 'kysely'
import { uuidv7 } from '../core/uuid.ts'
import type { Db } from '../db/client.ts'
import { foldRollups } from '../ledger/fold.ts'
import { recordBulk } from '../ledger/record-bulk.ts'
import { addConnections, type TestMerchant } from '../testing/factory.ts'
import { some, trade } from './trade.ts'

const SHOPS = [12, 8] as const
/** The first merchant holds most: it is the one whose ledger is read. */
const SHARE_OF_FIRST = 0.8
const PAYMENTS_PER_CALL = 25_000

export type Loaded = {
  /** Whose ledger is read. */
  readonly merchant: TestMerchant
  /** Undefined when the payments of a kept database were taken. */
  readonly seconds: number | undefined
}

export async function load(db: Db, payments: number): Promise<Loaded> {
  const kept = await findLoaded(db, payments)
  if (kept) return { merchant: kept, seconds: undefined }
  const start = performance.now()
  const ofFirst = Math.round(payments * SHARE_OF_FIRST)
  let first: TestMerchant | undefined
  let done = 0
  for (const [index, count] of [ofFirst, payments - ofFirst].entries()) {
    const merchant = await makeMerchant(db, nameOf(payments, index), SHOPS[index] ?? 1)
    first ??= merchant
    const changes = trade(merchant, count, index + 1)
    for (let written = 0; written < count; written += PAYMENTS_PER_CALL) {
      const size = Math.min(PAYMENTS_PER_CALL, count - written)
      await recordBulk(db, merchant.merchantId, some(changes, size))
      await foldRollups(db.owner)
      done += size
      const rate = Math.round((done / (performance.now() - start)) * 1000)
      console.log(`  ${done.toLocaleString('en')} payments, ${rate.toLocaleString('en')}/s`)
    }
  }
  await sql`vacuum analyze`.execute(db.owner)
  if (first === undefined) throw new Error('nothing was loaded')
  return { merchant: first, seconds: (performance.now() - start) / 1000 }
}

/** The name says of which load the merchant is; the second one exists only when the first is whole. */
function nameOf(payments: number, index: number): string {
  return `計測商店 ${payments}-${index + 1}`
}

async function findLoaded(db: Db, payments: number): Promise<TestMerchant | undefined> {
  const { rows } = await sql<TestMerchant>`
    select m.merchant_id as "merchantId", array_agg(c.shop_id::text order by s.code) as shops, json_object_agg(c.shop_id, c.connection_id) as connections
    from merchant m join shop s using (merchant_id) join connection c using (merchant_id, shop_id)
    where m.name = ${nameOf(payments, 0)} and exists (select from merchant where name = ${nameOf(payments, 1)}) group by 1`.execute(
    db.owner,
  )
  return rows[0]
}

export async function makeMerchant(db: Db, name: string, shops: number): Promise<TestMerchant> {
  const merchantId = uuidv7()
  const shopIds = Array.from({ length: shops }, () => uuidv7())
  await db.owner.insertInto('merchant').values({ merchantId, name, environment: 'sandbox' }).execute()
  const rows = shopIds.map((shopId, n) => ({ merchantId, shopId, code: `s${n + 1}`, name: `${n + 1}号店` }))
  await db.owner.insertInto('shop').values(rows).execute()
  return addConnections(db.owner, merchantId, shopIds)
}
