/** A customer's card on the provider's page, as a merchant's own programs see it. */
import { decodeLinkForm, encodeLinkForm, type ReadLinkForm } from '@choba/wire/sbps/form.ts'
import { afterEach, expect, it } from 'vitest'
import { createWorld, type SbpsWorld } from '../../testing/sbps.ts'
import { serveForTest } from '../../testing/server.ts'

type Shop = {
  readonly world: SbpsWorld
  readonly url: string
  readonly heard: ReadLinkForm['values'][]
  answer: string
}

const CARD = 'cc_number=4111111111111111&cc_year=2029&cc_month=12&security_code=123'
const closing: Array<() => void> = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function openShop(account: Record<string, unknown> = {}): Promise<Shop> {
  const world = createWorld({ account })
  const shop: Shop = { world, url: '', heard: [], answer: 'OK,' }
  const server = await serveForTest(async (request) => {
    const read = decodeLinkForm('B03-1', new Uint8Array(await request.arrayBuffer()), world.account.hashKey)
    if (read.ok && read.checksumHolds) shop.heard.push(read.values)
    return new Response(shop.answer)
  })
  closing.push(() => server.close())
  return Object.assign(shop, { url: server.url })
}

type Asked = 'B01-1' | 'C01-1' | 'D01-1'
const ADDRESS = {
  'B01-1': '/f04/FepPayInfoReceive.do',
  'C01-1': '/f04/FepPayInfoDeleteReceive.do',
  'D01-1': '/f04/FepRoutineReceive.do',
}

async function ask(
  shop: Shop,
  fn: Asked,
  values: Record<string, string> = {},
  address: string = ADDRESS[fn],
): Promise<string> {
  const urls = ['success_url', 'cancel_url', 'error_url', 'pagecon_url'].map((tag) => [tag, `${shop.url}/${tag}`])
  const given = {
    pay_method: 'credit',
    merchant_id: '99901',
    service_id: '001',
    cust_code: 'C-1',
    free1: '店①',
    ...Object.fromEntries(urls),
    request_date: '20260803090000',
    ...values,
  }
  const written = encodeLinkForm(fn, { values: given }, shop.world.account.hashKey)
  if (!written.ok) throw new Error(written.tag)
  return textOf(await post(shop, address, new Uint8Array(written.bytes)))
}

async function post({ world }: Shop, path: string, body: Uint8Array<ArrayBuffer> | string): Promise<Response> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return world.app.request(path, { method: 'POST', body, headers })
}

async function textOf(answer: Response): Promise<string> {
  return (await answer.text()).replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

async function press(shop: Shop, page: string, action: string, body = ''): Promise<string> {
  const path = new RegExp(`action="(/f04/${action}/[^"]+)"`).exec(page)?.[1] ?? ''
  return textOf(await post(shop, path, body))
}

/** What the browser takes home. */
function homeOf(page: string): { to: string; values: Record<string, string> } {
  const pairs = [...page.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
  return { to: /action="([^"]+)"/.exec(page)?.[1] ?? '', values: Object.fromEntries(pairs) as Record<string, string> }
}

function cardOf(shop: Shop) {
  return shop.world.call('MG02-00104-101', { cust_code: 'C-1', response_info_type: '2', encrypted_flg: '1' })
}

it('registers a card; the merchant’s server and the browser are told by checksums of their own', async () => {
  const shop = await openShop()
  const home = homeOf(await press(shop, await ask(shop, 'B01-1'), 'register', CARD))
  expect(shop.heard).toHaveLength(1)
  const [heard = {}] = shop.heard
  expect(heard).toMatchObject({ cust_code: 'C-1', free1: '店①', res_result: 'OK', res_sps_payment_no: '001' })
  expect(heard['res_sps_cust_no']).toMatch(/^\d{12}$/)
  expect(heard['res_payinfo_key']).toMatch(/^[0-9a-f]{32}$/i)
  expect(home.to).toBe(`${shop.url}/success_url`)
  const carried = encodeLinkForm('B02-1', { values: heard }, shop.world.account.hashKey)
  const checksum = carried.ok ? /sps_hashcode=(\w+)$/.exec(Buffer.from(carried.bytes).toString('latin1'))?.[1] : ''
  expect(home.values['sps_hashcode']).toBe(checksum)
  expect(await cardOf(shop)).toMatchObject({ result: 'OK', customerNo: heard['res_sps_cust_no'] })
})

it('charges the registered card by the API', async () => {
  const shop = await openShop()
  await press(shop, await ask(shop, 'B01-1'), 'register', CARD)
  const charged = await shop.world.call('ST01-00131-101', {
    cust_code: 'C-1',
    order_id: 'STORED-1',
    item_id: 'TEA',
    amount: '1000',
    sps_cust_info_return_flg: '0',
    encrypted_flg: '1',
  })
  expect(charged.result).toBe('OK')
})

it('changes a known card and keeps the customer’s number; the page shows no more than its last digits', async () => {
  const shop = await openShop()
  await press(shop, await ask(shop, 'B01-1'), 'register', CARD)
  const page = await ask(shop, 'B01-1')
  expect(page).toContain('カード情報の変更')
  expect(page).toContain('************1111')
  await press(shop, page, 'register', CARD.replace('4111111111111111', '5555555555554444'))
  expect(new Set(shop.heard.map((values) => values['res_sps_cust_no'])).size).toBe(1)
  expect(JSON.stringify((await cardOf(shop)).methodInfo)).toContain('4444')
})

it.each(['NG,no', 'silence'])('nothing is registered when the merchant’s server says %s', async (answer) => {
  const shop = await openShop()
  shop.answer = answer
  const home = homeOf(await press(shop, await ask(shop, 'B01-1'), 'register', CARD))
  expect(home).toMatchObject({ to: `${shop.url}/error_url`, values: { res_result: 'NG', res_err_code: '99994999' } })
  expect((await cardOf(shop)).result).toBe('NG')
})

it('a wrong number is said on the page, and leaving after it tells the merchant', async () => {
  const shop = await openShop()
  const again = await press(shop, await ask(shop, 'B01-1'), 'register', CARD.replace('4111111111111111', '4111'))
  expect(again).toContain('登録できませんでした')
  const home = homeOf(await press(shop, again, 'leave'))
  expect(home.to).toBe(`${shop.url}/error_url`)
  expect(shop.heard.map((values) => values['res_result'])).toEqual(['NG'])
})

it('deletes a card, once', async () => {
  const shop = await openShop()
  await press(shop, await ask(shop, 'B01-1'), 'register', CARD)
  const page = await ask(shop, 'C01-1')
  await press(shop, page, 'delete')
  expect((await cardOf(shop)).result).toBe('NG')
  expect(await press(shop, page, 'delete')).toContain('99912999')
  expect(await ask(shop, 'C01-1')).toContain('99995003')
})

it.each([
  [{ pay_method: 'tpoint' }, '99901999'],
  [{ cust_code: '' }, '99903003'],
  [{ sps_cust_no: '000000000009' }, '99995999'],
  [{ request_date: '20260801090000' }, '99910023'],
  [{ success_url: 'javascript:x' }, '99904999'],
])('refuses %j with %s', async (values, code) => {
  const shop = await openShop({ requestAgeCheck: true })
  expect(await ask(shop, 'B01-1', values as Record<string, string>)).toContain(code)
})

it('checks an application, and says that no carrier is contracted', async () => {
  const shop = await openShop()
  const applied = { pay_method: 'docomo', order_id: 'D-1', item_id: 'TEA', service_type: '0' }
  expect(await ask(shop, 'D01-1', applied)).toContain('99901999')
  expect(await ask(shop, 'D01-1', { ...applied, service_type: '4' })).toContain('99907')
  expect(await ask(shop, 'D01-1', { ...applied, service_type: '2', pay_method: '' })).toContain('99903')
})

it('shows what was received on the support page, and goes on from there; a phone gets a page without scripts', async () => {
  const shop = await openShop()
  const support = await ask(shop, 'B01-1', { terminal_type: '1' }, '/Extra/PayRequestAction.do')
  expect(support).toContain('checksum: OK')
  const request = /name="request" value="([^"]+)"/.exec(support)?.[1] ?? ''
  const page = await textOf(
    await post(shop, '/Extra/register', new URLSearchParams({ request, result: 'page' }).toString()),
  )
  expect(page).toContain('カード情報の登録')
  expect(page).not.toContain('<script')
})
