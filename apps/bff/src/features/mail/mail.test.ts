/** Mails of a merchant, over a mail server that really speaks. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { MailRow } from '@choba/shared/contracts/mail.ts'
import { taskHandlers } from '../../app.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { type MailServer, openMailServer } from '../../testing/mail-server.ts'

let house: TestApp
let admin: TestClient
let server: MailServer
beforeAll(async () => {
  house = await createTestApp()
  admin = await house.signIn('admin')
  server = await openMailServer()
})
beforeEach(async () => {
  server.refusal = null
  server.mails.length = 0
  await house.deps.db.pool.query('delete from graphile_worker._private_jobs')
})
afterAll(async () => {
  await server.close()
  await house.close()
})

function settings(changes: Record<string, unknown> = {}) {
  return {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    userName: '',
    fromAddress: 'console@shop.example',
    fromName: '山田商店',
    ...changes,
  }
}

async function setUp(changes: Record<string, unknown> = {}): Promise<Response> {
  return admin.send('PUT', '/api/mail', settings(changes))
}

async function log(): Promise<MailRow[]> {
  return ((await (await admin.get('/api/mail/log')).json()) as { items: MailRow[] }).items
}

/** Every send that waits, whenever it is planned, once. */
async function work(): Promise<void> {
  const { rows } = await house.deps.db.pool.query<{ payload: unknown }>(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'mail:send' returning j.payload`,
  )
  for (const { payload } of rows) await taskHandlers(house.deps)['mail:send']?.(payload, undefined as never)
}

async function invite(email: string): Promise<{ isMailed: boolean; token: string }> {
  const answer = await admin.send('POST', '/api/invitations', {
    email,
    role: 'staff',
    customRoleId: null,
    shopIds: null,
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { isMailed: boolean; token: string }
}

test('without a server nothing is mailed, and the link is shown as ever', async () => {
  expect(await (await admin.get('/api/mail')).json()).toEqual({ settings: null })
  expect((await invite('early@shop.example')).isMailed).toBe(false)
  const refused = await admin.send('POST', '/api/mail/test', { to: 'a@shop.example' })
  expect((await errorOf(refused)).code).toBe('mail.not_set_up')
  expect(await log()).toEqual([])
})

test('the password is sealed, stays when it is left out, and never comes back', async () => {
  expect((await setUp({ userName: 'console', password: 'the secret word' })).status).toBe(200)
  expect((await setUp({ userName: 'console' })).status).toBe(200)
  const told = await (await admin.get('/api/mail')).text()
  expect(JSON.parse(told)).toMatchObject({ settings: { userName: 'console', hasPassword: true } })
  const { rows } = await house.deps.db.pool.query<{ all: string }>(
    `select (select string_agg(m::text, '') from mail_setting m) || (select string_agg(a::text, '') from audit_log a) as all`,
  )
  expect(told + (rows[0]?.all ?? 'the secret word')).not.toContain('the secret word')
  expect((await setUp({ password: '' })).status).toBe(200)
  expect(await (await admin.get('/api/mail')).json()).toMatchObject({ settings: { hasPassword: false } })
})

test('a test mail tells what the server said, good or bad', async () => {
  const sent = await admin.send('POST', '/api/mail/test', { to: 'a@shop.example' })
  expect(await sent.json()).toEqual({ isSent: true, said: '250 kept as 1' })
  server.refusal = '550 no such person here'
  const refused = await admin.send('POST', '/api/mail/test', { to: 'b@shop.example' })
  expect(await refused.json()).toEqual({ isSent: false, said: expect.stringContaining('550 no such person here') })
})

test('an invitation leaves once with its link, and the link is not kept', async () => {
  const { isMailed, token } = await invite('new@shop.example')
  expect(isMailed).toBe(true)
  await work()
  await work()
  expect(server.mails).toHaveLength(1)
  const mail = server.mails[0] ?? ''
  expect(mail).toContain('To: new@shop.example')
  const body = Buffer.from(mail.split('\r\n\r\n').slice(1).join(''), 'base64').toString('utf8')
  expect(body + mail.replace(/=\r\n/g, '')).toContain(`/join#${token}`)
  const [row] = await log()
  expect(row).toMatchObject({ kind: 'invitation', to: 'new@shop.example', state: 'sent', attempts: 1 })
  const { rows } = await house.deps.db.pool.query<{ text: string | null }>(
    `select text from outgoing_mail where to_address = 'new@shop.example'`,
  )
  expect(rows).toEqual([{ text: null }])
})

test('what a server refuses is tried again for a day, then fails in its words, and can be sent again', async () => {
  server.refusal = '451 come back later'
  await invite('later@shop.example')
  await work()
  expect((await log())[0]).toMatchObject({ state: 'queued', attempts: 1, said: expect.stringContaining('451') })
  const { rows } = await house.deps.db.pool.query<{ later: boolean }>(
    'select run_at > now() as later from graphile_worker._private_jobs',
  )
  expect(rows).toEqual([{ later: true }])
  for (let tries = 0; tries < 7; tries += 1) await work()
  const [failed] = await log()
  expect(failed).toMatchObject({ state: 'failed', attempts: 8 })
  server.refusal = null
  expect((await admin.send('POST', `/api/mail/log/${failed?.id}/resend`)).status).toBe(200)
  expect((await admin.send('POST', `/api/mail/log/${failed?.id}/resend`)).status).toBe(404)
  await work()
  expect((await log())[0]).toMatchObject({ state: 'sent' })
})

test('a mail in the hands of one job is not sent by another, and is taken up when that one died', async () => {
  await invite('held@shop.example')
  const { pool } = house.deps.db
  const lease = (seconds: number) =>
    pool.query(
      `update outgoing_mail set lease_until = now() + $1 * interval '1 second' where to_address = 'held@shop.example'`,
      [seconds],
    )
  await lease(90)
  await work()
  expect(server.mails).toEqual([])
  const { rows } = await pool.query<{ later: boolean }>(
    `select run_at > now() + interval '60 seconds' as later from graphile_worker._private_jobs`,
  )
  expect(rows).toEqual([{ later: true }])
  await lease(-1)
  await work()
  expect(server.mails).toHaveLength(1)
})

test('a live merchant’s mails leave by a public server, encrypted', async () => {
  const { owner } = house.deps.db
  const live = (environment: 'live' | 'sandbox') =>
    owner.updateTable('merchant').set({ environment }).where('merchantId', '=', house.merchantId).execute()
  await live('live')
  const refusals = [await setUp(), await setUp({ host: 'mail.example.jp' })]
  const said = await Promise.all(refusals.map(async (refused) => (await errorOf(refused)).details['reason']))
  await live('sandbox')
  expect(said).toEqual(['private', 'open'])
})

test('only whoever manages the settings, and only their own merchant’s', async () => {
  const staff = await house.signIn('staff')
  expect((await staff.get('/api/mail')).status).toBe(403)
  const elsewhere = await house.signInElsewhere('admin')
  expect(await (await elsewhere.get('/api/mail')).json()).toEqual({ settings: null })
  expect(await (await elsewhere.get('/api/mail/log')).json()).toEqual({ items: [], nextCursor: null })
  expect((await admin.send('DELETE', '/api/mail')).status).toBe(200)
  expect(await (await admin.get('/api/mail')).json()).toEqual({ settings: null })
})
