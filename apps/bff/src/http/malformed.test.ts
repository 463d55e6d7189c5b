/** Ten thousand requests that make no sense: refused each time, and the books are as they were. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONTRACTS } from '@choba/shared/contracts/index.ts'
import { seedDemo } from '../demo/seed.ts'
import { readAccounts } from '../demo/accounts.ts'
import { clientOf, createTestApp, signInWith, TEST_SECRET, type TestApp } from '../testing/app.ts'

const RUNS = 10_000
const ACCOUNTS = new URL('../../../sandbox/demo-accounts.json', import.meta.url).pathname

let house: TestApp
let cookie: string

beforeAll(async () => {
  house = await createTestApp()
  const { signIns } = await seedDemo({
    owner: house.deps.db.owner,
    secrets: house.deps.secrets,
    secret: TEST_SECRET,
    sandboxUrl: 'http://127.0.0.1:1',
    accounts: readAccounts(ACCOUNTS),
  })
  const admin = signIns.find(({ role }) => role === 'admin')
  cookie = clientOf(house.app, await signInWith(house.app, admin?.email ?? '', admin?.password ?? '')).cookie
})
afterAll(() => house.close())

type Attempt = { path: string; method: string; headers: Record<string, string>; body: Uint8Array<ArrayBuffer> | null }

/** Sign-out would end the session the rest of the run needs; syncing and preferences are changes that were asked for. */
const ENDPOINTS = CONTRACTS.map(({ contract }) => contract).filter(
  ({ path }) => !/sign-out|connections\/sync|preferences/.test(path),
)
const NOTICES = [
  '/notices/sbps/99901-001',
  '/notices/sbps/99901-002',
  '/notices/sbps/00000-000',
  '/notices/sbps/',
  '/notices/np/np-demo-0001',
]

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '-1', '1e999', '9'.repeat(40), '\0', '％', "';--", '../..', '[]', '2026-02-31'),
)
const value: fc.Arbitrary<unknown> = fc.oneof(fc.jsonValue({ maxDepth: 3 }), word, fc.constant(Number.MAX_SAFE_INTEGER))
const orderLike = fc.record(
  {
    orders: fc.array(
      fc.record(
        { shopId: value, orderNumber: value, amountYen: value, method: value, customer: value, goods: value },
        { requiredKeys: [] },
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
)
const operationLike = fc.record(
  {
    operations: fc.array(
      fc.record({ idempotencyKey: value, action: value, paymentId: value, amountYen: value }, { requiredKeys: [] }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
)
const json = fc
  .oneof(value, orderLike, operationLike)
  .map((body) => new TextEncoder().encode(JSON.stringify(body) ?? ''))
const bytes = fc.uint8Array({ maxLength: 400 }).map((body) => new Uint8Array(body))
const xml = fc
  .record({
    id: word,
    tag: fc.constantFrom('sps_hashcode', 'res_result', 'merchant_id', 'tracking_id', 'rec_datetime'),
    text: word,
    close: fc.boolean(),
  })
  .map(
    ({ id, tag, text, close }) =>
      `<?xml version="1.0" encoding="Shift_JIS"?><sps-api-request id="${id}"><${tag}>${text}</${tag}>${close ? '</sps-api-request>' : ''}`,
  )
  .map((text) => new Uint8Array(Buffer.from(text, 'latin1')))

function query(): fc.Arbitrary<string> {
  const names = fc.constantFrom(
    'q',
    'cursor',
    'limit',
    'sort',
    'status',
    'method',
    'shop',
    'from',
    'to',
    'dateKind',
    'amountFrom',
    'state',
    'columns',
    'encoding',
    '__proto__',
  )
  return fc
    .array(fc.tuple(names, word), { maxLength: 4 })
    .map((pairs) => pairs.map(([name, text]) => `${name}=${escape(text)}`).join('&'))
}

/** Half-escaped, as broken clients do. */
function escape(text: string): string {
  return [...text]
    .map((character) =>
      /[\w.-]/.test(character)
        ? character
        : `%${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0').slice(-2)}`,
    )
    .join('')
}

const apiAttempt: fc.Arbitrary<Attempt> = fc
  .record({
    endpoint: fc.constantFrom(...ENDPOINTS),
    param: word,
    query: query(),
    body: fc.oneof(json, bytes),
    type: fc.constantFrom('application/json', 'application/json', 'application/json;charset=utf-16', 'text/xml', ''),
  })
  .map(({ endpoint, param, query, body, type }) => ({
    path: `${endpoint.path.replace(/:\w+/g, () => escape(param) || 'x')}?${query}`,
    method: endpoint.method,
    headers: type === '' ? {} : { 'Content-Type': type },
    body: endpoint.method === 'GET' ? null : body,
  }))

const noticeAttempt: fc.Arbitrary<Attempt> = fc
  .record({
    path: fc.constantFrom(...NOTICES),
    body: fc.oneof(xml, bytes),
    type: fc.constantFrom('text/xml', 'application/xml; charset=Shift_JIS', 'application/x-www-form-urlencoded', ''),
  })
  .map(({ path, body, type }) => ({ path, method: 'POST', headers: type === '' ? {} : { 'Content-Type': type }, body }))

test(
  'answers nonsense with a refusal, never with a server error, and changes nothing',
  { timeout: 240_000 },
  async () => {
    const before = await countBooks()
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ arbitrary: apiAttempt, weight: 3 }, { arbitrary: noticeAttempt, weight: 1 }),
        async (attempt) => {
          const headers = { Cookie: cookie, ...attempt.headers }
          const response = await house.app.request(`http://localhost${attempt.path}`, {
            method: attempt.method,
            headers,
            body: attempt.body,
          })
          await response.arrayBuffer()
          expect(response.status).toBeLessThan(500)
        },
      ),
      { numRuns: RUNS },
    )
    expect(await countBooks()).toEqual(before)
  },
)

async function countBooks(): Promise<unknown> {
  const { rows } = await sql`
    select (select count(*) from payment) as payments, (select count(*) from payment_event) as events, (select count(*) from posting) as postings,
           (select count(*) from operation) as operations, (select count(*) from audit_log) as audited`.execute(
    house.deps.db.owner,
  )
  return rows[0]
}
