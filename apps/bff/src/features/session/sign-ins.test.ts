/** What the audit log hears of people at the door. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ensureUser } from '../../auth/users.ts'
import { checkAudit, sealAudit } from '../../ledger/audit-chain.ts'
import { Findings } from '../../ledger/findings.ts'
import { clientOf, createTestApp, jsonInit, signInWith, type TestApp, type TestClient } from '../../testing/app.ts'
import { tellAttempts } from './sign-ins.service.ts'

const PASSWORD = 'correct horse battery'
const LATER_MS = 11 * 60_000

let house: TestApp
let admin: TestClient
beforeAll(async () => {
  house = await createTestApp()
  admin = await house.signIn('admin')
})
afterAll(() => house.close())

type Entry = { action: string; actor: object; subject: { id: string; name: string }; after: unknown; ip: string | null }

async function made(name: string): Promise<{ email: string; userId: string }> {
  const person = { email: `${name}@shop.example`, name, password: PASSWORD, role: 'staff' } as const
  return { ...person, userId: await ensureUser(house.deps.db.owner, { ...person, merchantId: house.merchantId }) }
}
/** Each test begins with an address that has not tried yet. */
async function knock(email: string, password: string): Promise<number> {
  await sql`delete from auth_rate_limit`.execute(house.deps.db.owner)
  return (await house.app.request('/api/auth/sign-in/email', jsonInit('POST', { email, password }))).status
}
/** Oldest first. */
async function entriesOf(userId: string): Promise<Entry[]> {
  const response = await admin.get(`/api/audit-log?subjectKind=user&subjectId=${userId}&family=session`)
  return ((await response.json()) as { items: Entry[] }).items.toReversed()
}
function told(userId: string, count: number): Promise<Entry[]> {
  return vi.waitFor(async () => {
    const entries = await entriesOf(userId)
    expect(entries).toHaveLength(count)
    return entries
  })
}
const VISITOR = { kind: 'visitor', id: null, name: null }

test('signing in and out stand in the log, with how and from where', async () => {
  const { email, userId } = await made('hanako')
  const client = clientOf(house.app, await signInWith(house.app, email, PASSWORD))
  await client.send('POST', '/api/auth/sign-out')
  const [entered, left] = await entriesOf(userId)
  expect(entered).toMatchObject({
    action: 'session.sign_in',
    actor: { kind: 'person', id: userId, name: 'hanako' },
    subject: { kind: 'user', id: userId, name: 'hanako' },
    after: { how: 'password' },
    ip: '0.0.0.0',
  })
  expect(left).toMatchObject({ action: 'session.sign_out', actor: { id: userId } })
})

test('a wrong password is told of a person we know as done by somebody unknown, and never what was typed', async () => {
  const { email, userId } = await made('jiro')
  expect(await knock(email.toUpperCase(), 'a wrong secret thing')).toBe(401)
  const [failed] = await told(userId, 1)
  expect(failed).toMatchObject({
    action: 'session.sign_in_failed',
    actor: VISITOR,
    after: { how: 'password' },
    ip: '0.0.0.0',
  })
  const all = await house.deps.db.owner.selectFrom('auditLog').selectAll().execute()
  expect(JSON.stringify(all)).not.toContain('a wrong secret thing')
})

test('an address nobody has leaves nothing behind', async () => {
  const count = async () => {
    const { rows } = await sql`select audit_id::text from audit_log union all select user_id from auth_attempt`.execute(
      house.deps.db.owner,
    )
    return rows.length
  }
  const { email, userId } = await made('saburo')
  const before = await count()
  expect(await knock('nobody@shop.example', 'x')).toBe(401)
  // Written in the order they came: when the second stands there, the first has been looked at.
  expect(await knock(email, 'x')).toBe(401)
  await told(userId, 1)
  expect(await count()).toBe(before + 2)
})

test('a flood makes five entries, and one more that says how many there were', async () => {
  const { email, userId } = await made('shiro')
  for (let n = 0; n < 7; n++) await knock(email, 'wrong')
  await vi.waitFor(async () => {
    const { rows } = await sql<{ times: number }>`
      select times from auth_attempt where user_id = ${userId}`.execute(house.deps.db.owner)
    expect(rows).toEqual([{ times: 7 }])
  })
  expect(await entriesOf(userId)).toHaveLength(5)
  await tellAttempts(house.deps.db.owner, new Date())
  expect(await entriesOf(userId)).toHaveLength(5)
  await tellAttempts(house.deps.db.owner, new Date(Date.now() + LATER_MS))
  const last = (await entriesOf(userId)).at(-1)
  expect(last).toMatchObject({
    action: 'session.sign_in_failed',
    actor: VISITOR,
    after: { times: 7, more: 2, lastFrom: '0.0.0.0' },
    ip: null,
  })
  // Counting begins anew.
  await knock(email, 'wrong')
  await told(userId, 7)
  await sealAudit(house.deps.db.owner)
  const findings = new Findings()
  await checkAudit(house.deps.db.owner, house.merchantId, findings)
  expect(findings.list).toEqual([])
})

test('an open transaction of the same merchant holds up no one at the door', async () => {
  const { email, userId } = await made('goro')
  await house.deps.db.owner.transaction().execute(async (tx) => {
    await sql`insert into audit_log (merchant_id, audit_id, actor_kind, action, subject_kind, subject_id)
      values (${house.merchantId}, gen_random_uuid(), 'job', 'test.long', 'shop', 'x')`.execute(tx)
    expect(await knock(email, 'wrong')).toBe(401)
    await told(userId, 1)
    expect(await knock(email, PASSWORD)).toBe(200)
    await told(userId, 2)
  })
})

test('whoever was deactivated has failed, though the password was right', async () => {
  const { email, userId } = await made('rokuro')
  const { owner } = house.deps.db
  await owner.updateTable('member').set({ deactivatedAt: new Date() }).where('userId', '=', userId).execute()
  await knock(email, PASSWORD)
  expect(await entriesOf(userId)).toMatchObject([
    { action: 'session.sign_in_failed', after: { how: 'password', why: 'deactivated' } },
  ])
})

test('a passkey that is not accepted is told of its owner', async () => {
  const { userId } = await made('shichiro')
  await sql`insert into auth_passkey (id, user_id, name, credential_id, public_key, counter, transports, created_at)
    values ('k', ${userId}, 'key', 'credential-7', '\\x00', 0, '{}', now())`.execute(house.deps.db.owner)
  const show = (id: string) =>
    house.app.request(
      '/api/auth/sign-in/passkey',
      jsonInit('POST', { challenge: 'made up', response: { id, rawId: id, type: 'public-key', response: {} } }),
    )
  expect((await show('credential-of-nobody')).status).toBe(401)
  expect((await show('credential-7')).status).toBe(401)
  expect(await told(userId, 1)).toMatchObject([{ after: { how: 'passkey' } }])
})
