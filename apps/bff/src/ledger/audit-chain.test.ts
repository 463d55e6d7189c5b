import { afterEach, beforeEach, expect, test } from 'vitest'
import { uuidv7 } from '../core/uuid.ts'
import { openShop, type Shopkeeper } from '../testing/shopkeeper.ts'
import { sealAudit } from './audit-chain.ts'
import { verifyMerchant } from './verify.ts'

let shop: Shopkeeper
beforeEach(async () => {
  shop = await openShop()
  for (let n = 1; n <= 5; n += 1) await write(`a-${n}`)
  await sealAudit(shop.deps.db.owner)
})
afterEach(() => shop.close())

async function write(subjectId: string, at = new Date()): Promise<void> {
  const entry = { merchantId: shop.merchantId, auditId: uuidv7(), at, actorKind: 'person', actorId: 'p-1' }
  await shop.deps.db.owner
    .insertInto('auditLog')
    .values({ ...entry, action: 'test.write', subjectKind: 'test', subjectId, before: null, after: '{"b":1,"a":[2]}' })
    .execute()
}

async function details(): Promise<string[]> {
  const { differences } = await verifyMerchant(shop.deps.db.owner, shop.merchantId)
  return differences.filter(({ kind }) => kind === 'audit').map(({ detail }) => detail)
}

/** With the triggers off: what only the owner of the database can do. */
async function tamper(sql: string): Promise<void> {
  await shop.deps.db.pool.query(`begin; set local session_replication_role = replica; ${sql}; commit`)
}

test('seals each entry once, in one row without a gap, whoever seals at the same moment', async () => {
  for (let n = 6; n <= 20; n += 1) await write(`a-${n}`)
  await Promise.all([sealAudit(shop.deps.db.owner), sealAudit(shop.deps.db.owner), sealAudit(shop.deps.db.owner)])
  const { rows } = await shop.deps.db.pool.query<{ whole: boolean }>(
    `select count(*) = max(position) and count(*) = (select count(*) from audit_log) as whole from audit_seal`,
  )
  expect(rows).toEqual([{ whole: true }])
  expect(await details()).toEqual([])
})

test.each([
  ['changed words', `update audit_log set after = '{}' where subject_id = 'a-3'`, [/changed/]],
  ['a changed time', `update audit_log set at = at - interval '1 second' where subject_id = 'a-3'`, [/changed/]],
  ['an entry taken out', `delete from audit_log where subject_id = 'a-3'`, [/taken out/]],
  [
    'an entry taken out with its seal',
    `delete from audit_seal where audit_id = (select audit_id from audit_log where subject_id = 'a-3'); delete from audit_log where subject_id = 'a-3'`,
    [/a seal before it is missing/],
  ],
])('finds %s', async (_, sql, found) => {
  await tamper(sql)
  expect(await details()).toEqual(found.map((words) => expect.stringMatching(words)))
})

test('finds an entry that was put in with an old date and never sealed', async () => {
  await write('forged', new Date(Date.now() - 3 * 86_400_000))
  expect(await details()).toEqual([expect.stringContaining('without a seal')])
})

test('refuses to change or delete a seal', async () => {
  await expect(shop.deps.db.pool.query('delete from audit_seal')).rejects.toThrow('append-only')
  await expect(shop.deps.db.pool.query('update audit_seal set position = 9')).rejects.toThrow('append-only')
})
