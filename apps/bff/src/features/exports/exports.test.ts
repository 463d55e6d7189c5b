/** Files that are written in the background: whole, once, and only for whoever may take them. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COLUMNS_OF } from '@choba/shared/columns/of-list.ts'
import { EXPORT_LISTS, type ExportRow } from '@choba/shared/contracts/exports.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { taskHandlers } from '../../app.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, playRandomHistory, registerPayment, type TestMerchant } from '../../testing/factory.ts'

let bff: TestApp
let accountant: TestClient
let admin: TestClient
let merchant: TestMerchant
let serial = 0

beforeAll(async () => {
  bff = await createTestApp()
  accountant = await bff.signIn('accountant')
  admin = await bff.signIn('admin')
  merchant = await addConnections(bff.deps.db.owner, bff.merchantId, bff.shopIds)
  await playRandomHistory(bff.deps.db.owner, merchant, { seed: 7, payments: 300 })
}, 60_000)
afterAll(() => bff.close())

async function ask(changes: Record<string, unknown> = {}, client = accountant): Promise<Response> {
  serial += 1
  return client.send('POST', '/api/exports', {
    idempotencyKey: `export-test-${serial}`,
    list: 'payments',
    view: { sort: 'amountYen', direction: 'asc', columns: 'orderNumber,customerName,amountYen' },
    encoding: 'utf8',
    language: 'ja',
    ...changes,
  })
}

async function asked(changes: Record<string, unknown> = {}, client = accountant): Promise<ExportRow> {
  const response = await ask(changes, client)
  expect(response.status).toBe(200)
  return (await response.json()) as ExportRow
}

async function run({ id }: { id: string }): Promise<ExportRow> {
  await taskHandlers(bff.deps)['exports:run']?.({ merchantId: bff.merchantId, exportId: id }, undefined as never)
  return rowOf(id)
}

async function rowOf(id: string): Promise<ExportRow> {
  const { items } = (await (await admin.get('/api/exports')).json()) as { items: ExportRow[] }
  const row = items.find((each) => each.id === id)
  if (row === undefined) throw new Error('not in the list')
  return row
}

test.each(['utf8', 'cp932', 'xlsx'] as const)(
  'a file in %s is kept with its rows, sums and hash, and is what the download at once would be',
  async (encoding) => {
    const queued = await asked({ encoding, substitute: encoding === 'cp932' })
    expect(queued).toMatchObject({ state: 'queued', rows: null, sha256: null, downloads: 0 })
    const done = await run(queued)
    const file = await accountant.get(`/api/exports/${queued.id}/file`)
    const bytes = Buffer.from(await file.arrayBuffer())
    expect(done).toMatchObject({ state: 'done', bytes: bytes.length, failure: null, isKept: true })
    expect(done.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    const query = `sort=amountYen&direction=asc&columns=orderNumber,customerName,amountYen&substitute=geta&encoding=${encoding}`
    const direct = await accountant.get(`/api/payments/export.csv?${query}`)
    for (const header of ['Content-Type', 'Content-Disposition', 'X-Choba-Rows', 'X-Choba-Total-Net-Yen'])
      expect([header, file.headers.get(header)]).toEqual([header, direct.headers.get(header)])
    expect(done.rows).toBe(Number(direct.headers.get('X-Choba-Rows')))
    expect(done.rowsWritten).toBe(done.rows)
    expect(done.totals?.['amountYen']).toBe(Number(direct.headers.get('X-Choba-Total-Amount-Yen')))
    const same = Buffer.from(await direct.arrayBuffer())
    // An archive carries the hour of its making.
    if (encoding !== 'xlsx') expect(bytes.equals(same)).toBe(true)
    else expect(Math.abs(bytes.length - same.length)).toBeLessThan(32)
  },
)

test('whoever took the file is named, and the list counts it', async () => {
  const { id } = await run(await asked())
  await (await accountant.get(`/api/exports/${id}/file`)).arrayBuffer()
  const admin = await bff.signIn('admin')
  await (await admin.get(`/api/exports/${id}/file`)).arrayBuffer()
  expect((await rowOf(id)).downloads).toBe(2)
  const { items } = (await (await accountant.get(`/api/exports/${id}/downloads`)).json()) as { items: unknown[] }
  expect(items).toHaveLength(2)
})

test('the same key makes one file, and another request under it is a conflict', async () => {
  const first = await asked({ idempotencyKey: 'export-same-key' })
  expect((await asked({ idempotencyKey: 'export-same-key' })).id).toBe(first.id)
  const other = await ask({ idempotencyKey: 'export-same-key', encoding: 'xlsx' })
  expect((await errorOf(other)).code).toBe('idempotency.conflict')
})

test('a process that died in the middle has its file written anew, whole', async () => {
  const { id } = await asked()
  const { owner } = bff.deps.db
  await owner.updateTable('exportRun').set({ state: 'running', rowsWritten: 3 }).where('exportId', '=', id).execute()
  await owner
    .insertInto('exportChunk')
    .values({ merchantId: bff.merchantId, exportId: id, number: 0, body: Buffer.from('half of a fi') })
    .execute()
  const done = await run({ id })
  const text = await (await accountant.get(`/api/exports/${id}/file`)).text()
  expect(done.state).toBe('done')
  expect(text).not.toContain('half of a fi')
  expect(text.trimEnd().split('\r\n')).toHaveLength((done.rows ?? 0) + 1)
})

test('a cancelled one writes nothing more and leaves no bytes', async () => {
  const { id } = await asked()
  expect((await (await accountant.send('POST', `/api/exports/${id}/cancel`)).json()) as ExportRow).toMatchObject({
    state: 'cancelled',
  })
  expect((await run({ id })).state).toBe('cancelled')
  expect((await accountant.get(`/api/exports/${id}/file`)).status).toBe(404)
})

test('what CP932 lacks stops the file in words, with how often', async () => {
  await registerPayment(bff.deps.db.owner, merchant, { orderNumber: 'LACKS-1', name: '𠮷野 一', kana: '' })
  const failed = await run(await asked({ encoding: 'cp932', view: { q: 'LACKS-1' } }))
  expect(failed).toMatchObject({ state: 'failed', failure: { code: 'export.unmappable', count: 1 } })
})

test('a request that its list does not know is refused with the field', async () => {
  const refused = await ask({ view: { columns: 'orderNumber', sort: 'colour' } })
  expect(refused.status).toBe(400)
  expect(JSON.stringify(await errorOf(refused))).toContain('view.sort')
})

test('staff have no exports, and whoever lost the right in the meantime gets no file', async () => {
  const staff = await bff.signIn('staff')
  expect((await staff.get('/api/exports')).status).toBe(403)
  const { id } = await asked()
  const { owner } = bff.deps.db
  const { askedBy } = await owner
    .selectFrom('exportRun')
    .select('askedBy')
    .where('exportId', '=', id)
    .executeTakeFirstOrThrow()
  await owner.updateTable('member').set({ role: 'staff' }).where('userId', '=', askedBy).execute()
  await taskHandlers(bff.deps)['exports:run']?.({ merchantId: bff.merchantId, exportId: id }, undefined as never)
  await owner.updateTable('member').set({ role: 'accountant' }).where('userId', '=', askedBy).execute()
  expect(await rowOf(id)).toMatchObject({ state: 'failed', failure: { code: 'auth.forbidden' } })
})

test('who takes files takes none of a list they may not see, neither a new nor a kept one', async () => {
  const kept = await run(await asked({ list: 'journal', view: {} }))
  const { owner } = bff.deps.db
  const someone = await bff.signIn('staff')
  const { roleId } = await owner
    .insertInto('customRole')
    .values({
      merchantId: bff.merchantId,
      roleId: uuidv7(),
      name: '書き出し係',
      permissions: ['sales.read', 'sales.export'],
    })
    .returning('roleId')
    .executeTakeFirstOrThrow()
  const staff = owner.updateTable('member').where('merchantId', '=', bff.merchantId)
  await staff.set({ role: 'custom', customRoleId: roleId }).where('role', '=', 'staff').execute()
  const body = { list: 'journal', view: {}, encoding: 'utf8', language: 'ja', idempotencyKey: 'not-their-list' }
  expect((await someone.send('POST', '/api/exports', body)).status).toBe(403)
  expect((await someone.get(`/api/exports/${kept.id}/file`)).status).toBe(404)
  const { items } = (await (await someone.get('/api/exports')).json()) as { items: ExportRow[] }
  expect(new Set(items.map(({ list }) => list))).toEqual(new Set(['payments']))
  await staff.set({ role: 'staff', customRoleId: null }).where('customRoleId', '=', roleId).execute()
})

test('another merchant sees none of it', async () => {
  const { id } = await run(await asked())
  const elsewhere = await bff.signInElsewhere('admin')
  expect(await (await elsewhere.get('/api/exports')).json()).toEqual({ items: [], nextCursor: null })
  expect((await elsewhere.get(`/api/exports/${id}/file`)).status).toBe(404)
})

test.each(EXPORT_LISTS)('a file of %s holds the columns that were asked for, in their order', async (list) => {
  const { ids, words } = COLUMNS_OF[list]
  const two = [ids.at(-1) ?? '', ids[0] ?? '']
  const named = { list, view: { columns: two.join(',') } }
  const file = await run(await asked(named, admin))
  const body = await admin.get(`/api/exports/${file.id}/file`)
  const [header] = (await body.text()).replace('\uFEFF', '').split('\r\n')
  expect(header).toBe(two.map((id) => label('ja', words, id)).join(','))
  const refused = await ask({ ...named, view: { columns: `${two[0]},secret` } }, admin)
  expect([refused.status, JSON.stringify(await errorOf(refused))]).toEqual([
    400,
    expect.stringContaining('"path":"view.columns"'),
  ])
})

test('after its last day a file is gone and its row stays', async () => {
  const { id } = await run(await asked())
  const { owner } = bff.deps.db
  await owner.updateTable('exportRun').set({ keptUntil: '2020-01-01' }).where('exportId', '=', id).execute()
  await taskHandlers(bff.deps)['exports:prune']?.({}, undefined as never)
  expect(await rowOf(id)).toMatchObject({ state: 'done', isKept: false })
  expect((await accountant.get(`/api/exports/${id}/file`)).status).toBe(404)
})
