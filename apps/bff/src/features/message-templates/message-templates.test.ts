/** The wording a shop offers another payment method in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'

const WORDS = {
  subject: '{order} のお支払い',
  body: '{customer} 様\n{contact}',
  contact: 'https://shop.example/contact',
}

let bff: TestApp
let admin: TestClient
beforeAll(async () => {
  bff = await createTestApp()
  admin = await bff.signIn('admin')
})
afterAll(() => bff.close())

function read(client: TestClient, shop = 0, language = 'ja') {
  return client.get(`/api/message-templates/other-method?shopId=${bff.shopIds[shop]}&language=${language}`)
}
async function templateOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { template: unknown }).template
}
function write(client: TestClient, template: unknown) {
  return client.send('PUT', '/api/message-templates/other-method', { shopId: bff.shopIds[0], language: 'ja', template })
}

test('is the wording of the house until an admin writes the shop’s own, and again when it is taken back', async () => {
  expect(await templateOf(await read(admin))).toBeNull()
  expect((await write(admin, WORDS)).status).toBe(200)
  expect(await templateOf(await read(await bff.signIn('staff')))).toEqual(WORDS)
  expect(await templateOf(await read(admin, 1))).toBeNull()
  expect(await templateOf(await read(admin, 0, 'en'))).toBeNull()
  await write(admin, null)
  expect(await templateOf(await read(admin))).toBeNull()
})

test('a change is written into the audit log with what stood before', async () => {
  await write(admin, WORDS)
  const rows = await bff.deps.db.owner
    .selectFrom('auditLog')
    .select(['action', 'before', 'after'])
    .where('merchantId', '=', bff.merchantId)
    .where('action', '=', 'message_template.change')
    .orderBy('auditId', 'desc')
    .execute()
  expect(rows[0]).toMatchObject({ before: { template: null }, after: { template: WORDS } })
})

test('staff may not change it, and nobody the wording of another merchant’s shop', async () => {
  expect((await write(await bff.signIn('staff'), WORDS)).status).toBe(403)
  const elsewhere = await bff.signInElsewhere('admin')
  expect((await read(elsewhere)).status).toBe(404)
  expect((await write(elsewhere, WORDS)).status).toBe(404)
})

test('a place nobody fills is refused by name, and the wording of the house is told in its own language', async () => {
  const answer = await write(admin, { ...WORDS, subject: '{order} {oder}', body: '{order}' })
  expect((await errorOf(answer)).details).toEqual({
    issues: [{ path: 'template.subject', message: 'unknown: {oder}' }],
  })
  const { standard } = (await (await read(admin, 1, 'en')).json()) as { standard: { subject: string } }
  expect(standard.subject).toBe('[{shop}] How to pay for order {order}')
})
