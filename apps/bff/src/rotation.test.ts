import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { authKey } from './auth/auth.ts'
import { getUserId } from './auth/users.ts'
import { connectionContext, secretBox } from './core/secret-box.ts'
import { uuidv7 } from './core/uuid.ts'
import { accountContext } from './features/customer-returns/customer-returns.service.ts'
import { issuerContext } from './features/security/issuer.service.ts'
import { rotateSecret, SEALED } from './rotation.ts'
import { createTestApp, TEST_SECRET, type TestApp } from './testing/app.ts'
import { addConnections, registerPayment } from './testing/factory.ts'

const NEW = 'the secret that comes after it, long enough'
const boxes = { old: secretBox(TEST_SECRET), new: secretBox(NEW) }

let house: TestApp
beforeEach(async () => {
  house = await createTestApp()
})
afterEach(() => house.close())

/** One of each thing that is sealed; answers what opens it. */
async function sealOneOfEach(): Promise<Array<{ table: string; column: string; context: string; plain: string }>> {
  const { merchantId, shopIds, deps } = house
  const { owner } = deps.db
  const merchant = await addConnections(owner, merchantId, [shopIds[0]])
  const connectionId = merchant.connections[shopIds[0]] ?? ''
  const connection = connectionContext(merchantId, connectionId)
  await owner
    .updateTable('connection')
    .set({ secretBox: boxes.old.seal('hash key', connection) })
    .execute()
  const admin = await house.signIn('admin')
  const webhookId = uuidv7()
  const hook = { id: webhookId, name: 'x', url: 'http://127.0.0.1:1/', events: [] }
  const made = (await (await admin.send('POST', '/api/webhooks', hook)).json()) as { secret: string }
  const paymentId = await registerPayment(owner, merchant, { method: 'convenience_store' })
  const returnId = uuidv7()
  await sql`
    insert into customer_return (merchant_id, return_id, payment_id, shop_id, amount_yen, state, bank_name, branch_name,
      account_kind, account_box, account_ending, account_holder, idempotency_key, requested_by, requested_at)
    values (${merchantId}, ${returnId}, ${paymentId}, ${shopIds[0]}, 100, 'requested', 'b', 'c', 'ordinary',
      ${boxes.old.seal('1234567', accountContext(merchantId, returnId))}, '567', 'd', 'k', 'e', now())`.execute(owner)
  await sql`
    insert into oidc_issuer (merchant_id, name, issuer_url, client_id, secret_box, is_on)
    values (${merchantId}, 'x', 'https://i.example', 'c', ${boxes.old.seal('client', issuerContext(merchantId))}, true)`.execute(
    owner,
  )
  return [
    { table: 'connection', column: 'secret_box', context: connection, plain: 'hash key' },
    { table: 'webhook', column: 'secret_box', context: `webhook:${merchantId}:${webhookId}`, plain: made.secret },
    {
      table: 'customer_return',
      column: 'account_box',
      context: accountContext(merchantId, returnId),
      plain: '1234567',
    },
    { table: 'oidc_issuer', column: 'secret_box', context: issuerContext(merchantId), plain: 'client' },
  ]
}

async function boxOf({ table, column }: { table: string; column: string }): Promise<string> {
  const { rows } = await sql<{ box: string }>`select ${sql.ref(column)} as box from ${sql.table(table)}`.execute(
    house.deps.db.owner,
  )
  return rows[0]?.box ?? ''
}

test('everything that is sealed opens with the new secret and no longer with the old one; a repeat changes nothing', async () => {
  const sealed = await sealOneOfEach()
  const { owner } = house.deps.db
  const userId = await getUserId(owner, `admin@${house.merchantId}.example`)
  const secret = await symmetricEncrypt({ key: authKey(TEST_SECRET), data: 'otp secret' })
  const codes = await symmetricEncrypt({ key: authKey(TEST_SECRET), data: '["a"]' })
  await sql`insert into auth_two_factor (id, user_id, secret, backup_codes) values ('x', ${userId}, ${secret}, ${codes})`.execute(
    owner,
  )
  const change = { from: TEST_SECRET, to: NEW }
  expect(await rotateSecret(owner, change)).toEqual({ sealedAnew: 5, alreadyNew: 0, sessionsEnded: 1 })
  for (const each of sealed) {
    const box = await boxOf(each)
    expect(boxes.new.open(box, each.context)).toBe(each.plain)
    expect(() => boxes.old.open(box, each.context)).toThrow(/./)
  }
  const { rows } = await sql<{ secret: string; backupCodes: string }>`select * from auth_two_factor`.execute(owner)
  expect(await symmetricDecrypt({ key: authKey(NEW), data: rows[0]?.secret ?? '' })).toBe('otp secret')
  expect(await symmetricDecrypt({ key: authKey(NEW), data: rows[0]?.backupCodes ?? '' })).toBe('["a"]')
  expect(await rotateSecret(owner, change)).toEqual({ sealedAnew: 0, alreadyNew: 5, sessionsEnded: 0 })
})

test('one box that does not open stops it, and nothing is changed', async () => {
  const sealed = await sealOneOfEach()
  const before = await Promise.all(sealed.map(boxOf))
  const { owner } = house.deps.db
  await sql`update oidc_issuer set secret_box = 'v1.AAAA'`.execute(owner)
  await expect(rotateSecret(owner, { from: TEST_SECRET, to: NEW })).rejects.toThrow('oidc_issuer')
  expect((await Promise.all(sealed.map(boxOf))).slice(0, 3)).toEqual(before.slice(0, 3))
})

test('no column of a sealed secret is forgotten', async () => {
  const { rows } = await sql<{ place: string }>`
    select table_name || '.' || column_name as place from information_schema.columns
     where table_schema = 'public' and column_name like '%\\_box' order by place`.execute(house.deps.db.owner)
  expect(rows.map(({ place }) => place)).toEqual(SEALED.map(({ table, column }) => `${table}.${column}`).sort())
})
