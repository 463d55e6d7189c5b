/** A card number and a security code go to the provider alone: after payments by link and by the API nothing of ours has them. */
import { expect, inject } from 'vitest'
import { searchDatabase, searchFolder } from '../tools/card-data/search.ts'
import { askConsole } from './setup/api.ts'
import { test } from './setup/browser-test.ts'
import { placeOrder, untilStatus } from './setup/orders.ts'
import { type CustomerSite, DEVICES, enterCard, followLink, getLink, goHome, makeLink } from './pages/payment-link.ts'

/** By link, and refused; by the API. */
const CARDS = { link: '5555555555554444', refused: '4000000000009995', api: '4111111111111111' }
/** Nothing else that this run writes down looks like it. */
const CODE_NAMES = ['security_code=7391', 'security_code":"7391', 'securityCode":"7391', 'security_code>7391<']

test('no card number is in database, messages, logs or any file of the data folder', async ({ open }) => {
  const { env } = inject('product')
  const staff = await open({ as: 'staff' })
  let orderNumber = ''
  for (const site of ['pc', 'mobile_phone'] satisfies CustomerSite[]) {
    const id = await makeLink(staff, { methods: ['card'], amountYen: 4_400 })
    const customer = await open({ context: DEVICES[site] })
    await followLink(customer, id, site)
    await enterCard(customer, CARDS.refused, '7391')
    await customer.getByText('10122999').waitFor()
    await enterCard(customer, CARDS.link, '7391')
    await goHome(customer, site, 'success')
    ;({ orderNumber } = await getLink(id))
    expect((await getLink(id)).state).toBe('paid')
  }
  const byApi = await placeOrder({ method: 'card', amountYen: 5_500, becomes: 'authorized' })
  const operation = { idempotencyKey: crypto.randomUUID(), action: 'capture', paymentId: byApi.id }
  await askConsole('/api/operations', { as: 'staff', body: { operations: [operation] } })
  await untilStatus(byApi.id, 'captured')

  const secrets = [...Object.values(CARDS), ...CODE_NAMES]
  const folder = env['CHOBA_DATA_DIR'] ?? ''
  const { bytes, findings } = searchFolder(folder, secrets)
  const inDatabase = await searchDatabase(env['DATABASE_URL'] ?? '', secrets)
  expect([...findings, ...inDatabase.findings]).toEqual([])

  // What is there is found, in both places.
  expect(bytes).toBeGreaterThan(10_000_000)
  expect(inDatabase.tables).toBeGreaterThan(40)
  expect(
    searchFolder(folder, [orderNumber])
      .findings.map(({ where }) => where)
      .join(),
  ).toMatch(/sandbox/)
  const places = (await searchDatabase(env['DATABASE_URL'] ?? '', [orderNumber])).findings.map(({ where }) => where)
  expect(places).toEqual(expect.arrayContaining(['public.payment', 'public.payment_link', 'public.provider_message']))
})
