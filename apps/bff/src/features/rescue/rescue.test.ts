/** The rescue queue: who stands in it, in which order, and how one leaves it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RescueRow, RescueSheet } from '@choba/shared/contracts/rescue.ts'
import { addDays, atTime, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import type { DatedNews, ProviderNews } from '../../domain/payment/news.ts'
import { lockPayments, record } from '../../ledger/record.ts'
import { verifyMerchant } from '../../ledger/verify.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, registerPayment, tellPayment, type TestMerchant } from '../../testing/factory.ts'

const NOW = new Date('2026-11-20T03:00:00Z')
const TODAY = dayOf(NOW)

let bff: TestApp
let staff: TestClient
let merchant: TestMerchant
beforeAll(async () => {
  bff = await createTestApp({ clock: { now: () => NOW } })
  staff = await bff.signIn('staff')
  merchant = await addConnections(bff.deps.db.owner, bff.merchantId, bff.shopIds)
})
afterAll(() => bff.close())

let serial = 0
type Told = 'approved' | 'on_hold' | 'rejected' | 'in_review' | 'refused' | 'expired'

/** A payment about which NP said these things, one an hour, the last one so many hours ago. */
async function payment(
  told: readonly Told[],
  wishes: {
    readonly hoursAgo?: number
    readonly amountYen?: number
    readonly reasons?: string[]
    readonly shop?: number
  } = {},
): Promise<string> {
  serial += 1
  const { hoursAgo = 1, amountYen = 5_000, reasons, shop = 0 } = wishes
  const last = NOW.getTime() - hoursAgo * 3_600_000
  const at = (index: number) => new Date(last - (told.length - 1 - index) * 3_600_000).toISOString()
  const order = { shopId: merchant.shops[shop] as string, method: 'np_postpaid' as const, amountYen, orderedAt: at(-1) }
  return registerPayment(
    bff.deps.db.owner,
    merchant,
    order,
    told.map((word, index): DatedNews => ({ at: at(index), news: newsOf(word, serial, reasons) })),
  )
}

function newsOf(word: Told, key: number, reasons: string[] | undefined): ProviderNews {
  if (word === 'refused') return { kind: 'refused', codes: reasons ?? ['E0100059'] }
  if (word === 'expired')
    return { kind: 'np_status', state: 'expired', invoice: null, reminders: null, paid: null, arrivalOn: null }
  const usual = word === 'on_hold' ? ['RE009'] : word === 'rejected' ? ['NG001'] : []
  return { kind: 'screening', providerId: `NP${key}`, result: word, reasons: reasons ?? usual }
}

async function shipOn(paymentId: string, day: BusinessDate): Promise<void> {
  const { merchantId } = bff
  const before = (await lockPayments(bff.deps.db.owner, merchantId, [paymentId])).get(paymentId)
  const events = [{ at: NOW.toISOString(), event: { type: 'ship_date_planned', shipOn: day } }] as const
  await record(bff.deps.db.owner, merchantId, [{ paymentId, before, events, actor: { kind: 'job', id: 'test' } }])
}

async function queue(query = '', client: TestClient = staff): Promise<RescueRow[]> {
  const rows: RescueRow[] = []
  for (let cursor = ''; ;) {
    const response = await client.get(`/api/rescue?limit=3${query}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    const page = (await response.json()) as { items: RescueRow[]; nextCursor: string | null }
    expect(response.status).toBe(200)
    rows.push(...page.items)
    if (page.nextCursor === null) return rows
    cursor = page.nextCursor
  }
}

async function sheetOf(paymentId: string, client: TestClient = staff): Promise<RescueSheet> {
  return (await (await client.get(`/api/rescue/${paymentId}`)).json()) as RescueSheet
}

async function kindOf(paymentId: string): Promise<string | undefined> {
  return (await queue()).find((row) => row.id === paymentId)?.kind
}

describe('who stands in the queue', () => {
  test.each([
    [['on_hold'], 'on_hold'],
    [['rejected'], 'rejected'],
    [['refused'], 'failed'],
    [['approved', 'expired'], 'lapsed'],
    [['on_hold', 'rejected'], 'rejected'],
    [['on_hold', 'approved'], undefined],
    [['approved'], undefined],
  ] as ReadonlyArray<readonly [readonly Told[], string | undefined]>)('after %j it is %j', async (told, kind) => {
    expect(await kindOf(await payment(told))).toBe(kind)
  })

  test('a review is long after three hours, unless the connection says otherwise', async () => {
    const [short, long] = [await payment(['in_review'], { hoursAgo: 2 }), await payment(['in_review'], { hoursAgo: 4 })]
    expect([await kindOf(short), await kindOf(long)]).toEqual([undefined, 'long_review'])
    await bff.deps.db.owner
      .updateTable('connection')
      .set({ settings: JSON.stringify({ longReviewHours: 24 }) })
      .where('merchantId', '=', bff.merchantId)
      .execute()
    expect(await kindOf(long)).toBeUndefined()
    await bff.deps.db.owner
      .updateTable('connection')
      .set({ settings: JSON.stringify({}) })
      .where('merchantId', '=', bff.merchantId)
      .execute()
  })

  test('an approval is a task in its last fourteen days', async () => {
    // An approval holds ninety days: one of 76 days ago lapses in 14, one of 75 days ago in 15.
    const [due, later] = [
      await payment(['approved'], { hoursAgo: 76 * 24 }),
      await payment(['approved'], { hoursAgo: 75 * 24 }),
    ]
    expect([await kindOf(due), await kindOf(later)]).toEqual(['lapsing', undefined])
    expect((await sheetOf(due)).lapsesOn).toBe(addDays(TODAY, 14))
  })

  test('nobody else sees it', async () => {
    const paymentId = await payment(['on_hold'])
    const elsewhere = await bff.signInElsewhere('admin')
    expect(await queue('', elsewhere)).toEqual([])
    expect((await elsewhere.get(`/api/rescue/${paymentId}`)).status).toBe(404)
  })
})

describe('the order', () => {
  test('is by planned shipping day, then by yen or age, through every page', async () => {
    const shop = 1
    const ids = [
      await payment(['on_hold'], { shop, amountYen: 100, hoursAgo: 1 }),
      await payment(['rejected'], { shop, amountYen: 300, hoursAgo: 9 }),
      await payment(['refused'], { shop, amountYen: 200, hoursAgo: 5 }),
      await payment(['on_hold'], { shop, amountYen: 400, hoursAgo: 3 }),
    ] as const
    await shipOn(ids[3], addDays(TODAY, 1))
    await shipOn(ids[1], addDays(TODAY, 3))
    const of = async (sort: string) =>
      (await queue(`&shop=${bff.shopIds[1]}&sort=${sort}`)).map((row) => ids.indexOf(row.id as (typeof ids)[0]))
    expect((await of('ship_on')).slice(0, 2)).toEqual([3, 1])
    expect(await of('amount')).toEqual([3, 1, 2, 0])
    expect(await of('age')).toEqual([1, 2, 3, 0])
  })

  test('counts each kind with its yen', async () => {
    const rows = await queue()
    const { byKind } = (await (await staff.get('/api/rescue/totals')).json()) as {
      byKind: Array<{ kind: string; count: number; amountYen: number }>
    }
    for (const { kind, count, amountYen } of byKind) {
      const ofKind = rows.filter((row) => row.kind === kind)
      expect([kind, count, amountYen]).toEqual([
        kind,
        ofKind.length,
        ofKind.reduce((sum, row) => sum + row.amountYen, 0),
      ])
    }
  })
})

describe('the sheet of one payment', () => {
  test('says reasons, attempts and what may be done', async () => {
    const sheet = await sheetOf(await payment(['in_review', 'on_hold'], { reasons: ['RE009', 'RE014'] }))
    expect(sheet).toMatchObject({ kind: 'on_hold', reasons: ['RE009', 'RE014'], creditHeld: true, today: TODAY })
    expect(sheet.attempts.map(({ attempt, result }) => [attempt, result])).toEqual([
      [2, 'on_hold'],
      [1, 'in_review'],
    ])
    const allowed = sheet.actions.filter((each) => each.verdict.allowed).map((each) => each.action)
    expect(allowed).toEqual(['plan_shipping', 'correct', 'change_amount', 'cancel'])
    expect(sheet.customer).toMatchObject({ name: '山田 太郎', department: '', zip: '100-0001' })
  })

  test('an accountant reads it and may change nothing', async () => {
    const paymentId = await payment(['on_hold'])
    const accountant = await bff.signIn('accountant')
    const sheet = await sheetOf(paymentId, accountant)
    expect(sheet.actions.some((each) => each.verdict.allowed)).toBe(false)
    const refused = await accountant.send('POST', '/api/rescue/aside', { paymentIds: [paymentId] })
    expect([refused.status, (await errorOf(refused)).code]).toEqual([403, 'auth.forbidden'])
  })

  test('a card has none', async () => {
    const card = await registerPayment(bff.deps.db.owner, merchant, { method: 'card' })
    expect((await staff.get(`/api/rescue/${card}`)).status).toBe(404)
  })
})

describe('setting aside', () => {
  async function setAside(...paymentIds: string[]): Promise<number> {
    const response = await staff.send('POST', '/api/rescue/aside', { paymentIds })
    return ((await response.json()) as { setAside: number }).setAside
  }

  test('takes a rejection off the queue, once, until NP says something new of it', async () => {
    const paymentId = await payment(['rejected'])
    expect([await setAside(paymentId), await setAside(paymentId)]).toEqual([1, 0])
    expect(await kindOf(paymentId)).toBeUndefined()
    expect((await sheetOf(paymentId)).setAside).toBe(true)
    const news: ProviderNews = { kind: 'screening', providerId: 'NP-again', result: 'on_hold', reasons: ['RE021'] }
    await tellPayment(bff.deps.db.owner, bff.merchantId, paymentId, [{ at: atTime(TODAY, 13).toISOString(), news }])
    expect(await kindOf(paymentId)).toBe('on_hold')
  })

  test('leaves a hold where it is: NP would keep the limit reserved', async () => {
    const paymentId = await payment(['on_hold'])
    expect(await setAside(paymentId)).toBe(0)
    expect(await kindOf(paymentId)).toBe('on_hold')
  })
})

test('outcomes name what became of each payment', async () => {
  const ids = [await payment(['on_hold']), await payment(['approved'])]
  const response = await staff.send('POST', '/api/rescue/outcomes', { paymentIds: ids })
  const { items } = (await response.json()) as { items: Array<{ id: string; status: string; reasons: string[] }> }
  expect(Object.fromEntries(items.map((item) => [item.id, [item.status, item.reasons]]))).toEqual({
    [ids[0] as string]: ['on_hold', ['RE009']],
    [ids[1] as string]: ['authorized', []],
  })
})

test('the books are whole after all this', async () => {
  const { differences } = await verifyMerchant(bff.deps.db.owner, bff.merchantId)
  expect(differences).toEqual([])
})
