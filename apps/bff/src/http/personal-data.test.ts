/** Every door of the console, for somebody who may do all but read customers' personal data: written once, true for the doors of tomorrow. */
import { CONTRACTS } from '@choba/shared/contracts/index.ts'
import { PRINT_FILE_PATH } from '@choba/shared/contracts/invoice-prints.ts'
import { IMPORT_RESULT_PATH } from '@choba/shared/contracts/imports.ts'
import { PERMISSIONS } from '@choba/shared/permissions.ts'
import { MASK, maskText, unmarkedFields } from '@choba/shared/personal.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectionContext } from '../core/secret-box.ts'
import { maskedCell } from '../exports/masked-cells.ts'
import { createTestApp, type TestApp, type TestClient } from '../testing/app.ts'
import { addConnections } from '../testing/factory.ts'
import { PERSON, piecesIn, plantPayments, plantPlans, plantReturn, plantTraces } from '../testing/planted-person.ts'

/** An event stream stays open and tells ids; the API document is ours; letters in a PDF are no text: it has a test of its own. */
const OTHERS: readonly string[] = ['/api/events', '/api/openapi.json', PRINT_FILE_PATH]

/** What names a customer to an admin here. */
const NAMING = [
  '/api/customer-returns',
  '/api/customer-returns/export.csv',
  '/api/customers',
  '/api/customers/:id',
  '/api/customers/:id/last-order',
  '/api/customers/export.csv',
  '/api/export-schedules',
  '/api/exports',
  '/api/exports/:id/file',
  '/api/imports/:id/result.csv',
  '/api/imports/:id/rows',
  '/api/invoices',
  '/api/invoices/:id',
  '/api/invoices/export.csv',
  '/api/mail/log',
  '/api/orders/check-double',
  '/api/payment-links',
  '/api/payment-links/:id',
  '/api/payment-links/:id/mail',
  '/api/payment-links/export.csv',
  '/api/payments',
  '/api/payments/:id',
  '/api/payments/:id/everything',
  '/api/payments/:id/notes',
  '/api/payments/export.csv',
  '/api/payouts/coverage/sales',
  '/api/rescue/:id',
  '/api/screenings',
  '/api/screenings/export.csv',
  '/api/shipments',
  '/api/slips',
  '/api/slips/:id',
  '/api/slips/:id/mail',
  '/api/slips/export.csv',
  '/api/subscriptions',
  '/api/subscriptions/:id',
  '/api/subscriptions/basis',
  '/api/subscriptions/export.csv',
  '/api/views',
]

let house: TestApp
let admin: TestClient
let reader: TestClient
/** All permissions but the one. */
let blind: TestClient
let ids: string[]

beforeAll(async () => {
  house = await createTestApp()
  const { owner } = house.deps.db
  admin = await house.signIn('admin')
  reader = await house.signIn('read_only')
  const merchant = await addConnections(owner, house.merchantId, house.shopIds)
  for (const connectionId of Object.values(merchant.connections))
    await owner
      .updateTable('connection')
      .set({ secretBox: house.deps.secrets.seal('{}', connectionContext(house.merchantId, connectionId)) })
      .where('connectionId', '=', connectionId)
      .execute()
  const payments = await plantPayments(house, merchant)
  const traces = await plantTraces(house, merchant, payments[0] as string)
  const plans = await plantPlans(house, merchant, admin)
  const owed = await plantReturn(house, merchant, admin)
  const { rows } = await sql<{ id: string }>`select customer_id as id from customer`.execute(owner)
  ids = [...payments, ...traces, ...plans, owed, ...rows.map(({ id }) => id), ...house.shopIds]
  blind = await blindPerson()
})
afterAll(() => house.close())

async function blindPerson(): Promise<TestClient> {
  const client = await house.signIn('accountant')
  const roleId = '019aa000-0000-7000-8000-0000000000aa'
  await house.deps.db.owner
    .insertInto('customRole')
    .values({
      merchantId: house.merchantId,
      roleId,
      name: '伏せ字',
      permissions: PERMISSIONS.filter((each) => each !== 'personal_data.read'),
    })
    .execute()
  const email = `accountant@${house.merchantId}.example`
  await sql`update member set role = 'custom', custom_role_id = ${roleId}::uuid
    where user_id = (select id from auth_user where email = ${email})`.execute(house.deps.db.owner)
  house.deps.sessions.forgetPerson(
    ((await (await client.get('/api/session')).json()) as { user: { id: string } }).user.id,
  )
  return client
}

/** Every GET there is, contract or plain, with every id that was planted in the place of a parameter. */
function addresses(): string[] {
  const paths = house.app.routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/api/') && !path.includes('*'))
    .map(({ path }) => path)
    .filter((path) => !OTHERS.includes(path) && !path.startsWith('/api/auth'))
  return [...new Set(paths)].flatMap((path) =>
    path.includes(':') ? ids.map((id) => filled(path, id)) : variantsOf(path),
  )
}

/** The first parameter is the id; a second one a number. */
function filled(path: string, id: string): string {
  return path.replace(/:\w+/, id).replace(/:\w+/g, '1')
}

function variantsOf(path: string): string[] {
  const [shopId] = house.shopIds
  if (path === '/api/shipments') return [path, `${path}?tab=reported`]
  if (path === '/api/customer-returns') return [path, `${path}?view=ended`]
  if (path === '/api/orders/check-double')
    return [
      `${path}?shopId=${shopId}&orderNumber=X&amountYen=5500&orderedAt=2026-09-02T00:00:00Z&phone=${PERSON.phone}&name=${encodeURIComponent(PERSON.name)}`,
    ]
  if (path === '/api/subscriptions/basis') return [`${path}?shop=${shopId}&orderNumber=HIDE-card-1`]
  return path.endsWith('export.csv') ? [path, `${path}?encoding=cp932&substitute=geta`] : [path]
}

type Visit = { readonly address: string; readonly status: number; readonly pieces: string[] }

async function visitAll(client: TestClient): Promise<Visit[]> {
  const visits: Visit[] = []
  for (const address of addresses()) {
    const response = await client.get(address)
    const bytes = Buffer.from(await response.arrayBuffer())
    const text = `${bytes.toString('utf8')}${new TextDecoder('shift_jis').decode(bytes)}`
    visits.push({ address, status: response.status, pieces: piecesIn(text) })
  }
  return visits
}

function shapeOf(address: string): string {
  return address.replace(/[0-9a-f-]{36}/g, ':id').replace(/\?.*/, '')
}

// Some hundreds of addresses, three times.
test('no answer names a customer to whoever may not read personal data, and every answer that does is walked', async () => {
  const asAdmin = await visitAll(admin)
  expect(asAdmin.filter(({ status }) => status >= 500)).toEqual([])
  const shown = [...new Set(asAdmin.filter(({ pieces }) => pieces.length > 0).map(({ address }) => shapeOf(address)))]
  // Fewer would mean that the walk no longer reaches what it is to watch over.
  expect(shown.toSorted()).toEqual(NAMING)

  for (const client of [reader, blind]) {
    const told = (await visitAll(client)).filter(({ pieces, status }) => pieces.length > 0 || status >= 500)
    expect(told).toEqual([])
  }
}, 60_000)

test('rows can still be told apart by what the mask leaves', async () => {
  const { items } = (await (await reader.get('/api/payments')).json()) as {
    items: Array<{ customerName: string; phone: string }>
  }
  expect(items[0]).toMatchObject({ customerName: `隠${MASK}`, phone: `${MASK}8642` })
})

test('a name finds nobody for whoever may not read it, and a telephone number only the whole of it', async () => {
  const countOf = async (client: TestClient, path: string, q: string) =>
    ((await (await client.get(`${path}?q=${encodeURIComponent(q)}`)).json()) as { items: unknown[] }).items.length
  for (const path of ['/api/payments', '/api/customers']) {
    for (const q of ['隠見', '隠', 'カクレミ', '090-7531', '0907531'])
      expect([path, q, (await countOf(admin, path, q)) > 0, await countOf(blind, path, q)]).toEqual([path, q, true, 0])
    expect(await countOf(blind, path, PERSON.phone)).toBe(await countOf(admin, path, PERSON.phone))
  }
  expect(await countOf(blind, '/api/payments', 'HIDE-card-1')).toBe(1)
  for (const path of ['/api/payment-links', '/api/subscriptions'])
    expect([await countOf(admin, path, '隠見'), await countOf(blind, path, '隠見')]).toEqual([1, 0])
})

test('a masked name is never written back as if it were one', async () => {
  const order = {
    shopId: house.shopIds[0],
    orderNumber: 'HIDE-again',
    orderedAt: '2026-10-01T00:00:00Z',
    method: 'np_postpaid',
    site: 'pc',
    amountYen: 1_000,
    customer: { ...PERSON, name: maskText('name', PERSON.name) },
    goods: [{ name: '煎茶', unitPriceYen: 1_000, quantity: 1, taxRateBp: 800 }],
  }
  expect((await blind.send('POST', '/api/orders', { orders: [order] })).status).toBe(400)
})

test('what makes no sense masked is refused: the printed bill, and the file that was brought with its results', async () => {
  for (const path of [PRINT_FILE_PATH, IMPORT_RESULT_PATH])
    for (const client of [reader, blind])
      expect([path, (await client.get(filled(path, ids[0] as string))).status]).toEqual([path, 403])
})

test('files mask as screens do', async () => {
  for (const kind of ['name', 'phone', 'email', 'text'] as const) {
    for (const said of ['隠見 花乃', '𠮷野', '090-7531-8642', '03-12', 'a@b.example', '']) {
      const { rows } = await sql<{
        cell: string | null
      }>`select ${maskedCell(kind, sql`${said}::text`)} as cell`.execute(house.deps.db.owner)
      expect([kind, said, rows[0]?.cell ?? '']).toEqual([kind, said, maskText(kind, said)])
    }
  }
})

test('no contract answers a field that every list calls personal without its mark', () => {
  const unmarked = CONTRACTS.flatMap(({ name, contract }) =>
    unmarkedFields(contract.response).map((field) => `${name} ${field}`),
  )
  expect(unmarked).toEqual([])
})

test('every contract that reads is among what was walked', () => {
  const walked = new Set(addresses().map(shapeOf))
  for (const { contract } of CONTRACTS.filter(({ contract: { method } }) => method === 'GET')) {
    expect(walked).toContain(shapeOf(filled(contract.path, ids[0] as string)))
  }
})
