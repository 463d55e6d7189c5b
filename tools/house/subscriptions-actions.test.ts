/** What people do to subscriptions, and what the calendar and the month view tell of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CalendarPreview } from '../../packages/shared/src/contracts/calendar.ts'
import type { CalendarAnswer, MonthAnswer } from '../../packages/shared/src/contracts/subscription-outlook.ts'
import type { SubscriptionDetail } from '../../packages/shared/src/contracts/subscription-detail.ts'
import type { SubscriptionRow, SubscriptionTotals } from '../../packages/shared/src/contracts/subscriptions.ts'
import { businessDate, endOfMonth } from '../../packages/shared/src/dates.ts'
import { customerWith, openSubscriptionHouse, statesOf, type SubscriptionHouse } from './subscription-house.ts'

let house: SubscriptionHouse
beforeAll(async () => {
  house = await openSubscriptionHouse()
  await house.payByCard('CARD-1')
})
afterAll(() => house.close())

async function refusalOf(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'nothing',
    (error: Error) => error.message,
  )
}

function daysOf({ planned }: SubscriptionDetail): string[] {
  return planned.map(({ fallsOn }) => fallsOn)
}

describe('a person', () => {
  test('lets a subscription rest and go on: what fell into the rest is never charged, and numbers go on', async () => {
    const made = await house.make({ firstOn: house.later(5) })
    await house.run()
    expect(statesOf(made)).toEqual([])
    const paused = await house.act(made.id, 'pause')
    expect(paused).toMatchObject({ status: 'paused', planned: [] })
    await house.moveDays(40)
    expect(statesOf(await house.get(made.id))).toEqual(['1 generated'])
    const resumed = await house.act(made.id, 'resume')
    expect(statesOf(resumed)).toEqual(['1 skipped'])
    expect(resumed.planned[0]).toMatchObject({ number: 2 })
    expect(resumed.planned[0]?.fallsOn.slice(8)).toBe(made.planned[0]?.fallsOn.slice(8))
    expect(await refusalOf(house.act(made.id, 'resume'))).toMatch(/not_paused/)
    expect(resumed.events.map(({ kind, by }) => `${kind} ${by}`)).toEqual([
      'resumed admin 太郎',
      'paused admin 太郎',
      'created admin 太郎',
    ])
  })

  test('leaves out the next cycle, or one that is made up, as long as nothing was sent for it', async () => {
    const made = await house.make({ firstOn: house.later(5) })
    const [first, second, third] = daysOf(made)
    await house.run()
    const left = await house.act(made.id, 'skip', { number: 1 })
    expect(statesOf(left)).toEqual(['1 skipped'])
    const again = await house.act(made.id, 'skip')
    expect(statesOf(again)).toEqual(['1 skipped', '2 skipped'])
    expect(again.cycles.map(({ fallsOn }) => fallsOn)).toEqual([second, first])
    expect(daysOf(again)[0]).toBe(third)
    expect(await refusalOf(house.act(made.id, 'skip', { number: 1 }))).toMatch(/nothing unsent/)
  })

  test('changes what is to come and not what is made up', async () => {
    const made = await house.make({ firstOn: house.later(6), kind: 'fixed', cardOrderNumber: 'CARD-1' })
    await house.run()
    const goods = [{ name: '玉露', unitPriceYen: 5_400, quantity: 2, taxRateBp: 800 }]
    const changed = await house.act(made.id, 'change', {
      change: { goods, rhythm: { unit: 'month', every: 1, day: 31, roll: 'none' }, retryDays: [2] },
    })
    expect(changed).toMatchObject({ amountYen: 10_800, retryDays: [2], kind: 'fixed', card: { orderNumber: 'CARD-1' } })
    expect(changed.cycles).toMatchObject([{ amountYen: 3_240 }])
    expect(changed.planned[0]).toMatchObject({ amountYen: 10_800, taxes: [{ rateBp: 800, taxYen: 800 }] })
    expect(daysOf(changed).every((day) => endOfMonth(businessDate(day)) === day)).toBe(true)
    const moved = await house.act(made.id, 'change', { change: { nextOn: house.later(50) } })
    expect(daysOf(moved)[0]).toBe(house.later(50))
    const method = await house.act(made.id, 'change', { change: { kind: 'np_schedule' } })
    expect(method).toMatchObject({ method: 'np_postpaid', amountYen: 10_800 })
    expect(await refusalOf(house.act(made.id, 'change', { change: { kind: 'metered' } }))).toMatch(/meter/)
  })

  test('ends a subscription at once: nothing unsent is charged any more', async () => {
    const made = await house.make({ firstOn: house.later(5) })
    await house.run()
    const ended = await house.act(made.id, 'cancel', { when: 'now' })
    expect(ended).toMatchObject({ status: 'ended', endedOn: house.today(), planned: [] })
    await house.moveDays(5)
    expect(statesOf(await house.get(made.id))).toEqual(['1 cancelled'])
    expect(await refusalOf(house.act(made.id, 'pause'))).toMatch(/ended/)
  })

  test('ends a subscription with its period: what is made up is still charged, and the plan can be taken back', async () => {
    const made = await house.make({ firstOn: house.later(5) })
    await house.run()
    const ending = await house.act(made.id, 'cancel', { when: 'period_end' })
    expect(ending).toMatchObject({ status: 'ending', endsOn: daysOf(made)[1], planned: [] })
    expect(await house.act(made.id, 'resume')).toMatchObject({ status: 'active', endsOn: null })
    await house.act(made.id, 'cancel', { when: 'period_end' })
    await house.moveDays(5)
    expect(await house.get(made.id)).toMatchObject({ status: 'ending', cycles: [{ state: 'charged' }] })
    await house.moveTo(ending.endsOn ?? '')
    expect(await house.get(made.id)).toMatchObject({ status: 'ended', endedOn: ending.endsOn })
    expect(statesOf(await house.get(made.id))).toEqual(['1 charged'])
  })

  test('who sends the same act twice has done it once', async () => {
    const made = await house.make({ firstOn: house.later(20) })
    const twice = { idempotencyKey: 'skip-once-only' }
    await house.act(made.id, 'skip', twice)
    expect(statesOf(await house.act(made.id, 'skip', twice))).toEqual(['1 skipped'])
    expect(await refusalOf(house.act(made.id, 'pause', twice))).toMatch(/idempotency/)
    const same = { idempotencyKey: 'made-once-only', customer: customerWith('ok') }
    expect((await house.make(same)).code).toBe((await house.make(same)).code)
    expect(await refusalOf(house.make({ ...same, retryDays: [1] }))).toMatch(/idempotency/)
  })

  test('closes a day: what falls on it is moved as it was said before, and what is made up is not', async () => {
    const monthly = { unit: 'month', every: 1, day: null, roll: 'next' }
    const made = await house.make({ firstOn: house.later(5), rhythm: { ...monthly, roll: 'none' } })
    const ahead = await house.make({ firstOn: house.later(40), rhythm: monthly })
    await house.run()
    const [day = ''] = daysOf(ahead)
    const said = { source: 'own', changes: [{ scope: 'shop', day, closed: true, name: '棚卸し' }] }
    const { cycles } = await house.api<CalendarPreview>('POST', '/api/calendar/preview', said)
    const [move] = cycles
    expect(move).toMatchObject({ before: day, count: 1, amountYen: 3_240 })
    await house.api('POST', '/api/calendar', said)
    expect(daysOf(await house.get(ahead.id))[0]).toBe(move?.after)
    const owner = house.bff.deps.db.owner.selectFrom('subscription').select('nextOn')
    expect(await owner.where('subscriptionId', '=', ahead.id).execute()).toEqual([{ nextOn: move?.after }])
    expect((await house.get(made.id)).cycles).toMatchObject([{ fallsOn: daysOf(made)[0] }])
  })

  test('of another role may look and not act, and of another merchant sees nothing', async () => {
    const made = await house.make({ firstOn: house.later(20) })
    const accountant = await house.bff.signIn('accountant')
    expect((await accountant.get(`/api/subscriptions/${made.id}`)).status).toBe(200)
    const act = { idempotencyKey: 'by-an-accountant', action: 'pause' }
    expect((await accountant.send('POST', `/api/subscriptions/${made.id}/act`, act)).status).toBe(403)
    const stranger = await house.bff.signInElsewhere('admin')
    expect((await stranger.get(`/api/subscriptions/${made.id}`)).status).toBe(404)
    expect((await stranger.send('POST', `/api/subscriptions/${made.id}/act`, act)).status).toBe(404)
    expect(await (await stranger.get('/api/subscriptions/totals')).json()).toMatchObject({ count: 0 })
  })
})

describe('the outlook', () => {
  test('counts each day of sixty, made up and planned, as the cycles it lists', async () => {
    await house.make({ firstOn: house.later(2), rhythm: { unit: 'week', every: 1, day: null, roll: 'next' } })
    await house.make({ firstOn: house.later(2), customer: customerWith('re009') })
    await house.run()
    const calendar = await house.api<CalendarAnswer>('GET', '/api/subscriptions/calendar')
    expect(calendar.days).toHaveLength(60)
    expect(calendar.days[0]?.on).toBe(house.today())
    const live = calendar.items.filter(({ state }) => state !== 'skipped' && state !== 'cancelled')
    for (const day of calendar.days) {
      const items = live.filter(({ on }) => on === day.on)
      const amountYen = items.reduce((sum, item) => sum + (item.amountYen ?? 0), 0)
      expect([day.on, day.count, day.amountYen]).toEqual([day.on, items.length, amountYen])
    }
    expect(live.some(({ state }) => state === null)).toBe(true)
    expect(calendar.days.reduce((sum, day) => sum + day.atRisk, 0)).toBe(1)
  })

  test('tells of a month what is planned, what came of it, and rates with what they were counted from', async () => {
    const own = await openSubscriptionHouse()
    await own.moveTo('2026-08-31')
    const [stays] = [await own.make({ firstOn: '2026-09-10' }), await own.make({ firstOn: '2026-09-10' })]
    const fallback = { onFailure: 'fallback', fallbackMethod: 'convenience_store', fallbackStore: '016' }
    await own.make({ firstOn: '2026-09-10', customer: customerWith('ng001'), ...fallback })
    const leaves = await own.make({ firstOn: '2026-09-10', customer: customerWith('ng001') })
    for (const day of ['2026-09-03', '2026-09-07', '2026-09-12', '2026-09-25']) await own.moveTo(day)
    await own.act(leaves.id, 'cancel', { when: 'now' })
    await own.act(stays.id, 'skip')
    const month = await own.api<MonthAnswer>('GET', '/api/subscriptions/month')
    expect(month).toMatchObject({
      month: '2026-09',
      planned: { count: 0, amountYen: 0 },
      states: [
        { state: 'charged', count: 3, amountYen: 9_720 },
        { state: 'failed', count: 1, amountYen: 3_240 },
      ],
      churn: { part: 1, whole: 4 },
      failure: { part: 2, whole: 4 },
      recovery: { part: 1, whole: 2 },
    })
    const next = await own.api<MonthAnswer>('GET', '/api/subscriptions/month?month=2026-10')
    expect(next.planned).toEqual({ count: 2, amountYen: 6_480 })
    expect(next.outlook).toEqual([
      {
        method: 'np_postpaid',
        open: 2,
        openYen: 6_480,
        approved: { part: 2, whole: 4 },
        expected: 1,
        expectedYen: 3_240,
      },
    ])
    await own.close()
  })
})

describe('the table', () => {
  const CONDITIONS = [
    '',
    'status=paused,active',
    'kind=np_schedule',
    'attention=held,failed',
    'q=たかはし',
    'q=SUB000003-1',
    'q=090',
  ]

  beforeAll(async () => {
    const rhythm = { unit: 'week', every: 2, day: null, roll: 'next' }
    const more = [
      { customer: customerWith('re009') },
      { firstOn: house.later(9), rhythm },
      { firstOn: house.later(9) },
      {},
    ]
    for (const changes of more) await house.make(changes)
    const resting = await house.make({ firstOn: house.later(30) })
    await house.act(resting.id, 'pause')
    await house.run()
  })

  test('gives every subscription once over its pages, in each order', async () => {
    const all = (await rows('limit=200')).map(({ id }) => id).sort()
    expect(all.length).toBeGreaterThan(4)
    for (const sort of ['createdAt', 'nextOn', 'amountYen'])
      for (const direction of ['asc', 'desc']) {
        const seen: string[] = []
        let cursor = ''
        do {
          const page = await house.api<Page>(
            'GET',
            `/api/subscriptions?limit=3&sort=${sort}&direction=${direction}${cursor}`,
          )
          seen.push(...page.items.map(({ id }) => id))
          cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
        } while (cursor !== '')
        expect([sort, direction, seen.sort()]).toEqual([sort, direction, all])
      }
  })

  test.each(CONDITIONS)('sums in its totals and its file exactly what it lists: %s', async (query) => {
    const listed = await rows(`limit=200&${query}`)
    expect(listed.length).toBeGreaterThan(0)
    const totals = await house.api<SubscriptionTotals>('GET', `/api/subscriptions/totals?${query}`)
    const amountYen = listed.reduce((sum, row) => sum + row.amountYen, 0)
    const attention = listed.filter((row) => row.attention.length > 0).length
    expect(totals).toEqual({ count: listed.length, amountYen, attention })
    const file = await house.text(`/api/subscriptions/export.csv?${query}`)
    expect(
      file
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]),
    ).toEqual(listed.map(({ code }) => code))
    const check = await house.api<{ totals: object }>('GET', `/api/subscriptions/export/check?${query}&encoding=cp932`)
    expect(check.totals).toEqual(totals)
  })
})
type Page = { readonly items: SubscriptionRow[]; readonly nextCursor: string | null }

async function rows(query: string): Promise<SubscriptionRow[]> {
  return (await house.api<Page>('GET', `/api/subscriptions?${query}`)).items
}
