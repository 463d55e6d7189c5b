/** Views of a list: a person's own, everybody's, and what a list opens with. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ViewsOfList } from '@choba/shared/contracts/views.ts'
import { MASK } from '@choba/shared/personal.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'

let house: TestApp
let staff: TestClient
let accountant: TestClient
let admin: TestClient

beforeAll(async () => {
  house = await createTestApp()
  staff = await house.signIn('staff')
  accountant = await house.signIn('accountant')
  admin = await house.signIn('admin')
})
afterAll(() => house.close())

const VIEW = {
  list: 'payments',
  name: '今日の確認',
  isShared: false,
  search: 'status=captured&q=佐藤',
  columns: ['orderNumber', 'amountYen'],
}

function put(client: TestClient, id: string, over: object = {}) {
  return client.send('PUT', `/api/views/${id}`, { ...VIEW, ...over })
}
async function viewsOf(client: TestClient): Promise<ViewsOfList> {
  return (await (await client.get('/api/views?list=payments')).json()) as ViewsOfList
}
async function namesOf(client: TestClient): Promise<string[]> {
  return (await viewsOf(client)).items.map(({ name }) => name)
}
function open(client: TestClient, viewId: string | null) {
  return client.send('PUT', '/api/default-view', { list: 'payments', viewId })
}
async function audited(id: string) {
  return house.deps.db.owner
    .selectFrom('auditLog')
    .select(['action', 'after'])
    .where('subjectId', '=', id)
    .orderBy('auditId')
    .execute()
}

test('a view of one’s own is seen, changed and removed by nobody else', async () => {
  const id = uuidv7()
  await put(staff, id)
  expect((await viewsOf(staff)).items).toMatchObject([{ ...VIEW, id, by: { name: 'staff 太郎' }, mayChange: true }])
  expect(await namesOf(admin)).toEqual([])
  for (const answer of [
    await put(admin, id, { name: '奪う' }),
    await admin.send('DELETE', `/api/views/${id}`),
    await open(admin, id),
  ])
    expect(answer.status).toBe(404)
  await put(staff, id, { name: '朝の確認', search: '' })
  expect((await viewsOf(staff)).items).toMatchObject([{ name: '朝の確認', search: '' }])
  expect((await staff.send('DELETE', `/api/views/${id}`)).status).toBe(200)
  expect(await namesOf(staff)).toEqual([])
})

test('a view sent twice is one view and one entry in the log, which does not say who was searched for', async () => {
  const id = uuidv7()
  await put(staff, id)
  await put(staff, id)
  expect(await namesOf(staff)).toEqual([VIEW.name])
  const log = await audited(id)
  expect(log).toMatchObject([{ action: 'view.add', after: { conditions: ['status', 'q'] } }])
  expect(JSON.stringify(log)).not.toContain('佐藤')
  await staff.send('DELETE', `/api/views/${id}`)
})

test('to share takes the right to; a shared view is everybody’s to see and the sharers’ to change', async () => {
  const id = uuidv7()
  expect((await errorOf(await put(staff, id, { isShared: true }))).details).toEqual({ permission: 'views.share' })
  await put(accountant, id, { isShared: true })
  expect((await viewsOf(staff)).items).toMatchObject([{ id, isShared: true, mayChange: false }])
  for (const answer of [
    await put(staff, id, { isShared: true, name: '勝手に' }),
    await staff.send('DELETE', `/api/views/${id}`),
  ])
    expect(answer.status).toBe(403)
  await put(admin, id, { isShared: true, name: '月末' })
  expect(await namesOf(staff)).toEqual(['月末'])
  // It stays with who made it: taken out of sharing it is theirs again.
  await open(staff, id)
  await put(admin, id, { isShared: false, name: '月末' })
  expect([await namesOf(staff), await namesOf(admin), await namesOf(accountant)]).toEqual([[], [], ['月末']])
  expect((await viewsOf(staff)).defaultId).toBeNull()
  await accountant.send('DELETE', `/api/views/${id}`)
})

test('a list opens with the view a person chose, until the view is gone', async () => {
  const id = uuidv7()
  await put(admin, id, { isShared: true })
  await open(staff, id)
  expect([(await viewsOf(staff)).defaultId, (await viewsOf(admin)).defaultId]).toEqual([id, null])
  await open(staff, null)
  expect((await viewsOf(staff)).defaultId).toBeNull()
  await open(staff, id)
  await admin.send('DELETE', `/api/views/${id}`)
  expect(await viewsOf(staff)).toEqual({ items: [], defaultId: null })
})

test('there is no most, and no other merchant’s among them', async () => {
  const ids = Array.from({ length: 120 }, () => uuidv7())
  for (const [index, id] of ids.entries()) await put(staff, id, { name: `ビュー${index}` })
  expect(await namesOf(staff)).toHaveLength(120)
  const elsewhere = await house.signInElsewhere('admin')
  expect(await namesOf(elsewhere)).toEqual([])
  // Ids are each merchant's own: theirs is another view.
  await put(elsewhere, ids[0] as string, { name: '別' })
  expect(await namesOf(staff)).not.toContain('別')
})

test('a list’s views are of those who may read it', async () => {
  const journal = { ...VIEW, list: 'journal', search: 'account=fee', columns: null }
  const id = uuidv7()
  expect(await (await accountant.send('PUT', `/api/views/${id}`, { ...journal, isShared: true })).json()).toMatchObject(
    {
      items: [{ id, list: 'journal', search: 'account=fee' }],
    },
  )
  expect((await viewsOf(accountant)).items.some((view) => view.id === id)).toBe(false)
  for (const answer of [
    await staff.get('/api/views?list=journal'),
    await staff.send('PUT', `/api/views/${uuidv7()}`, journal),
    await staff.send('DELETE', `/api/views/${id}`),
    await staff.send('PUT', '/api/default-view', { list: 'journal', viewId: id }),
  ])
    expect([answer.status, (await errorOf(answer)).code]).toEqual([403, 'auth.forbidden'])
})

test('whoever may not read names sees none in a search, and writes none back; conditions and order numbers stay', async () => {
  const reader = await house.signIn('read_only')
  const shared = uuidv7()
  await put(admin, shared, { name: '共有', isShared: true, search: 'q=090-1234-5678&status=captured' })
  const own = uuidv7()
  await put(reader, own, { name: '注文', search: 'q=EC-2041&method=card' })
  await put(reader, uuidv7(), { name: '名前' })
  const searches = async (client: TestClient) =>
    new Map((await viewsOf(client)).items.map(({ name, search }) => [name, search]))
  const masked = (rest: string) => new URLSearchParams(`status=captured&q=${MASK}${rest}`).toString()
  expect(await searches(reader)).toEqual(
    new Map([
      ['共有', new URLSearchParams({ q: MASK, status: 'captured' }).toString()],
      ['名前', masked('')],
      ['注文', 'q=EC-2041&method=card'],
    ]),
  )
  // Renamed as they see it, the search is kept as it was; another condition beside it too.
  const mine = (await viewsOf(reader)).items.find(({ name }) => name === '名前')
  await put(reader, mine?.id ?? '', { name: '改名', search: mine?.search })
  await put(reader, mine?.id ?? '', { name: '改名', search: masked('&method=card') })
  const stored = await house.deps.db.owner
    .selectFrom('savedView')
    .select('search')
    .where('viewId', '=', mine?.id ?? '')
    .execute()
  expect(stored).toEqual([{ search: new URLSearchParams('status=captured&q=佐藤&method=card').toString() }])
  const copy = uuidv7()
  await put(reader, copy, { name: '写し', search: masked('') })
  expect((await viewsOf(reader)).items.find(({ id }) => id === copy)?.search).toBe('status=captured')
  await admin.send('DELETE', `/api/views/${shared}`)
})
