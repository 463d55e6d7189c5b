/** From the demo to an empty database, and from there to the first merchant, once. Each test goes on where the last one ended. */
import { SETUP_DOOR_PATH, SETUP_PATH } from '@choba/shared/contracts/setup.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from '../../core/uuid.ts'
import { randomPassword } from '../../auth/passwords.ts'
import { wantsDemo } from '../../demo/seed.ts'
import { verifyAll } from '../../ledger/verify.ts'
import {
  clientOf,
  createTestApp,
  errorOf,
  jsonInit,
  signInWith,
  type TestApp,
  type TestClient,
} from '../../testing/app.ts'
import { addConnections, playRandomHistory } from '../../testing/factory.ts'
import { makeSetupCode } from './setup-code.ts'

const OURS = {
  merchantName: '山田商店',
  environment: 'sandbox',
  name: '山田 花子',
  email: 'Hanako@yamada.example',
  password: 'a long enough password',
}

let house: TestApp
let now = new Date('2026-11-28T03:00:00Z')
let demoAdmin: TestClient
let code = ''

beforeAll(async () => {
  house = await createTestApp({ clock: { now: () => now } })
  demoAdmin = await house.signIn('admin')
  const { owner } = house.deps.db
  const merchant = await addConnections(owner, house.merchantId, house.shopIds)
  await playRandomHistory(owner, merchant, { seed: 3, payments: 20 })
}, 60_000)
afterAll(() => house.close())

function knock(changes: Partial<typeof OURS> & { readonly code: string }): Promise<Response> {
  return Promise.resolve(house.app.request(SETUP_PATH, jsonInit('POST', { ...OURS, ...changes })))
}

async function door(): Promise<unknown> {
  return (await house.app.request(SETUP_DOOR_PATH)).json()
}

function newCode(): Promise<string | undefined> {
  return makeSetupCode({ ...house.deps, makeCode: randomPassword })
}

async function refusalOf(response: Response): Promise<[number, string]> {
  return [response.status, (await errorOf(response)).code]
}

test('where there is a merchant the door is shut, and no code is made for it', async () => {
  expect(await door()).toEqual({ isOpen: false, hasSandbox: true })
  expect(await newCode()).toBeUndefined()
  expect(await refusalOf(await knock({ code: 'any' }))).toEqual([409, 'setup.closed'])
})

test('a merchant that is no demo is not removed', async () => {
  expect(await (await demoAdmin.get('/api/demo')).json()).toEqual({ isDemo: false, payments: 0, people: 0 })
  const refused = await demoAdmin.send('POST', '/api/demo/remove', { merchantName: 'テスト商店' })
  expect(await refusalOf(refused)).toEqual([409, 'demo.not_demo'])
})

test('the demo stays when another name is typed, when there is another merchant, and for whoever is no admin', async () => {
  const { owner } = house.deps.db
  await owner.updateTable('merchant').set({ isDemo: true }).where('merchantId', '=', house.merchantId).execute()
  expect(await (await demoAdmin.get('/api/demo')).json()).toEqual({ isDemo: true, payments: 20, people: 1 })
  const mistyped = await demoAdmin.send('POST', '/api/demo/remove', { merchantName: 'テスト' })
  expect(await refusalOf(mistyped)).toEqual([400, 'request.invalid'])
  const merchantId = uuidv7()
  await owner.insertInto('merchant').values({ merchantId, name: '別の商店', environment: 'sandbox' }).execute()
  const refused = await demoAdmin.send('POST', '/api/demo/remove', { merchantName: 'テスト商店' })
  expect(await refusalOf(refused)).toEqual([409, 'demo.not_demo'])
  const accountant = await house.signIn('accountant')
  expect((await accountant.send('POST', '/api/demo/remove', { merchantName: 'テスト商店' })).status).toBe(403)
  expect(await owner.selectFrom('payment').select('paymentId').execute()).toHaveLength(20)
  await owner.deleteFrom('merchant').where('merchantId', '=', merchantId).execute()
})

test('the demo goes whole, with its people and its books, and leaves a code for one’s own merchant', async () => {
  const { owner, pool } = house.deps.db
  const answer = await demoAdmin.send('POST', '/api/demo/remove', { merchantName: 'テスト商店' })
  code = ((await answer.json()) as { setupCode: string }).setupCode
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_stat_user_tables where schemaname = 'public' and relname not like 'kysely%' and relname <> 'installation'`,
  )
  const filled: string[] = []
  for (const { name } of rows) {
    const found = await pool.query(`select 1 from ${name} limit 1`)
    if (found.rows.length > 0) filled.push(name)
  }
  expect(rows.length).toBeGreaterThan(50)
  expect(filled).toEqual([])
  expect((await demoAdmin.get('/api/session')).status).toBe(401)
  expect(await wantsDemo(owner)).toBe(false)
  expect(await door()).toEqual({ isOpen: true, hasSandbox: true })
})

test('a wrong code and one that has expired open nothing, and after ten wrong ones a minute passes', async () => {
  expect(await refusalOf(await knock({ code: 'kmp3-xw2h-tdaz-qe4n' }))).toEqual([401, 'setup.wrong_code'])
  const later = now
  now = new Date(now.getTime() + 24 * 60 * 60 * 1000)
  expect(await refusalOf(await knock({ code }))).toEqual([401, 'setup.wrong_code'])
  for (let tries = 0; tries < 9; tries += 1) await knock({ code: `wrong ${tries}` })
  expect(await refusalOf(await knock({ code }))).toEqual([429, 'auth.too_many_attempts'])
  now = new Date(now.getTime() + 61_000)
  expect(await refusalOf(await knock({ code: 'wrong again' }))).toEqual([401, 'setup.wrong_code'])
  now = later
})

test('what is missing is named, and a short password is none', async () => {
  const refused = await knock({ code, password: 'short', merchantName: ' ' })
  expect(refused.status).toBe(400)
  expect((await errorOf(refused)).details['issues']).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ path: 'password' }),
      expect.objectContaining({ path: 'merchantName' }),
    ]),
  )
})

test('of two who hold the code one makes the merchant, and is its admin', async () => {
  const [first, second] = await Promise.all([knock({ code: ` ${code.toUpperCase()} ` }), knock({ code })])
  expect([first.status, second.status].toSorted((a, b) => a - b)).toEqual([200, 409])
  const client = clientOf(house.app, await signInWith(house.app, OURS.email, OURS.password))
  expect(await (await client.get('/api/session')).json()).toMatchObject({
    role: 'admin',
    merchant: { name: '山田商店' },
    shops: [],
  })
  expect(await refusalOf(await knock({ code }))).toEqual([409, 'setup.closed'])
  expect(await newCode()).toBeUndefined()
  const { items } = (await (await client.get('/api/audit-log')).json()) as { items: Array<{ action: string }> }
  expect(items.map(({ action }) => action)).toContain('merchant.set_up')
  expect(await verifyAll(house.deps.db.owner)).toMatchObject([{ differences: [] }])
})

test('the guide follows what there is, and remembers what was left out', async () => {
  const client = clientOf(house.app, await signInWith(house.app, OURS.email, OURS.password))
  type Guide = { steps: Array<{ step: string; state: string }>; unconnected: string[] }
  const read = async () => (await (await client.get('/api/setup-guide')).json()) as Guide
  const states = async () => Object.fromEntries((await read()).steps.map(({ step, state }) => [step, state]))
  expect(new Set(Object.values(await states()))).toEqual(new Set(['open']))
  await client.send('POST', '/api/shops', { id: '019aa000-0000-7000-8000-0000000000f1', name: '本店', code: 'main' })
  const chosen = { methods: ['np_postpaid', 'card'], skipped: ['history'], isFinished: false }
  expect((await client.send('PUT', '/api/setup-guide', chosen)).status).toBe(200)
  expect(await states()).toEqual({
    shop: 'done',
    methods: 'done',
    connection: 'open',
    terms: 'open',
    history: 'skipped',
    payment: 'open',
  })
  expect((await read()).unconnected).toEqual(['np_postpaid', 'card'])
  const nobody = await client.send('PUT', '/api/setup-guide', { ...chosen, skipped: ['payment'] })
  expect(nobody.status).toBe(400)
})
