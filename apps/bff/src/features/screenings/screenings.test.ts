/** The screening table, its sums and its figures, each held against the attempts themselves, over random histories. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScreeningFigures, ScreeningRow, ScreeningTotals } from '@choba/shared/contracts/screenings.ts'
import { atTime, businessDate, dayOf } from '@choba/shared/dates.ts'
import type { DatedNews, ProviderNews } from '../../domain/payment/news.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addConnections, changeOf, type TestMerchant } from '../../testing/factory.ts'
import { record } from '../../ledger/record.ts'
import { type Random, randomFrom } from '../../testing/random.ts'

const PAYMENTS = 240
const FIRST_DAY = businessDate('2026-09-01')

type Attempt = { readonly result: string; readonly reasons: readonly string[]; readonly at: string }
type Made = { readonly shopId: string; readonly amountYen: number; readonly attempts: readonly Attempt[] }

let bff: TestApp
let client: TestClient
let merchant: TestMerchant
const made: Made[] = []

beforeAll(async () => {
  bff = await createTestApp()
  client = await bff.signIn('accountant')
  merchant = await addConnections(bff.deps.db.owner, bff.merchantId, bff.shopIds)
  const random = randomFrom(20_261)
  const changes = Array.from({ length: PAYMENTS }, (_, n) => {
    const shopId = random.pick(merchant.shops)
    const amountYen = random.pick([1_080, 3_980, 11_000])
    const attempts = randomAttempts(random)
    made.push({ shopId, amountYen, attempts })
    const site = random.pick(['pc', 'phone'] as const)
    const name = n % 7 === 0 ? '𠮷野 さくら' : '佐藤 花子'
    return changeOf(
      merchant,
      { shopId, method: 'np_postpaid', amountYen, site, name, orderedAt: attempts[0]?.at ?? '2026-09-01T00:00:00Z' },
      attempts.map((attempt, index) => newsOf(attempt, `${n}-${index}`)),
    )
  })
  await bff.deps.db.owner.transaction().execute((tx) => record(tx, bff.merchantId, changes))
})
afterAll(() => bff.close())

/** A life of screening as NP may tell it: no result twice in a row, at most one approval, and it ends there. */
function randomAttempts(random: Random): Attempt[] {
  const attempts: Attempt[] = []
  let at = atTime(FIRST_DAY, 9).getTime() + random.below(60) * 86_400_000
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const last = attempts.at(-1)?.result
    const result = random.pick(['approved', 'on_hold', 'on_hold', 'rejected', 'in_review', 'refused'])
    if (result === last || (result === 'refused' && attempts.some((each) => each.result !== 'refused'))) continue
    attempts.push({ result, reasons: reasonsOf(random, result), at: new Date(at).toISOString() })
    if (result === 'approved') break
    at += (1 + random.below(72)) * 3_600_000
  }
  return attempts
}

function reasonsOf(random: Random, result: string): string[] {
  if (result === 'on_hold') return random.chance(30) ? ['RE009', 'RE014'] : [random.pick(['RE009', 'RE021', 'RE777'])]
  if (result === 'rejected') return [random.pick(['NG001', 'NG999'])]
  return result === 'refused' ? ['E0100059'] : []
}

function newsOf({ result, reasons, at }: Attempt, key: string): DatedNews {
  const news: ProviderNews =
    result === 'refused'
      ? { kind: 'refused', codes: reasons }
      : { kind: 'screening', providerId: `NP-${key}`, result: result as 'approved', reasons }
  return { at, news }
}

async function read<T>(path: string): Promise<T> {
  const response = await client.get(path)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as T
}

async function everyPage(query: string): Promise<ScreeningRow[]> {
  const rows: ScreeningRow[] = []
  for (let cursor = ''; ;) {
    const page = await read<{ items: ScreeningRow[]; nextCursor: string | null }>(
      `/api/screenings?${query}&limit=37${cursor === '' ? '' : `&cursor=${cursor}`}`,
    )
    rows.push(...page.items)
    if (page.nextCursor === null) return rows
    cursor = page.nextCursor
  }
}

function allAttempts(): Array<Attempt & Made> {
  return made.flatMap((payment) => payment.attempts.map((attempt) => ({ ...payment, ...attempt })))
}

describe('the table', () => {
  test('holds every attempt once, the newest first, with the code NP writes', async () => {
    const rows = await everyPage('sort=decidedAt')
    expect(rows).toHaveLength(allAttempts().length)
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
    const times = rows.map((row) => row.decidedAt)
    expect(times).toEqual(times.toSorted().reverse())
    const codes = { approved: '00', on_hold: '10', rejected: '20', in_review: '40', refused: null }
    for (const row of rows) expect(row.wireCode).toBe(codes[row.result])
  })

  test('is sorted by amount, and a cursor of one order is no place in another', async () => {
    const amounts = (await everyPage('sort=amountYen&direction=asc')).map((row) => row.amountYen)
    expect(amounts).toEqual(amounts.toSorted((a, b) => a - b))
    const { nextCursor } = await read<{ nextCursor: string }>('/api/screenings?limit=1')
    const refused = await client.get(`/api/screenings?sort=amountYen&cursor=${nextCursor}`)
    expect([refused.status, (await errorOf(refused)).code]).toEqual([400, 'request.invalid'])
  })

  const filters: ReadonlyArray<readonly [string, (attempt: Attempt & Made) => boolean]> = [
    ['result=on_hold,rejected', (attempt) => ['on_hold', 'rejected'].includes(attempt.result)],
    ['reason=RE014', (attempt) => attempt.reasons.includes('RE014')],
    ['reason=RE777', (attempt) => attempt.reasons.includes('RE777')],
    ['reason=NG999&result=on_hold', () => false],
    ['reason=E0100059', (attempt) => attempt.result === 'refused'],
    [
      'from=2026-09-10&to=2026-09-20',
      ({ at }) => dayOf(new Date(at)) >= '2026-09-10' && dayOf(new Date(at)) <= '2026-09-20',
    ],
  ]
  test.each(filters)('filtered by %s lists and sums the same attempts', async (query, holds) => {
    const expected = allAttempts().filter(holds)
    const rows = await everyPage(query)
    expect(rows).toHaveLength(expected.length)
    const totals = await read<ScreeningTotals>(`/api/screenings/totals?${query}`)
    expect(totals.count).toBe(expected.length)
    expect(totals.amountYen).toBe(expected.reduce((sum, attempt) => sum + attempt.amountYen, 0))
    for (const { result, count } of totals.byResult)
      expect(count).toBe(expected.filter((attempt) => attempt.result === result).length)
  })

  test('is searched by customer as the ledger is', async () => {
    const rows = await everyPage(`q=${encodeURIComponent('さくら')}`)
    expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows.map((row) => row.customerName))).toEqual(new Set(['𠮷野 さくら']))
  })

  test('never shows what another merchant asked', async () => {
    const elsewhere = await bff.signInElsewhere('admin')
    expect(await (await elsewhere.get('/api/screenings')).json()).toEqual({ items: [], nextCursor: null })
  })
})

describe('the figures', () => {
  const periods = ['from=2026-09-01&to=2026-12-31', 'from=2026-09-15&to=2026-10-05', 'from=2026-10-01&to=2026-10-01']
  test.each(periods)('of %s equal a count by hand', async (period) => {
    for (const shop of [undefined, bff.shopIds[0]]) {
      const figures = await read<ScreeningFigures>(
        `/api/screenings/figures?${period}${shop === undefined ? '' : `&shop=${shop}`}`,
      )
      expect(figures).toMatchObject(countByHand(figures.from, figures.to, shop))
    }
  })

  test('rank the reasons, the most frequent first', async () => {
    const { reasons } = await read<ScreeningFigures>('/api/screenings/figures?from=2026-09-01&to=2026-12-31')
    const counts = new Map<string, number>()
    for (const { reasons: codes } of allAttempts())
      for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
    const ranked = [...counts].map(([code, count]) => ({ code, count }))
    expect(reasons).toEqual(ranked.sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)))
  })
})

function countByHand(from: string, to: string, shop: string | undefined) {
  const isIn = ({ at }: Attempt) => dayOf(new Date(at)) >= from && dayOf(new Date(at)) <= to
  const counts = { firstResults: 0, approvedAtOnce: 0, approvedInTheEnd: 0, held: 0, heldThenApproved: 0 }
  for (const { attempts, shopId } of made) {
    if (shop !== undefined && shopId !== shop) continue
    const isApproved = attempts.some((attempt) => attempt.result === 'approved')
    const first = attempts.find((attempt) => attempt.result !== 'in_review')
    if (first !== undefined && isIn(first)) {
      counts.firstResults += 1
      if (first.result === 'approved') counts.approvedAtOnce += 1
      if (isApproved) counts.approvedInTheEnd += 1
    }
    const hold = attempts.find((attempt) => attempt.result === 'on_hold')
    if (hold !== undefined && isIn(hold)) {
      counts.held += 1
      if (isApproved) counts.heldThenApproved += 1
    }
  }
  return counts
}

describe('the export', () => {
  test('writes what the table shows, in words, and says its sums beside it', async () => {
    const response = await client.get('/api/screenings/export.csv?result=on_hold&language=ja')
    const [header, ...lines] = (await response.text()).replace('\uFEFF', '').trim().split(/\r?\n/)
    const expected = allAttempts().filter((attempt) => attempt.result === 'on_hold')
    expect(header).toMatch(/^注文番号,購入者,審査結果,結果コード,理由,/)
    expect(lines).toHaveLength(expected.length)
    expect(response.headers.get('X-Choba-Rows')).toBe(String(expected.length))
    expect(lines.every((line) => line.includes(',保留,10,'))).toBe(true)
    expect(lines.filter((line) => line.includes('購入者の住所が不完全です')).length).toBeGreaterThan(0)
    expect(lines.filter((line) => line.includes('RE777')).length).toBeGreaterThan(0)
  })

  test('is refused in CP932 while a name cannot be written, until something may stand for it', async () => {
    const check = await read<{ unmappableCount: number; unmappable: string[] }>(
      '/api/screenings/export/check?encoding=cp932',
    )
    expect(check.unmappable).toEqual(['𠮷'])
    expect(check.unmappableCount).toBeGreaterThan(0)
    expect((await client.get('/api/screenings/export.csv?encoding=cp932')).status).toBe(409)
    const file = await client.get('/api/screenings/export.csv?encoding=cp932&substitute=geta')
    expect([file.status, (await file.arrayBuffer()).byteLength > 0]).toEqual([200, true])
  })
})
