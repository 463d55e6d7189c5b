/** Verify must find whatever somebody with the owner's password changed by hand. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openShop, type Shopkeeper } from '../testing/shopkeeper.ts'
import { verifyMerchant } from './verify.ts'

let shop: Shopkeeper
let paymentId: string
beforeEach(async () => {
  shop = await openShop()
  paymentId = await shop.order('V-1')
  await shop.order('V-2')
  await shop.work()
  await shop.act('capture', paymentId)
  await shop.work()
})
afterEach(() => shop.close())

async function findings(): Promise<string[]> {
  const { differences } = await verifyMerchant(shop.deps.db.owner, shop.merchantId)
  return [...new Set(differences.map((difference) => difference.kind))].sort()
}

/** With the triggers off: what only the owner of the database can do. */
async function tamper(sql: string): Promise<void> {
  const client = await shop.deps.db.pool.connect()
  try {
    await client.query("set session_replication_role = 'replica'")
    await client.query(sql)
    await client.query("set session_replication_role = 'origin'")
  } finally {
    client.release()
  }
}

test('finds nothing in books that nobody touched', async () => {
  expect(await findings()).toEqual([])
})

test('refuses to change or delete events, entries and postings', async () => {
  for (const table of ['payment_event', 'journal_entry', 'posting', 'audit_log']) {
    await expect(shop.deps.db.pool.query(`delete from ${table}`)).rejects.toThrow('append-only')
    await expect(shop.deps.db.pool.query(`update ${table} set merchant_id = merchant_id`)).rejects.toThrow(
      'append-only',
    )
    await expect(shop.deps.db.pool.query(`truncate ${table} cascade`)).rejects.toThrow('append-only')
  }
})

test('refuses an entry that does not balance', async () => {
  const { rows } = await shop.deps.db.pool.query<{ entry_id: string }>('select entry_id from journal_entry limit 1')
  const insert = `insert into posting (merchant_id, entry_id, line, account, amount_yen) values ('${shop.merchantId}', '${rows[0]?.entry_id}', 99, 'bank', 1)`
  await expect(shop.deps.db.pool.query(insert)).rejects.toThrow('does not balance')
})

test.each([
  [
    'an amount in an event',
    `update payment_event set data = data || '{"amountYen": 1}' where type = 'captured'`,
    ['chain', 'journal', 'projection', 'receivable', 'rollup'],
  ],
  [
    'the time of an event',
    `update payment_event set at = at + interval '1 second' where type = 'registered'`,
    ['chain', 'projection'],
  ],
  [
    'an event that was taken out',
    `delete from payment_event where type = 'captured'`,
    ['chain', 'journal', 'projection', 'receivable', 'rollup'],
  ],
  ['a status in the ledger', `update payment set status = 'paid_out' where captured_yen > 0`, ['projection']],
  [
    'a posting',
    `update posting set amount_yen = amount_yen + 1 where account = 'receivable'`,
    ['journal', 'receivable'],
  ],
  [
    'an entry without an event',
    `with e as (insert into journal_entry select merchant_id, gen_random_uuid(), payment_id, 99, kind, booked_on from journal_entry returning *) insert into posting select merchant_id, entry_id, 1, 'bank', null, null, 5 from e`,
    ['journal'],
  ],
  ['a sum', `update rollup_delta set captured_yen = captured_yen + 1 where captured_yen > 0`, ['rollup']],
  ['the head of the chain', `update chain_head set position = position + 1`, ['chain']],
])('finds %s', async (_, sql, kinds) => {
  await tamper(sql)
  expect(await findings()).toEqual(kinds)
})
