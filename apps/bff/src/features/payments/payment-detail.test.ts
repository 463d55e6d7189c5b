import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { DatedNews } from '../../domain/payment/news.ts'
import { lockPayments, record } from '../../ledger/record.ts'
import { createTestApp, errorOf, type TestApp, type TestClient } from '../../testing/app.ts'
import { addTerms } from '../../testing/terms.ts'
import {
  addConnections,
  registerPayment,
  tellPayment,
  type TestMerchant,
  type TestOrder,
} from '../../testing/factory.ts'

let bff: TestApp
let accountant: TestClient
let merchant: TestMerchant

beforeAll(async () => {
  bff = await createTestApp({ clock: { now: () => new Date('2026-10-15T03:00:00Z') } })
  accountant = await bff.signIn('accountant')
  merchant = await addConnections(bff.deps.db.owner, bff.merchantId, bff.shopIds)
  const closes = { shopId: bff.shopIds[0], kind: 'closing' as const }
  await addTerms(bff.deps.db.owner, bff.merchantId, [
    { ...closes, method: 'np_postpaid', value: { cycle: 'weekly', roll: 'next' } },
    { ...closes, method: 'card', value: { cycle: 'month_end', roll: 'next' } },
  ])
})

afterAll(() => bff.close())

async function detail(id: string, client: TestClient = accountant): Promise<PaymentDetail> {
  const response = await client.get(`/api/payments/${id}`)
  expect(response.status).toBe(200)
  return (await response.json()) as PaymentDetail
}

const AUTHORIZED: DatedNews = {
  at: '2026-10-01T03:05:00.000Z',
  news: { kind: 'authorized', providerId: 'p-1', transactionId: 't-1', brand: 'VISA' },
}
const APPROVED: DatedNews = {
  at: '2026-10-01T04:00:00.000Z',
  news: { kind: 'screening', providerId: '1000000001', result: 'approved', reasons: [] },
}
const SHIPPED: DatedNews = {
  at: '2026-10-05T04:00:00.000Z',
  news: { kind: 'shipment_accepted', carrierCode: '59010', slipNumber: '400000000012' },
}
const ARRIVED: DatedNews = {
  at: '2026-10-08T04:00:00.000Z',
  news: {
    kind: 'np_status',
    state: 'active',
    invoice: null,
    reminders: null,
    paid: null,
    arrivalOn: businessDate('2026-10-08'),
  },
}

function register(order: TestOrder, news: readonly DatedNews[]): Promise<string> {
  return registerPayment(bff.deps.db.owner, merchant, order, news)
}

test('tells the way to the money with the days that are expected by the closing cycle', async () => {
  const id = await register({ method: 'np_postpaid' }, [APPROVED, SHIPPED, ARRIVED])
  expect((await detail(id)).moneyPath).toEqual([
    { kind: 'ordered', state: 'done', on: '2026-10-01' },
    { kind: 'screened', state: 'done', on: '2026-10-01' },
    { kind: 'shipped', state: 'done', on: '2026-10-05' },
    { kind: 'arrived', state: 'done', on: '2026-10-08' },
    { kind: 'settled', state: 'current', on: '2026-10-09' },
    { kind: 'paid_out', state: 'expected', on: '2026-10-16' },
  ])
})

test('expects no day where no cycle is known or the sale is not due yet', async () => {
  const id = await register({ method: 'convenience_store' }, [
    {
      at: '2026-10-01T03:05:00.000Z',
      news: {
        kind: 'slip_issued',
        providerId: 'c-1',
        transactionId: null,
        store: 'lawson',
        numbers: ['123456'],
        payBy: businessDate('2026-10-10'),
      },
    },
  ])
  expect((await detail(id)).moneyPath.slice(1)).toEqual([
    { kind: 'slip_issued', state: 'done', on: '2026-10-01' },
    { kind: 'deposited', state: 'current', on: '2026-10-10' },
    { kind: 'settled', state: 'expected', on: null },
    { kind: 'paid_out', state: 'expected', on: null },
  ])
})

test('a statement speaks over the cycle, and a partial refund stands where it happened', async () => {
  const id = await register({ method: 'card' }, [
    AUTHORIZED,
    { at: '2026-10-02T03:00:00.000Z', news: { kind: 'captured', amountYen: yen(11_000) } },
    { at: '2026-10-03T03:00:00.000Z', news: { kind: 'refunded', totalYen: yen(1_000) } },
    {
      at: '2026-10-14T03:00:00.000Z',
      news: {
        kind: 'statement_line',
        statementNumber: 'S1',
        line: 1,
        closingOn: businessDate('2026-10-13'),
        payOn: businessDate('2026-10-30'),
        grossYen: yen(10_000),
        fees: [{ kind: 'rate', taxClass: 'non_taxable', amountYen: yen(325), taxYen: yen(0) }],
      },
    },
  ])
  const shown = await detail(id)
  expect(shown.moneyPath.slice(2)).toEqual([
    { kind: 'captured', state: 'done', on: '2026-10-02' },
    { kind: 'refunded', state: 'done', on: '2026-10-03' },
    { kind: 'settled', state: 'done', on: '2026-10-13' },
    { kind: 'paid_out', state: 'current', on: '2026-10-30' },
  ])
  expect(shown.payment).toMatchObject({
    status: 'settled',
    capturedYen: 11_000,
    refundedYen: 1_000,
    feeYen: 325,
    netYen: 9_675,
  })
  expect(shown.entries.map((entry) => entry.kind)).toEqual(['sale', 'refund', 'fee'])
  for (const { lines } of shown.entries)
    expect(lines.reduce((sum, line) => sum + line.debitYen - line.creditYen, 0)).toBe(0)
  expect(shown.state['statements']).toMatchObject([{ statementNumber: 'S1', payOn: '2026-10-30' }])
})

test('a sale that ended says how and when, and expects nothing', async () => {
  const id = await register({ method: 'card' }, [
    AUTHORIZED,
    { at: '2026-10-02T03:00:00.000Z', news: { kind: 'cancelled', by: 'merchant' } },
  ])
  expect((await detail(id)).moneyPath.slice(1)).toEqual([
    { kind: 'authorized', state: 'done', on: '2026-10-01' },
    { kind: 'cancelled', state: 'done', on: '2026-10-02' },
  ])
})

test('names the person on the timeline, and nobody of another merchant', async () => {
  const { owner } = bff.deps.db
  const member = await owner
    .selectFrom('member')
    .select('userId')
    .where('merchantId', '=', bff.merchantId)
    .executeTakeFirstOrThrow()
  const id = await register({}, [AUTHORIZED])
  await owner.transaction().execute(async (tx) => {
    const before = (await lockPayments(tx, bff.merchantId, [id])).get(id)
    await record(tx, bff.merchantId, [
      {
        paymentId: id,
        before,
        events: [{ at: '2026-10-02T03:00:00Z', event: { type: 'captured', amountYen: yen(11_000) } }],
        actor: { kind: 'person', id: member.userId },
      },
    ])
  })
  const { timeline } = await detail(id)
  expect(timeline.map(({ sequence, type, actor }) => [sequence, type, actor])).toEqual([
    [1, 'registered', { kind: 'job', name: null }],
    [2, 'authorized', { kind: 'job', name: null }],
    [3, 'captured', { kind: 'person', name: 'accountant 太郎' }],
  ])
  expect(timeline[2]?.data).toEqual({ amountYen: 11_000 })
})

test('shows the journal to those who may read it, and offers each role what it may do today', async () => {
  const id = await register({ method: 'card' }, [
    AUTHORIZED,
    { at: '2026-10-02T03:00:00.000Z', news: { kind: 'captured', amountYen: yen(11_000) } },
  ])
  const [staff, admin] = [await bff.signIn('staff'), await bff.signIn('admin')]
  expect((await detail(id, staff)).entries).toEqual([])
  expect((await detail(id, admin)).entries).toHaveLength(1)
  const refund = async (client: TestClient) =>
    (await detail(id, client)).actions.find(({ action }) => action === 'refund')?.verdict
  expect(await refund(staff)).toEqual({ allowed: true, upToYen: 11_000 })
  expect(await refund(accountant)).toEqual({ allowed: false, reason: 'role_forbids', instead: null })
  expect((await detail(id)).actions.map(({ action }) => action)).toEqual(['capture', 'reauthorize', 'cancel', 'refund'])
})

test('finds the same order under another branch and the same customer, at most twenty', async () => {
  const person = { name: '清水 みつ', kana: 'シミズ ミツ', phone: '06-9999-0001' }
  const id = await register({ ...person, orderNumber: 'REL-1' }, [])
  const branch = await register({ name: '別人', phone: '', orderNumber: 'REL-1', orderBranch: 1 }, [])
  const elsewhere = await register({ name: '別人', phone: '', orderNumber: 'REL-1', shopId: bff.shopIds[1] }, [])
  for (let n = 0; n < 25; n += 1) await register({ ...person, phone: '0699990001' }, [])
  const { related } = await detail(id)
  expect(related).toHaveLength(20)
  expect(related[0]).toMatchObject({ id: branch, relation: 'same_order' })
  expect(new Set(related.slice(1).map((each) => each.relation))).toEqual(new Set(['same_customer']))
  expect(related.map((each) => each.id)).not.toContain(elsewhere)
})

test('shows what was said with the customer masked', async () => {
  const id = await register({}, [AUTHORIZED])
  const xml =
    '<?xml version="1.0" encoding="Shift_JIS"?><sps-api-response><res_result>OK</res_result><pay_method_info><last_name>山田</last_name><tel>0312345678</tel><bill_amount>11000</bill_amount></pay_method_info></sps-api-response>'
  await bff.deps.db.owner
    .insertInto('providerMessage')
    .values({
      merchantId: bff.merchantId,
      messageId: uuidv7(),
      connectionId: merchant.connections[bff.shopIds[0]] as string,
      provider: 'sbps',
      kind: 'sbps_answer',
      direction: 'inbound',
      uniqueKey: 'k1',
      paymentId: id,
      state: 'applied',
      contentType: 'text/xml; charset=Shift_JIS',
      body: iconv.encode(xml, 'cp932'),
      saidAt: new Date(),
      providerId: null,
      operationId: null,
      reason: null,
      appliedAt: null,
    })
    .execute()
  const { messages } = await detail(id)
  expect(messages[0]?.body).toBe(xml.replace('山田', '***').replace('0312345678', '***'))
})

test("answers not found for another merchant's payment and for what is no id", async () => {
  const stranger = await bff.signInElsewhere('admin')
  const id = await register({}, [])
  for (const [client, path] of [
    [stranger, id],
    [accountant, uuidv7()],
    [accountant, 'no-id'],
  ] as const) {
    const response = await client.get(`/api/payments/${path}`)
    expect([response.status, (await errorOf(response)).code]).toEqual([404, 'resource.not_found'])
  }
})

test('what happened later shows at once', async () => {
  const id = await register({ method: 'np_postpaid' }, [APPROVED])
  await tellPayment(bff.deps.db.owner, bff.merchantId, id, [SHIPPED])
  expect((await detail(id)).payment).toMatchObject({
    status: 'captured',
    slipNumber: '400000000012',
    capturedOn: '2026-10-05',
  })
})
