import { globSync, readFileSync } from 'node:fs'
import { auditLogWords } from '@choba/shared/labels/ja/audit-log.ts'
import { PAYMENT_ACTIONS } from '@choba/shared/states/payment.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditMany } from '../../audit/audit.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { sealAudit } from '../../ledger/audit-chain.ts'
import { createTestApp, type TestApp, type TestClient } from '../../testing/app.ts'

let house: TestApp
let admin: TestClient
const shopId = uuidv7()

beforeAll(async () => {
  house = await createTestApp()
  admin = await house.signIn('admin')
  const entry = { merchantId: house.merchantId, actor: { kind: 'job', id: 'test' } } as const
  await auditMany(house.deps.db.owner, [
    ...Array.from({ length: 60 }, (_, index) => ({
      ...entry,
      action: 'shop.change',
      subject: { kind: 'shop', id: shopId },
      before: { name: `${index}` },
      after: { name: `${index + 1}` },
    })),
    { ...entry, action: 'shop_thing.change', subject: { kind: 'role', id: 'other' } },
  ])
})
afterAll(() => house.close())

type Page = { items: Array<{ id: string; action: string; before: unknown }>; nextCursor: string | null }

async function read(query: string): Promise<Page> {
  const response = await admin.get(`/api/audit-log?${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Page
}

test('pages follow one another, newest first, without a gap', async () => {
  const first = await read('family=shop')
  expect(first.items).toHaveLength(50)
  const second = await read(`family=shop&cursor=${first.nextCursor}`)
  expect(second.items).toHaveLength(10)
  expect(second.nextCursor).toBeNull()
  const ids = [...first.items, ...second.items].map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)].sort().reverse())
  expect(second.items.at(-1)?.before).toEqual({ name: '0' })
})

test('each filter leaves out the rest', async () => {
  expect((await read('family=shop_thing')).items.map(({ action }) => action)).toEqual(['shop_thing.change'])
  expect((await read('subjectKind=role&subjectId=other')).items).toHaveLength(1)
  expect((await read(`subjectId=${shopId}&actor=person`)).items).toHaveLength(0)
  expect((await read(`subjectId=${shopId}&actor=job`)).items).toHaveLength(50)
})

test('one action, and whoever did it, can be asked for alone', async () => {
  expect((await read('action=shop_thing.change')).items).toHaveLength(1)
  expect((await read('action=shop_thing.change&family=shop')).items).toHaveLength(0)
  expect((await read('actorId=test&family=shop_thing')).items).toHaveLength(1)
  expect((await read('actorId=nobody')).items).toHaveLength(0)
})

test('the file holds every entry of the filter under the names people have, and taking it is an entry', async () => {
  const accountant = await house.signIn('accountant')
  const { items } = (await (await admin.get('/api/audit-log/actors')).json()) as { items: Array<{ name: string }> }
  expect(items.length).toBeGreaterThan(1)
  const checked = await admin.get('/api/audit-log/export/check?family=shop')
  expect(await checked.json()).toEqual({ totals: { count: 60 }, unmappableCount: 0, unmappable: [] })
  const file = await accountant.get('/api/audit-log/export.csv?family=shop')
  expect(file.headers.get('x-choba-rows')).toBe('60')
  const lines = (await file.text()).trim().split('\n')
  expect(lines).toHaveLength(61)
  expect(lines[1]).toContain(`,システム,test,店舗を変更,店舗,${shopId},,"{""name"": ""59""}","{""name"": ""60""}"`)
  const taken = await read('action=audit_log.export')
  expect(taken.items).toHaveLength(1)
  const again = await accountant.get('/api/audit-log/export.csv?action=audit_log.export')
  const [, line = ''] = (await again.text()).split('\n')
  expect(items.map(({ name }) => name)).toContain(line.split(',')[2])
})

test('days are those of Tokyo, both included', async () => {
  const { db } = house.deps
  const at = new Date('2026-01-01T15:00:00Z')
  const facts = { actorKind: 'job', actorId: 'test', subjectKind: 'role', subjectId: 'midnight', action: 'role.add' }
  await db.owner
    .insertInto('auditLog')
    .values({ merchantId: house.merchantId, auditId: uuidv7(), at, ...facts, before: null, after: null } as never)
    .execute()
  expect((await read('from=2026-01-02&to=2026-01-02')).items).toHaveLength(1)
  expect((await read('to=2026-01-01')).items).toHaveLength(0)
})

test('what is sealed is counted and found whole', async () => {
  await sealAudit(house.deps.db.owner)
  const body = (await (await admin.get('/api/audit-log/check')).json()) as { sealed: number; findings: number }
  expect(body.findings).toBe(0)
  expect(body.sealed).toBeGreaterThanOrEqual(61)
})

test('another merchant’s entries are not seen', async () => {
  const { owner } = house.deps.db
  const merchantId = uuidv7()
  await owner
    .insertInto('merchant')
    .values({ merchantId, name: '別', environment: 'sandbox' } as never)
    .execute()
  const actor = { kind: 'job', id: 'test' } as const
  await auditMany(owner, [{ merchantId, actor, action: 'shop.add', subject: { kind: 'shop', id: 'theirs' } }])
  expect((await read('subjectId=theirs')).items).toEqual([])
})

test('staff may not read it, the accountant may', async () => {
  expect((await (await house.signIn('staff')).get('/api/audit-log')).status).toBe(403)
  expect((await (await house.signIn('accountant')).get('/api/audit-log')).status).toBe(200)
})

test('every action written out in the source has its word', () => {
  const root = new URL('../../', import.meta.url).pathname
  const files = globSync('**/*.ts', { cwd: root }).filter((path) => !path.includes('test') && !path.startsWith('bench'))
  const actions = files.flatMap((path) =>
    [...readFileSync(root + path, 'utf8').matchAll(/action: '([a-z_]+\.[a-z_]+)'/g)].map(([, action]) => action),
  )
  expect(actions.length).toBeGreaterThan(30)
  const onPayments = PAYMENT_ACTIONS.map((action) => `payment.${action}`)
  expect(
    [...actions, ...onPayments].filter((action) => !Object.hasOwn(auditLogWords.audit_action, action ?? '')),
  ).toEqual([])
})
