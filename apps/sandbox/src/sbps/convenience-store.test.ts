import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  createWorld,
  type Merchant,
  type SbpsWorld,
  startMerchant,
  storeRequest,
  type WorldOptions,
} from '../testing/sbps.ts'

const merchants: Merchant[] = []
const FAST = { retryAfterMs: [1_000, 2_000], timeoutMs: 2_000, atOnce: 4 }

afterEach(async () => {
  for (const merchant of merchants.splice(0)) await merchant.close()
})

async function worldWithMerchant(options: WorldOptions = {}): Promise<{ world: SbpsWorld; merchant: Merchant }> {
  const probe = createWorld()
  const merchant = await startMerchant(probe.account)
  merchants.push(merchant)
  const world = createWorld({ ...options, notices: FAST, account: { noticeUrl: merchant.url, ...options.account } })
  for (const worker of world.deps.background) worker.start()
  return { world, merchant }
}

async function request(world: SbpsWorld, values: Record<string, string> = {}): Promise<string> {
  const answer = await world.call('ST01-00101-701', storeRequest(world, values))
  expect(answer.errorCode).toBe('')
  return answer.trackingId!
}

async function statusOf(world: SbpsWorld, trackingId: string): Promise<string> {
  return (await world.call('MG01-00101-701', { tracking_id: trackingId, encrypted_flg: '1' })).methodInfo![
    'payment_status'
  ]!
}

async function delivered(world: SbpsWorld): Promise<void> {
  await vi.waitFor(() => expect(world.deps.undelivered[0]!()).toBe(0), { timeout: 5_000, interval: 10 })
}

function told(merchant: Merchant): string[] {
  return merchant.notices.map((notice) =>
    notice.functionId === 'NT01-00103-701'
      ? `${notice.report} ${notice.amount}/${notice.totalAmount} ${notice.receivedAt.slice(4, 8)}`
      : `expired ${notice.receivedAt}`,
  )
}

describe('convenience-store requests', () => {
  it.each([
    ['001', /^\d{13}$/, /^https:/],
    ['002', /^\d{8}-\d{9}$/, /^https:/],
    ['005', /^\d{8}-\d{9}$/, /^https:/],
    ['016', /^20020$/, /^\d{12}$/],
    ['018', /^\d{6}$/, /^$/],
  ])('give the numbers that store %s asks for', async (webcvstype, first, second) => {
    const world = createWorld()
    const answer = await world.call('ST01-00101-701', storeRequest(world, { webcvstype }))
    expect(answer.trackingId).toMatch(/^8391\d{10}$/)
    expect(answer.methodInfo).toMatchObject({
      invoice_no: answer.trackingId,
      bill_date: '20260820',
      cvs_pay_data1: expect.stringMatching(first) as string,
      cvs_pay_data2: expect.stringMatching(second) as string,
    })
    expect(await statusOf(world, answer.trackingId!)).toBe('1')
  })

  it.each([
    [{ webcvstype: '003' }, '70107213'],
    [{ bill_date: '20260802' }, '70123214'],
    [{ bill_date: '20261002' }, '70123214'],
    [{ bill_date: '20260230' }, '70123214'],
    [{ bill_date: '20261001' }, ''],
    [{ bill_date: '20260803' }, ''],
    [{ last_name: 'Suzuki' }, '70104201'],
    [{ add3: 'ﾋﾞﾙ' }, '70104209'],
    [{ last_name: '　' }, ''],
    [{ amount: '300000' }, '70107008'],
    [{ amount: '9000022' }, '70122999'],
  ])('with %o answer %s', async (values, code) => {
    const world = createWorld()
    expect((await world.call('ST01-00101-701', storeRequest(world, values))).errorCode).toBe(code)
  })

  it('refuse the same order twice, over methods', async () => {
    const world = createWorld()
    const values = storeRequest(world, { order_id: 'SAME' })
    await world.call('ST01-00101-701', values)
    expect((await world.call('ST01-00101-701', values)).errorCode).toBe('70196999')
  })

  it('can be cancelled while unpaid, and nobody pays them after', async () => {
    const world = createWorld()
    const trackingId = await request(world, { mail: 'paynow+a@example.jp' })
    expect((await world.call('ST02-00303-701', { tracking_id: trackingId })).result).toBe('OK')
    expect((await world.call('ST02-00303-701', { tracking_id: trackingId })).errorCode).toBe('70140999')
    world.moveDays(30)
    expect(await statusOf(world, trackingId)).toBe('9')
    const paid = await request(world, { mail: 'paynow+b@example.jp', bill_date: '20260910' })
    world.moveDays(1)
    expect((await world.call('ST02-00303-701', { tracking_id: paid })).errorCode).toBe('70141999')
  })
})

describe('deposits', () => {
  it.each([
    ['paynow', ['1 1080/1080 0803', '3 1080/1080 0804'], '3'],
    ['late', ['1 1080/1080 0820', '3 1080/1080 0821'], '3'],
    ['never', ['expired 20260821'], '9'],
    ['under', ['1 540/540', '3 540/540'], '2'],
    ['over', ['1 1080/1080', '1 1080/2160', '3 1080/1080', '3 1080/2160'], '4'],
    ['cancelprelim', ['1 1080/1080', '2 1080/0', 'expired 20260821'], '9'],
    ['canceldefinite', ['1 1080/1080', '3 1080/1080', '4 1080/0', 'expired 20260821'], '9'],
  ])('of a customer called %s are told in order', async (name, expected, status) => {
    const { world, merchant } = await worldWithMerchant()
    const trackingId = await request(world, { mail: `${name}+hanako@example.jp` })
    world.moveDays(20)
    await delivered(world)
    expect(told(merchant).length).toBe(expected.length)
    for (const [index, start] of expected.entries()) expect(told(merchant)[index]).toContain(start)
    expect(await statusOf(world, trackingId)).toBe(status)
  })

  it('can be steered by the name as well', async () => {
    const { world, merchant } = await worldWithMerchant()
    await request(world, { last_name: '未払', first_name: '太郎' })
    world.moveDays(20)
    await delivered(world)
    expect(told(merchant)).toEqual(['expired 20260821'])
  })

  it('of ordinary customers come within a week between 8 and 23 o’clock, for most of them', async () => {
    const { world, merchant } = await worldWithMerchant()
    for (let n = 0; n < 150; n += 1) await request(world, { order_id: `ORD-${n}` })
    world.moveDays(7)
    await delivered(world)
    const paid = merchant.notices.filter((notice) => notice.functionId === 'NT01-00103-701' && notice.report === '1')
    expect(paid.length).toBeGreaterThan(120)
    expect(paid.length).toBeLessThan(150)
    for (const notice of paid) {
      const hour = Number(notice.receivedAt.slice(8, 10))
      expect(hour >= 8 && hour < 23).toBe(true)
    }
    world.moveDays(12)
    await delivered(world)
    expect(merchant.notices.some((notice) => notice.functionId === 'NT01-00104-701')).toBe(true)
  })

  it('are the same after sixty days in one step and in sixty steps', async () => {
    async function play(steps: number): Promise<unknown> {
      const world = createWorld()
      for (let n = 0; n < 60; n += 1) await request(world, { order_id: `ORD-${n}`, bill_date: '20260930' })
      for (let step = 0; step < steps; step += 1) world.moveDays(60 / steps)
      return ['sbps_bill', 'sbps_sale', 'sbps_statement', 'sbps_delivery', 'task', 'counter'].map((name) => [
        ...world.deps.store.table(name).entries(),
      ])
    }
    expect(await play(60)).toEqual(await play(1))
  })
})

describe('the delivery of notices', () => {
  it('repeats the same bytes until the merchant says OK, and keeps the order of one payment', async () => {
    const { world, merchant } = await worldWithMerchant()
    merchant.answers.push('NG', 500, 'drop')
    await request(world, { mail: 'paynow+a@example.jp' })
    world.moveDays(2)
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await vi.waitFor(() => expect(merchant.notices.length).toBe(attempt), { timeout: 5_000, interval: 10 })
      await delivered(world)
      world.deps.realTime.ms += 2_000
    }
    await vi.waitFor(() => expect(merchant.notices.length).toBe(5), { timeout: 5_000, interval: 10 })
    expect(told(merchant).map((text) => text[0])).toEqual(['1', '1', '1', '1', '3'])
    expect(new Set(merchant.notices.slice(0, 4).map((notice) => JSON.stringify(notice))).size).toBe(1)
  })

  it('does not lose what was not delivered when the process starts again', async () => {
    const { mkdtempSync, rmSync } = await import('node:fs')
    const folder = mkdtempSync('/tmp/choba-notices-')
    const silent = createWorld({ folder, account: { noticeUrl: 'http://127.0.0.1:9/' } })
    await request(silent, { mail: 'paynow+a@example.jp' })
    silent.moveDays(2)
    silent.deps.store.close()
    const { world, merchant } = await worldWithMerchant({ folder })
    await delivered(world)
    expect(told(merchant).map((text) => text[0])).toEqual(['1', '3'])
    expect(
      (await world.call('MG01-00101-701', { tracking_id: merchant.notices[0]!.trackingId })).methodInfo,
    ).toMatchObject({ payment_status: '3' })
    world.deps.store.close()
    rmSync(folder, { recursive: true })
  })
})
