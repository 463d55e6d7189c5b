/** Invoices that travel in the parcel, over the real flow: asked of NP, printed, kept, and reported with the parcel. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBars } from '../../apps/bff/src/testing/bar-reader.ts'
import { readPdf, type ReadPage } from '../../apps/bff/src/testing/pdf-reader.ts'
import type { PaymentPrint, PrintCheck, PrintResult } from '../../packages/shared/src/contracts/invoice-prints.ts'
import type { InvoiceRow } from '../../packages/shared/src/contracts/invoices.ts'
import type { ShipmentRow } from '../../packages/shared/src/contracts/shipments.ts'
import { type House, openHouse } from './house.ts'
import { act, order, type OrderWish, shipmentOf } from './orders.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

function check(body: object): Promise<PrintCheck> {
  return house.api<PrintCheck>('POST', '/api/invoices/print/check', body)
}

let keys = 0
function print(paymentIds: readonly string[], idempotencyKey = `print-key-${(keys += 1)}`): Promise<PrintResult> {
  return house.api<PrintResult>('POST', '/api/invoices/print', { idempotencyKey, paymentIds })
}

function bundled(...wishes: readonly OrderWish[]): Promise<string[]> {
  return order(
    house,
    wishes.map((wish) => ({ invoice: 'bundled' as const, ...wish })),
  )
}

async function pagesOf(printId: string | null, query = ''): Promise<ReadPage[]> {
  const answer = await house.client.get(`/api/invoices/prints/${printId}/invoices.pdf${query}`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  return readPdf(new Uint8Array(await answer.arrayBuffer()))
}

async function readyRow(paymentId: string): Promise<ShipmentRow | undefined> {
  return (await house.api<{ items: ShipmentRow[] }>('GET', '/api/shipments')).items.find(({ id }) => id === paymentId)
}

function reasons({ refused }: Pick<PrintResult, 'refused'>) {
  return new Map(refused.map(({ paymentId, reason, codes }) => [paymentId, [reason, ...codes]]))
}

test('a batch has a page for each order that NP bills, with NP’s number in bars, and a reason for each other', async () => {
  const [plain = '', dear = '', held = '', asked = ''] = await bundled(
    { address: '京都府京都市中京区髙﨑町1-2', shipOn: '2026-08-04' },
    { amountYen: 301_000, shipOn: '2026-08-05' },
    { email: 'hold-re009+a@example.jp' },
    { email: 'refuse-print+taro@example.jp' },
  )
  const [separate = ''] = await order(house, [{}])
  const nobody = '00000000-0000-4000-8000-000000000000'
  const all = [held, dear, plain, separate, asked, nobody]

  const checked = await check({ paymentIds: all })
  expect(checked.printable).toEqual([plain, dear, asked])
  expect(checked).toMatchObject({ bankOnly: 1, printedBefore: [], unprintable: [], left: 0 })
  expect(reasons(checked)).toEqual(
    new Map([
      [nobody, ['not_found']],
      [held, ['not_approved']],
      [separate, ['not_bundled']],
    ]),
  )

  const result = await print(all)
  expect(result.printed.map(({ paymentId }) => paymentId)).toEqual([plain, dear])
  expect(reasons(result).get(asked)).toEqual(['refused', 'E0109002'])
  expect(result.refused).toHaveLength(4)

  const [first, second, ...rest] = await pagesOf(result.printId)
  expect(rest).toEqual([])
  expect(first!.lines.join('')).toContain('京都府京都市中京区髙﨑町1-2山田 花子 様請求書')
  // The amount stands before the check digit, behind the due day and the stamp's mark.
  expect(readBars(first!.bars)).toMatch(/^91900000\d{21}02608170011000\d$/)
  expect(first!.lines).toContain('2026年8月17日')
  expect(second!.bars).toEqual([])
  expect(second!.lines.join('')).toContain('301,000円')
})

test('a repeated request answers the same pages, and with other orders it is refused', async () => {
  const [one = '', other = ''] = await bundled({}, {})
  const first = await print([one], 'the-same-key')
  // Were NP asked again, it would be met with this.
  house.gate.plan('/v1/invoices/print', 'request_lost')
  expect(await print([one], 'the-same-key')).toEqual(first)
  expect(house.gate.planned()).toBe(1)
  expect(reasons(await print([one])).get(one)).toEqual(['unanswered'])
  await expect(print([other], 'the-same-key')).rejects.toThrow('idempotency.conflict')
  const both = await Promise.all([print([other], 'another-key'), print([other], 'another-key')])
  expect(both[0]).toEqual(both[1])
})

test('the day of issue on the page is told with the parcel, and the bill is due by it', async () => {
  const [id = ''] = await bundled({})
  const { printed } = await print([id])
  expect(await readyRow(id)).toMatchObject({ printedOn: '2026-08-03', printStale: false })
  await house.moveDays(3)
  await act(house, 'report_shipment', id, shipmentOf(50))
  await house.moveDays(1)
  const bills = await house.api<{ items: InvoiceRow[] }>('GET', '/api/invoices?limit=200')
  expect(bills.items.find((row) => row.id === id)).toMatchObject({
    delivery: 'bundled',
    issuedOn: '2026-08-03',
    dueOn: printed[0]?.dueOn,
  })
  expect(reasons(await print([id])).get(id)).toEqual(['shipped'])
})

test('a page of an amount that has changed is no invoice any more, and can be seen as it was', async () => {
  const [id = ''] = await bundled({ amountYen: 12_000 })
  const before = await print([id])
  await act(house, 'change_amount', id, { amountYen: 9_000 })
  expect(await readyRow(id)).toMatchObject({ printedOn: null, printStale: true })
  const after = await print([id])
  expect((await check({ paymentIds: [id] })).printedBefore).toEqual([id])
  expect(await readyRow(id)).toMatchObject({ printedOn: after.printed[0]?.issuedOn, printStale: false })
  const { prints } = await house.api<{ prints: PaymentPrint[] }>('GET', `/api/payments/${id}/invoice-prints`)
  expect(prints.map(({ amountYen, stale }) => [amountYen, stale])).toEqual([
    [9_000, false],
    [12_000, true],
  ])
  expect((await pagesOf(before.printId, `?payment=${id}`))[0]!.lines).toContain('12,000円')
})

test('all bundled ones of the list are printed together, and what is not bundled is not spoken of', async () => {
  await order(house, [{}])
  const ids = await bundled({}, {}, {})
  const { printable, refused } = await check({ ready: {} })
  expect(printable).toEqual(expect.arrayContaining(ids))
  expect(refused).toEqual([])
  expect((await check({ ready: { q: 'nobody' } })).printable).toEqual([])
})

test.each(['request_lost', 'answer_lost', 'server_error'] as const)(
  'after %s nothing counts as printed, and the same orders can be printed later',
  async (mishap) => {
    const [id = ''] = await bundled({})
    house.gate.plan('/v1/invoices/print', mishap)
    const lost = await print([id])
    expect([lost.printId, reasons(lost).get(id)]).toEqual([null, ['unanswered']])
    expect(await readyRow(id)).toMatchObject({ printedOn: null, printStale: false })
    expect((await print([id])).printed).toHaveLength(1)
  },
)

test('who prints is kept, and who may not ship may not print', async () => {
  const { db } = house.bff.deps
  const audit = await db.owner
    .selectFrom('auditLog')
    .select(['action', 'subjectId'])
    .where('action', 'like', 'invoices.%')
    .execute()
  expect(new Set(audit.map(({ action }) => action))).toEqual(new Set(['invoices.print', 'invoices.download']))
  const accountant = await house.bff.signIn('accountant')
  const body = { idempotencyKey: 'not-allowed', paymentIds: ['00000000-0000-4000-8000-000000000000'] }
  expect((await accountant.send('POST', '/api/invoices/print', body)).status).toBe(403)
  expect((await accountant.get(`/api/invoices/prints/${audit[0]!.subjectId}/invoices.pdf`)).status).toBe(403)
  const stranger = await house.bff.signInElsewhere('admin')
  expect((await stranger.get(`/api/invoices/prints/${audit[0]!.subjectId}/invoices.pdf`)).status).toBe(404)
})

test('the merchant’s own lead stands on what is printed from then on, and not on what was printed before', async () => {
  const [before = '', after = ''] = await bundled({}, {})
  const first = await print([before])
  const text = { subject: '', body: '{shop}より、{where}でのお支払いをお願いします。' }
  const wish = { kind: 'bundled_invoice', language: 'ja', text }
  await house.api('PUT', '/api/text-templates', wish)
  const second = await print([after])
  const leads = [first, second].map(async ({ printId }) => (await pagesOf(printId))[0]?.lines.join(''))
  const [old, own] = await Promise.all(leads)
  expect(old).toContain('誠にありがとうございます')
  expect(own).toMatch(/より、コンビニエンスストアまたは銀行でのお支払いをお願いします。/)
  expect(own).not.toContain('誠にありがとうございます')
})
