/** A link that staff made, in the customer's hands: the console, the hosted page and the browser between them. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { PaymentLinkDetail } from '../../packages/shared/src/contracts/payment-links.ts'
import { openBrowser, type Page } from './browser.ts'
import {
  AGENTS,
  CARD,
  payByCard as pay,
  REFUSED_CARD,
  type Site,
  SITES,
  type Visit,
  visit as enter,
} from './link-customer.ts'
import { type LinkHouse, openLinkHouse } from './link-house.ts'

let house: LinkHouse
beforeAll(async () => {
  house = await openLinkHouse()
})
afterEach(() => {
  house.intercept = undefined
})
afterAll(() => house.close())

function visit(link: PaymentLinkDetail, site?: Site): Promise<Visit> {
  return enter(house, link, site)
}

function payByCard(at: Visit, site?: Site, card?: typeof CARD): Promise<Page> {
  return pay(house, at, site, card)
}

async function lostAnswer(request: Request): Promise<Response> {
  await house.bff.app.fetch(request)
  return new Response('', { status: 504 })
}

test.each(SITES)('is paid by card on the site %s, captured and refunded by the API', async (site) => {
  const link = await house.make(['card'])
  const first = await visit(link, site)
  expect(/<script|<style|stylesheet/.test(first.page.html)).toBe(site !== 'mobile_phone')
  expect(first.page.charset).toBe('shift_jis')
  expect(first.page.text).toContain('煎茶～春～ 100g')
  const home = await payByCard(first, site)
  const back = await first.browser.submit(home, '/success')
  expect(back.text).toContain('お支払いの手続きが完了しました')
  const after = await house.get(link.id)
  expect(after).toMatchObject({ state: 'paid', method: 'card', site, opens: 1, paymentStatus: 'authorized' })
  expect(after.events.map(({ kind, detail }) => `${kind} ${detail}`.trim())).toEqual([
    'created',
    `opened ${site}`,
    'notice_accepted OK',
    'returned success',
  ])
  const paymentId = after.paymentId as string
  expect(await house.payment(paymentId)).toMatchObject({ status: 'authorized', connectionMethod: 'link', site })
  expect(await house.act(paymentId, 'capture')).toBe('captured')
  expect(await house.act(paymentId, 'refund', { amountYen: 1_000 })).toBe('captured')
  expect(await house.payment(paymentId)).toMatchObject({ capturedYen: 11_000, refundedYen: 1_000 })
})

test.each(SITES)('is ordered at a store on the site %s, and paid when the deposit notice comes', async (site) => {
  const link = await house.make(['convenience_store', 'card'], {
    customer: { name: '即払 花子', email: 'a@example.jp', phone: '0312345678' },
  })
  const first = await visit(link, site)
  const choice = await first.browser.submit(first.page, '/f01/choose', { method: 'webcvs' })
  const slip = await first.browser.submit(choice, '/webcvs', { webcvstype: '016' })
  expect(slip.text).toContain('20020')
  const back = await first.browser.submit(slip, '/success')
  expect(back.text).toContain('コンビニでのお支払いをお待ちしています')
  const ordered = await house.get(link.id)
  expect(ordered).toMatchObject({ state: 'ordered', method: 'convenience_store', paymentStatus: 'awaiting_payment' })
  await house.moveDays(2)
  expect(await house.get(link.id)).toMatchObject({ state: 'paid', paymentStatus: 'captured' })
  expect(await house.payment(ordered.paymentId as string)).toMatchObject({ capturedYen: 11_000, site })
})

test.each(SITES)('is ordered by NP on the site %s, screened there and shipped from the ledger', async (site) => {
  const link = await house.make(['np_postpaid'])
  const first = await visit(link, site)
  expect(first.page.text).toContain('京都府京都市中京区道場町')
  const home = await first.browser.submit(first.page, '/nppostpay')
  expect((await first.browser.submit(home, '/success')).text).toContain('完了しました')
  const after = await house.get(link.id)
  expect(after).toMatchObject({ state: 'paid', method: 'np_postpaid', site, paymentStatus: 'authorized' })
  const shipment = { carrierCode: '59010', slipNumber: `1234567890${SITES.indexOf(site)}1` }
  expect(await house.act(after.paymentId as string, 'report_shipment', shipment)).toBe('captured')
})

test('ends as expired when a slip is never paid', async () => {
  const link = await house.make(['convenience_store'], {
    customer: { name: '未払 花子', email: 'a@example.jp', phone: '0312345678' },
  })
  const { browser, page } = await visit(link)
  await browser.submit(page, '/webcvs')
  await house.moveDays(20)
  expect(await house.get(link.id)).toMatchObject({ state: 'expired', paymentStatus: 'expired' })
})

test('says why a card was refused, lets the customer try again, and fails when they give up', async () => {
  const link = await house.make(['card'])
  const first = await visit(link)
  const refused = await payByCard(first, 'pc', REFUSED_CARD)
  expect(refused.text).toContain('10136999')
  const back = await first.browser.submit(await first.browser.submit(refused, '/f01/leave'), '/error')
  expect(back.text).toContain('お支払いは成立していません')
  expect(await house.get(link.id)).toMatchObject({ state: 'failed', faultCode: '10136999', paymentId: null })
  const again = await visit(link)
  await payByCard(again, 'pc')
  expect(await house.get(link.id)).toMatchObject({ state: 'paid', paymentStatus: 'authorized' })
})

test('stays open when the customer cancels, and tells in English whoever reads English', async () => {
  const link = await house.make(['card'])
  const { browser, page } = await visit(link)
  expect((await browser.submit(page, '/f01/leave')).text).toContain('手続きを中止しました')
  const after = await house.get(link.id)
  expect([after.state, after.events.at(-1)?.detail]).toEqual(['opened', 'cancel'])
  expect((await openBrowser(AGENTS.pc, 'en-GB,en;q=0.9,ja;q=0.5').open(house.addressOf(link))).text).toContain(
    'Go on to payment',
  )
})

test('does not let a payment stand on a link that staff cancelled meanwhile', async () => {
  const link = await house.make(['card'])
  const first = await visit(link)
  expect((await house.client.send('POST', `/api/payment-links/${link.id}/cancel`, {})).status).toBe(200)
  const home = await payByCard(first, 'pc')
  expect(home.text).toContain('お支払いは成立していません')
  expect((await first.browser.submit(home, '/error')).text).toContain('取り消されました')
  const after = await house.get(link.id)
  expect(after).toMatchObject({ state: 'cancelled', paymentId: null })
  expect(after.events.at(-2)).toMatchObject({ kind: 'notice_refused', detail: 'not_live' })
  expect(await visit(link).catch((error: Error) => error.message)).toContain('取り消されました')
})

test('takes the same notice twice as one, and keeps no purchase whose notice went unanswered', async () => {
  const link = await house.make(['card'])
  let calls = 0
  house.intercept = (request) => {
    calls += 1
    // It arrives and is worked in, and the answer is lost: the provider asks again.
    if (calls === 1) return lostAnswer(request)
    return undefined
  }
  const first = await visit(link)
  expect((await payByCard(first, 'pc')).text).toContain('完了しました')
  const after = await house.get(link.id)
  expect(after.events.filter(({ kind }) => kind === 'notice_accepted').map(({ detail }) => detail)).toEqual([
    'OK',
    'repeated',
  ])
  const unheard = await house.make(['card'])
  house.intercept = () => Promise.resolve(new Response('', { status: 500 }))
  const second = await visit(unheard)
  expect((await payByCard(second, 'pc')).text).toContain('成立していません')
  expect(await house.get(unheard.id)).toMatchObject({ state: 'opened', paymentId: null })
  const record = await (await fetch(`${house.sandboxUrl}/sandbox/link`)).text()
  expect(record).toContain('HTTP 500')
})

test('refuses notices that are unknown, altered, or contradict the link, in the exact words', async () => {
  const link = await house.make(['card'])
  const sent: { url: string; body: string }[] = []
  house.intercept = async (request) => {
    sent.push({ url: request.url, body: await request.text() })
    return new Response('OK,', { headers: { 'content-type': 'text/plain' } })
  }
  await payByCard(await visit(link), 'pc')
  house.intercept = undefined
  const [notice] = sent as [{ url: string; body: string }]
  const post = async (body: string) => {
    const init = { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    return (await fetch(notice.url, init)).text()
  }
  expect(await post(notice.body.replace('amount=11000', 'amount=1'))).toBe('NG,checksum')
  expect(await post('x=1&x=2')).toBe('NG,duplicate')
  expect(await post(notice.body)).toBe('OK,')
  expect(await post(notice.body)).toBe('OK,')
  const { fetch: elsewhere } = house.bff.app
  const unknown = await elsewhere(
    new Request('http://x/notices/sbps-link/99901-999', { method: 'POST', body: notice.body }),
  )
  expect(await unknown.text()).toBe('NG,unknown account')
})

test('offers only what can be paid, and names the field that forbids it', async () => {
  await expect(house.make(['np_postpaid'], { customer: { name: '髙橋 花子' } })).rejects.toThrow('customer.phone')
  await expect(house.make(['card'], { amountYen: 1 })).rejects.toThrow('amountYen')
  await expect(house.make(['card'], { orderNumber: 'L-1' })).rejects.toThrow('order.duplicate')
})

test('lists, totals and exports the same links, by every filter and order', async () => {
  const list = async (query: string) =>
    (await (await house.client.get(`/api/payment-links?limit=200&${query}`)).json()) as { items: PaymentLinkDetail[] }
  for (const query of [
    'state=paid',
    'method=card,np_postpaid',
    'q=' + encodeURIComponent('高橋'),
    'q=l-1',
    'from=2026-08-01',
  ]) {
    const { items } = await list(query)
    const totals = (await (await house.client.get(`/api/payment-links/totals?${query}`)).json()) as {
      count: number
      amountYen: number
    }
    expect([query, totals.count, totals.amountYen]).toEqual([
      query,
      items.length,
      items.reduce((sum, row) => sum + row.amountYen, 0),
    ])
    expect(items.length).toBeGreaterThan(0)
    const csv = await (await house.bff.signIn('accountant')).get(`/api/payment-links/export.csv?${query}`)
    expect(csv.headers.get('x-choba-rows')).toBe(String(items.length))
    expect((await csv.text()).trim().split('\n').length).toBe(items.length + 1)
  }
  const whole = (await list('sort=amountYen')).items.map(({ id }) => id)
  const pages: string[] = []
  for (let cursor = ''; ;) {
    const path = `/api/payment-links?sort=amountYen&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`
    const page = (await (await house.client.get(path)).json()) as {
      items: PaymentLinkDetail[]
      nextCursor: string | null
    }
    pages.push(...page.items.map(({ id }) => id))
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  expect(pages).toEqual(whole)
})

test('ends links by the provider’s clock', async () => {
  const link = await house.make(['card'], { expiresInDays: 1 })
  await house.moveDays(3)
  const { browser, page } = await visit(await house.make(['convenience_store']))
  await browser.submit(page, '/webcvs')
  expect((await openBrowser(AGENTS.pc).open(house.addressOf(link))).text).toContain('期限が過ぎました')
  await house.bff.deps.db.pool.query(`select graphile_worker.add_job('payment-links:sweep', '{}')`)
  await house.work()
  expect(await house.get(link.id)).toMatchObject({ state: 'expired' })
})

test('leaves no card number in the console’s database, and books that agree with their events', async () => {
  const { rows: tables } = await house.bff.deps.db.pool.query<{ name: string }>(
    `select table_schema || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'`,
  )
  for (const { name } of tables) {
    for (const number of [CARD.cc_number, REFUSED_CARD.cc_number]) {
      const { rows } = await house.bff.deps.db.pool.query<{ n: number }>(
        `select count(*)::int as n from ${name} t where t::text like $1 or t::text like $2`,
        [`%${number}%`, `%${Buffer.from(number).toString('hex')}%`],
      )
      expect([name, rows[0]?.n]).toEqual([name, 0])
    }
  }
  expect(tables.length).toBeGreaterThan(20)
  expect(await house.verify()).toEqual([])
})
