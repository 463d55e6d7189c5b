import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectionContext, secretBox } from '../core/secret-box.ts'
import { clientOf, createTestApp, signInWith, TEST_SECRET, type TestApp } from '../testing/app.ts'
import { readAccounts } from './accounts.ts'
import { type Demo, seedDemo } from './seed.ts'

const ACCOUNTS = fileURLToPath(new URL('../../../sandbox/demo-accounts.json', import.meta.url))

let house: TestApp
beforeAll(async () => {
  house = await createTestApp()
})
afterAll(() => house.close())

function seed(sandboxUrl = 'http://127.0.0.1:8788', secret = TEST_SECRET): Promise<Demo> {
  return seedDemo({
    owner: house.deps.db.owner,
    secrets: secretBox(secret),
    secret,
    sandboxUrl,
    accounts: readAccounts(ACCOUNTS),
  })
}

test('makes the demo merchant once, and says the same the second time', async () => {
  const first = await seed()
  const second = await seed()
  expect([first.created, second.created]).toEqual([true, false])
  expect({ ...second, created: true }).toEqual(first)
  const connections = await house.deps.db.owner
    .selectFrom('connection')
    .selectAll()
    .where('merchantId', '=', first.merchantId)
    .execute()
  expect(connections.map(({ provider }) => provider).toSorted()).toEqual(['np', 'np', 'sbps', 'sbps', 'sbps', 'sbps'])
  expect(connections.filter(({ connectionMethod }) => connectionMethod === 'link').length).toBe(2)
})

test('lets one person per role sign in with a password of at least twelve characters', async () => {
  for (const { role, email, password } of (await seed()).signIns) {
    expect(password).toMatch(/^[a-z2-5]{4}(-[a-z2-5]{4}){3}$/)
    const client = clientOf(house.app, await signInWith(house.app, email, password))
    expect(await (await client.get('/api/session')).json()).toMatchObject({ role, merchant: { name: '帳場商店' } })
  }
})

test('keeps provider secrets sealed, and opens them for their own connection', async () => {
  const { merchantId } = await seed()
  const connections = await house.deps.db.owner
    .selectFrom('connection')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .execute()
  const accounts = readAccounts(ACCOUNTS)
  for (const connection of connections) {
    const opened = JSON.parse(
      house.deps.secrets.open(connection.secretBox, connectionContext(merchantId, connection.connectionId)),
    ) as Record<string, string>
    const secrets = Object.values(opened)
    expect(secrets.length).toBe(connection.provider === 'sbps' ? 3 : 1)
    for (const secret of secrets) {
      expect(JSON.stringify(accounts)).toContain(secret)
      expect(JSON.stringify(connection)).not.toContain(secret)
    }
  }
  expect(connections.map(({ settings }) => settings['account'])).toContain('99901-001')
})

test('follows the sandbox to another port and the passwords to another secret', async () => {
  await seed()
  const moved = await seed('http://127.0.0.1:9999', 'another secret of the tests, also long')
  const connections = await house.deps.db.owner
    .selectFrom('connection')
    .select('baseUrl')
    .where('merchantId', '=', moved.merchantId)
    .execute()
  expect(new Set(connections.map(({ baseUrl }) => baseUrl))).toEqual(new Set(['http://127.0.0.1:9999']))
  const [{ email, password }] = moved.signIns as [Demo['signIns'][number]]
  await signInWith(house.app, email, password)
})

test('refuses a file that holds no accounts, naming it', () => {
  expect(() => readAccounts('/nowhere.json')).toThrow('/nowhere.json cannot be read')
  expect(() => readAccounts(fileURLToPath(new URL('../../package.json', import.meta.url)))).toThrow(
    'package.json: sbps',
  )
})
