/** Simple recurring as a merchant's own programs see it: applied for and stopped on the page, or stopped by the API. */
import { encodeLinkForm, decodeLinkForm } from '@choba/wire/sbps/form.ts'
import { afterEach, expect, it } from 'vitest'
import { createWorld, type SbpsWorld } from '../testing/sbps.ts'
import { serveForTest, type TestServer } from '../testing/server.ts'

type Shop = { readonly world: SbpsWorld; readonly server: TestServer; readonly heard: Array<Record<string, string>> }

const closing: Array<() => void> = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function openShop(): Promise<Shop> {
  const world = createWorld()
  const heard: Array<Record<string, string>> = []
  const server = await serveForTest(async (request) => {
    const read = decodeLinkForm('A02-1', new Uint8Array(await request.arrayBuffer()), world.account.hashKey)
    if (read.ok && read.checksumHolds) heard.push({ ...read.values })
    return new Response('OK,')
  })
  for (const worker of world.deps.background) worker.start()
  closing.push(() => {
    for (const worker of world.deps.background) worker.stop()
    server.close()
  })
  return { world, server, heard }
}

async function request({ world, server }: Shop, values: Record<string, string>): Promise<string> {
  const urls = ['success_url', 'cancel_url', 'error_url', 'pagecon_url'].map((tag) => [tag, `${server.url}/${tag}`])
  const written = encodeLinkForm(
    'A01-1',
    {
      values: {
        merchant_id: '99901',
        service_id: '001',
        cust_code: 'C-1',
        order_id: 'SIMPLE-1',
        item_id: 'TEA',
        amount: '3300',
        pay_type: '1',
        auto_charge_type: '1',
        service_type: '0',
        div_settele: '0',
        ...Object.fromEntries(urls),
        request_date: '20260803090000',
        ...values,
      },
    },
    world.account.hashKey,
  )
  if (!written.ok) throw new Error(written.tag)
  return textOf(await post(world, '/f01/FepBuyInfoReceive.do', new Uint8Array(written.bytes)))
}

async function post({ app }: SbpsWorld, path: string, body: Uint8Array<ArrayBuffer> | string): Promise<Response> {
  return app.request(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
}

async function textOf(answer: Response): Promise<string> {
  return (await answer.text()).replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

async function apply(shop: Shop): Promise<string> {
  const form = await request(shop, {})
  expect(form).toContain('毎月1日に自動で課金 (初月は本日課金)')
  expect(form).not.toContain('コンビニ')
  const action = /action="(\/f01\/pay\/[^"]+\/credit)"/.exec(form)?.[1] ?? ''
  await post(shop.world, action, 'cc_number=4111111111111111&cc_year=2029&cc_month=12&security_code=123&times=10')
  return shop.heard.at(-1)?.['res_tracking_id'] ?? ''
}

async function results({ world, heard }: Shop): Promise<string[]> {
  world.deps.schedule.tick()
  while (world.deps.undelivered.some((count) => count() > 0)) await new Promise((resolve) => setTimeout(resolve, 10))
  return heard.map(({ res_result, res_date }) => `${res_date?.slice(0, 8)} ${res_result}`)
}

it('is charged at the start of each month until it is stopped on the page', async () => {
  const shop = await openShop()
  const trackingId = await apply(shop)
  shop.world.moveDays(60)
  expect(await results(shop)).toEqual(['20260803 OK', '20260901 OK', '20261001 OK'])
  expect(new Set(shop.heard.map(({ res_tracking_id: id }) => id)).size).toBe(3)

  const page = await request(shop, { service_type: '1', tracking_id: trackingId })
  expect(page).toContain('毎月の課金の停止')
  const action = /action="(\/f01\/stop\/[^"]+)"/.exec(page)?.[1] ?? ''
  const home = await textOf(await post(shop.world, action, ''))
  expect(home).toContain('毎月の課金を停止しました')
  expect(home).toContain('name="res_result" value="CR"')
  shop.world.moveDays(60)
  expect((await results(shop)).slice(3)).toEqual(['20261002 CR'])
  expect(await request(shop, { service_type: '1', tracking_id: trackingId })).toContain('99957027')
  expect(await request(shop, { service_type: '1', tracking_id: '00000000000001' })).toContain('99912027')
})

it('is stopped once by the API', async () => {
  const shop = await openShop()
  const trackingId = await apply(shop)
  const stop = (tracking_id: string) => shop.world.call('ST02-00302-101', { tracking_id })
  expect((await stop(trackingId)).result).toBe('OK')
  expect((await stop(trackingId)).errorCode).toBe('10157999')
  expect((await stop('00000000000001')).errorCode).toBe('10112027')
  shop.world.moveDays(40)
  expect(await results(shop)).toEqual(['20260803 OK', '20260803 CR'])
})

it('refuses what the merchant charges by itself, which goes by the API', async () => {
  const shop = await openShop()
  expect(await request(shop, { pay_type: '2', auto_charge_type: '0' })).toContain('99901999')
  expect(await request(shop, { auto_charge_type: '0' })).toContain('99901999')
})
