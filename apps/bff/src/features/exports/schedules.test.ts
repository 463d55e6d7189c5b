/** Exports that are taken by themselves: each time once, in somebody's name, and no further than that person sees. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ExportScheduleRow } from '@choba/shared/contracts/export-schedules.ts'
import { type ExportRow, MOST_MAILED_BYTES } from '@choba/shared/contracts/exports.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { taskHandlers } from '../../app.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, playRandomHistory } from '../../testing/factory.ts'
import { type MailServer, openMailServer } from '../../testing/mail-server.ts'

/** Sunday, 09:00 in Tokyo. */
const START = new Date('2026-11-29T00:00:00Z')
let now = START
let folder: string
let house: TestApp
let accountant: TestClient
let admin: TestClient
let server: MailServer
const people: Record<string, string> = {}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'choba-'))
  house = await createTestApp({ clock: { now: () => now }, env: { CHOBA_EXPORT_DIR: folder } })
  accountant = await house.signIn('accountant')
  admin = await house.signIn('admin')
  await house.signIn('staff')
  const rows = await house.deps.db.owner.selectFrom('member').select(['userId', 'role']).execute()
  for (const { userId, role } of rows) people[role] = userId
  const merchant = await addConnections(house.deps.db.owner, house.merchantId, house.shopIds)
  await playRandomHistory(house.deps.db.owner, merchant, { seed: 3, payments: 40 })
  server = await openMailServer()
}, 60_000)
beforeEach(async () => {
  now = START
  server.mails.length = 0
  const { pool } = house.deps.db
  await pool.query('delete from graphile_worker._private_jobs')
  await pool.query('delete from export_schedule')
  await rm(join(folder, house.merchantId), { recursive: true, force: true })
})
afterAll(async () => {
  await server.close()
  await house.close()
  await rm(folder, { recursive: true })
})

function asked(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: '毎朝の売上',
    list: 'payments',
    view: { columns: 'orderNumber,customerName,amountYen', from: '2020-01-01' },
    encoding: 'utf8',
    language: 'ja',
    substitute: false,
    cadence: 'daily',
    weekday: 1,
    monthDay: 31,
    hour: 7,
    minute: 30,
    period: 'open',
    delivery: 'keep',
    fileName: '',
    recipients: [],
    ...changes,
  }
}

async function add(changes: Record<string, unknown> = {}, by = accountant): Promise<string> {
  const id = uuidv7()
  expect((await by.send('POST', '/api/export-schedules', { id, ...asked(changes) })).status).toBe(200)
  return id
}

async function schedules(by = accountant): Promise<ExportScheduleRow[]> {
  return ((await (await by.get('/api/export-schedules')).json()) as { items: ExportScheduleRow[] }).items
}

async function files(by = accountant): Promise<ExportRow[]> {
  const { items } = (await (await by.get('/api/exports')).json()) as { items: ExportRow[] }
  return items.filter(({ schedule }) => schedule === '毎朝の売上')
}

async function take(at: string): Promise<void> {
  now = new Date(at)
  await taskHandlers(house.deps)['exports:take']?.({}, undefined as never)
}

/** Twice, so that neither can end before the other has begun. */
async function atOnce(work: () => Promise<void>): Promise<void> {
  const client = await house.deps.db.pool.connect()
  await client.query('begin')
  await client.query('select from export_schedule for update')
  const both = Promise.all([work(), work()])
  await setTimeout(250)
  await client.query('commit')
  client.release()
  await both
}

/** Every job of a name that waits, once. */
async function work(name: 'exports:run' | 'exports:deliver' | 'mail:send'): Promise<void> {
  const { rows } = await house.deps.db.pool.query<{ payload: unknown }>(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = $1 returning j.payload`,
    [name],
  )
  for (const { payload } of rows) await taskHandlers(house.deps)[name]?.(payload, undefined as never)
}

async function setUpMail(): Promise<void> {
  const answer = await admin.send('PUT', '/api/mail', {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    userName: '',
    fromAddress: 'console@shop.example',
    fromName: '山田商店',
  })
  expect(answer.status).toBe(200)
}

async function change(role: string, values: object): Promise<void> {
  const member = house.deps.db.owner.updateTable('member').where('userId', '=', people[role] ?? '')
  await member.set(values).execute()
}

test('a file lies in its folder at its time, whole, under its name, and once', async () => {
  await add({ delivery: 'folder', fileName: '売上-{date}' })
  expect(await schedules()).toMatchObject([
    { nextAt: '2026-11-29T22:30:00.000Z', owner: 'accountant 太郎', last: null },
  ])
  await take('2026-11-29T22:29:59Z')
  expect(await files()).toEqual([])
  await atOnce(() => take('2026-11-29T22:30:00Z'))
  await work('exports:run')
  expect(await files()).toMatchObject([{ state: 'done', delivery: { kind: 'folder', state: 'waiting' } }])
  await work('exports:deliver')
  const [file] = await files()
  expect(file?.delivery).toMatchObject({ to: '売上-2026-11-30.csv', state: 'done', failure: null })
  expect(await readdir(join(folder, house.merchantId))).toEqual(['売上-2026-11-30.csv'])
  const laid = await readFile(join(folder, house.merchantId, '売上-2026-11-30.csv'))
  const kept = await accountant.get(`/api/exports/${file?.id}/file`)
  expect(laid.equals(Buffer.from(await kept.arrayBuffer()))).toBe(true)
  await take('2026-11-29T22:31:00Z')
  expect(await files()).toHaveLength(1)
  expect(await schedules()).toMatchObject([{ nextAt: '2026-11-30T22:30:00.000Z', last: { rows: file?.rows } }])
})

test('after ten days without a server one file is made up for, as of its last time', async () => {
  await add({ period: 'previous_day' })
  await take('2026-12-09T03:00:00Z')
  await take('2026-12-09T03:01:00Z')
  expect(await files()).toMatchObject([{ view: { from: '2026-12-08', to: '2026-12-08' } }])
  expect(await schedules()).toMatchObject([
    { last: { dueAt: '2026-12-08T22:30:00.000Z' }, nextAt: '2026-12-09T22:30:00.000Z' },
  ])
})

test('in the name of somebody who left nothing is written, until somebody else takes it over', async () => {
  const id = await add()
  await change('accountant', { deactivatedAt: START })
  await take('2026-11-29T22:30:00Z')
  await take('2026-11-30T22:30:00Z')
  expect(await schedules(admin)).toMatchObject([{ isPaused: true, stoppedBy: 'export.owner_lost', last: null }])
  const resumed = await admin.send('POST', `/api/export-schedules/${id}/pause`, { isPaused: false })
  expect((await errorOf(resumed)).code).toBe('export.owner_lost')
  const { rows } = await house.deps.db.pool.query(
    `select count(*)::int as told from audit_log where action = 'export_schedule.stop' and subject_id = $1`,
    [id],
  )
  expect(rows).toEqual([{ told: 1 }])
  expect((await admin.send('PUT', `/api/export-schedules/${id}`, asked())).status).toBe(200)
  await take('2026-12-01T22:30:00Z')
  await work('exports:run')
  await change('accountant', { deactivatedAt: null })
  expect(await schedules()).toMatchObject([{ owner: 'admin 太郎', isPaused: false, last: { state: 'done' } }])
})

test('who loses the right between the asking and the writing has a file that failed in words', async () => {
  await add()
  await take('2026-11-29T22:30:00Z')
  await change('accountant', { role: 'staff' })
  await work('exports:run')
  await change('accountant', { role: 'accountant' })
  expect(await schedules()).toMatchObject([{ last: { state: 'failed', failure: { code: 'auth.forbidden' } } }])
})

test('a file in the name of somebody who may not read personal data is masked, in the folder too', async () => {
  const { roleId } = await house.deps.db.owner
    .insertInto('customRole')
    .values({
      merchantId: house.merchantId,
      roleId: uuidv7(),
      name: '書き出し係',
      permissions: ['sales.read', 'sales.export'],
    })
    .returning('roleId')
    .executeTakeFirstOrThrow()
  await change('accountant', { role: 'custom', customRoleId: roleId })
  await add({ delivery: 'folder', fileName: 'masked' })
  await take('2026-11-29T22:30:00Z')
  await work('exports:run')
  await work('exports:deliver')
  await change('accountant', { role: 'accountant', customRoleId: null })
  const [, ...lines] = (await readFile(join(folder, house.merchantId, 'masked.csv'), 'utf8')).trimEnd().split('\r\n')
  expect(lines.length).toBeGreaterThan(10)
  expect(lines.filter((line) => !line.includes('＊＊＊'))).toEqual([])
})

test('a folder that is away says so, and has its file when it is back', async () => {
  const id = await add({ delivery: 'folder', fileName: 'daily' })
  const answer = await accountant.send('POST', `/api/export-schedules/${id}/run`, { idempotencyKey: 'folder-away' })
  const { exportId } = (await answer.json()) as { exportId: string }
  await work('exports:run')
  const key = { merchantId: house.merchantId, exportId }
  const deliver = () => taskHandlers(house.deps)['exports:deliver']?.(key, undefined as never)
  const look = () => taskHandlers(house.deps)['notifications:look']?.({}, undefined as never)
  await look()
  await rm(folder, { recursive: true })
  await expect(deliver()).rejects.toThrow('ENOENT')
  expect((await files())[0]?.delivery).toMatchObject({ state: 'failed', failure: 'folder_refused' })
  await look()
  const { items } = (await (await admin.get('/api/inbox')).json()) as { items: object[] }
  expect(items).toMatchObject([{ what: 'schedule_failed', about: '毎朝の売上' }])
  await mkdir(folder)
  await deliver()
  expect((await files())[0]?.delivery).toMatchObject({ state: 'done', failure: null })
})

test('a file that was dropped since is laid nowhere, and what a dead process left is written anew', async () => {
  const id = await add({ delivery: 'folder', fileName: 'daily' })
  const path = join(folder, house.merchantId)
  const runs: string[] = []
  for (const idempotencyKey of ['dropped-since', 'died-halfway']) {
    const answer = await accountant.send('POST', `/api/export-schedules/${id}/run`, { idempotencyKey })
    runs.push(((await answer.json()) as { exportId: string }).exportId)
  }
  await work('exports:run')
  const [dropped = '', died = ''] = runs
  const of = (exportId: string) => ({ merchantId: house.merchantId, exportId })
  await house.deps.db.owner.updateTable('exportRun').set({ isKept: false }).where('exportId', '=', dropped).execute()
  await taskHandlers(house.deps)['exports:deliver']?.(of(dropped), undefined as never)
  await expect(readdir(path)).rejects.toThrow('ENOENT')
  expect((await files()).find((file) => file.id === dropped)?.delivery).toMatchObject({ failure: 'not_kept' })
  await mkdir(path)
  await writeFile(join(path, `.${died}.part`), 'half of a fi'.repeat(100_000))
  await taskHandlers(house.deps)['exports:deliver']?.(of(died), undefined as never)
  expect(await readdir(path)).toEqual(['daily.csv'])
  expect(await readFile(join(path, 'daily.csv'), 'utf8')).not.toContain('half of a fi')
})

test('a mail carries the file to colleagues who may have it, and the others get none', async () => {
  await setUpMail()
  const recipients = [people['admin'] ?? '', people['accountant'] ?? '']
  const id = await add({ delivery: 'mail', recipients })
  expect(await schedules()).toMatchObject([{ recipientNames: ['admin 太郎', 'accountant 太郎'] }])
  await take('2026-11-29T22:30:00Z')
  await work('exports:run')
  await work('exports:deliver')
  expect((await files())[0]?.delivery).toMatchObject({ to: 'admin 太郎, accountant 太郎', state: 'waiting' })
  await work('mail:send')
  const [file] = await files()
  expect(file?.delivery).toMatchObject({ state: 'done', failure: null })
  expect(server.mails.map((mail) => /^To: (.*)\r$/m.exec(mail)?.[1]?.split('@')[0])).toEqual(['accountant', 'admin'])
  const kept = Buffer.from(await (await accountant.get(`/api/exports/${file?.id}/file`)).arrayBuffer())
  expect(server.mails[0]?.replaceAll('\r\n', '')).toContain(kept.toString('base64'))

  server.mails.length = 0
  const text = { subject: 'KEKKA {schedule}', body: '{files}' }
  await admin.send('PUT', '/api/text-templates', { kind: 'export', language: 'ja', text })
  await accountant.send('POST', `/api/export-schedules/${id}/run`, { idempotencyKey: 'to-staff-now' })
  await work('exports:run')
  await house.deps.db.owner
    .updateTable('exportRun')
    .set({ bytes: MOST_MAILED_BYTES + 1 })
    .execute()
  await change('admin', { role: 'staff' })
  await work('exports:deliver')
  await work('mail:send')
  await change('admin', { role: 'admin' })
  expect(server.mails).toHaveLength(1)
  expect(server.mails[0]).not.toContain('attachment')
  expect((await files())[0]?.delivery).toMatchObject({ state: 'failed', failure: 'reader_lost' })
  // In the merchant's own words, since they were written.
  const [, encoded = ''] = /^Subject: =\?UTF-8\?[BQ]\?(.*?)\?=/im.exec(server.mails[0] ?? '') ?? []
  expect(`${encoded} ${Buffer.from(encoded, 'base64').toString()}`).toContain('KEKKA')
})

test('what cannot go well is refused when it is set', async () => {
  await setUpMail()
  const refusals = {
    'view.sort': { view: { sort: 'colour' } },
    view: { view: { q: '山＊＊＊' } },
    period: { list: 'customers', view: {}, period: 'previous_day' },
    fileName: { delivery: 'folder', fileName: '../outside' },
    recipients: { delivery: 'mail', recipients: [people['staff']] },
  }
  for (const [path, changes] of Object.entries(refusals)) {
    const refused = await accountant.send('POST', '/api/export-schedules', { id: uuidv7(), ...asked(changes) })
    expect([path, (await errorOf(refused)).details['issues']]).toEqual([path, [expect.objectContaining({ path })]])
  }
  await admin.send('DELETE', '/api/mail')
  const body = { id: uuidv7(), ...asked({ delivery: 'mail', recipients: [people['admin']] }) }
  expect((await errorOf(await accountant.send('POST', '/api/export-schedules', body))).code).toBe('mail.not_set_up')
})

test('it is made, paused, resumed, run by hand and deleted once each, and its files stay', async () => {
  const id = uuidv7()
  const body = { id, ...asked({ view: { q: 'A-1', columns: 'orderNumber' } }) }
  expect((await accountant.send('POST', '/api/export-schedules', body)).status).toBe(200)
  expect((await accountant.send('POST', '/api/export-schedules', body)).status).toBe(200)
  const other = await accountant.send('POST', '/api/export-schedules', { ...body, hour: 8 })
  expect((await errorOf(other)).code).toBe('idempotency.conflict')
  const at = `/api/export-schedules/${id}`
  await accountant.send('POST', `${at}/pause`, { isPaused: true })
  await take('2026-12-03T03:00:00Z')
  expect(await schedules()).toMatchObject([{ isPaused: true, stoppedBy: null, last: null }])
  await accountant.send('POST', `${at}/pause`, { isPaused: false })
  expect(await schedules()).toMatchObject([{ isPaused: false, nextAt: '2026-12-03T22:30:00.000Z', last: null }])
  const run = async () => (await accountant.send('POST', `${at}/run`, { idempotencyKey: 'by-hand-once' })).json()
  expect(await run()).toEqual(await run())
  expect(await schedules()).toMatchObject([{ last: { dueAt: null, state: 'queued' } }])
  expect((await accountant.send('DELETE', at)).status).toBe(200)
  expect((await accountant.send('DELETE', at)).status).toBe(404)
  const { items } = (await (await accountant.get('/api/exports')).json()) as { items: ExportRow[] }
  expect(items[0]).toMatchObject({ schedule: '', state: 'queued' })
})

test('it is for whoever sees as much: not for other merchants, nor for members of fewer shops', async () => {
  const id = await add()
  const elsewhere = await house.signInElsewhere('admin')
  expect(await schedules(elsewhere)).toEqual([])
  await change('accountant', { shopIds: [house.shopIds[0]] })
  // A session of its own: who a session belongs to is remembered for a moment.
  const ofOneShop = await house.signIn('accountant')
  expect(await schedules(ofOneShop)).toEqual([])
  expect((await ofOneShop.send('DELETE', `/api/export-schedules/${id}`)).status).toBe(404)
  const own = await add({}, ofOneShop)
  expect((await schedules(ofOneShop)).map((schedule) => schedule.id)).toEqual([own])
  await take('2026-11-29T22:30:00Z')
  await work('exports:run')
  const written = await files(ofOneShop)
  await change('accountant', { shopIds: null })
  expect(written).toMatchObject([{ state: 'done' }])
})

test('no mail carries what is of more shops than its reader sees', async () => {
  await setUpMail()
  await add({ delivery: 'mail', recipients: [people['admin'] ?? '', people['accountant'] ?? ''] }, admin)
  await change('accountant', { shopIds: [house.shopIds[0]] })
  await take('2026-11-29T22:30:00Z')
  for (const name of ['exports:run', 'exports:deliver', 'mail:send'] as const) await work(name)
  await change('accountant', { shopIds: null })
  expect(server.mails).toHaveLength(1)
  expect((await schedules(admin))[0]?.last?.delivery).toMatchObject({ state: 'failed', failure: 'reader_lost' })
})
