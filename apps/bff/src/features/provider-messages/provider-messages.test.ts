import { afterAll, beforeAll, expect, test } from 'vitest'
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { taskHandlers } from '../../app.ts'
import { enqueueApply } from '../../jobs/apply-messages.ts'
import { keepMessages } from '../../ledger/inbox.ts'
import { verifyMerchant } from '../../ledger/verify.ts'
import type { Interpreted, StatementHead } from '../../providers/port.ts'
import { AT, messageOf } from '../../testing/scripted-provider.ts'
import { openShop, type Shopkeeper } from '../../testing/shopkeeper.ts'

let shop: Shopkeeper
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const DAY = { closingOn: businessDate('2026-11-27'), payOn: businessDate('2026-12-04') }

/** Keeps a message as if the provider had sent it, and applies what there is. */
async function hear(reading: Interpreted, uniqueKey: string, providerId: string | null = null): Promise<void> {
  await keep(reading, uniqueKey, providerId)
  await enqueueApply(shop.deps.db.owner, shop.merchantId)
  await shop.work()
}

async function keep(reading: Interpreted, uniqueKey: string, providerId: string | null = null): Promise<void> {
  const message = {
    ...messageOf(reading, uniqueKey, providerId),
    connectionId: shop.connectionId,
    provider: 'scripted',
    direction: 'inbound' as const,
    state: 'received' as const,
  }
  await shop.deps.db
    .merchant(shop.merchantId)
    .transaction()
    .execute((tx) => keepMessages(tx, shop.merchantId, [message]))
}

function captured(orderNumber: string, amountYen = 1100): Interpreted {
  return {
    kind: 'news',
    providerId: `P-${orderNumber}`,
    news: [{ at: AT, news: { kind: 'captured', amountYen: yen(amountYen) } }],
  }
}

function statement(statementNumber: string, orderNumbers: readonly string[]): Interpreted {
  const head: StatementHead = {
    statementNumber,
    method: 'card',
    ...DAY,
    grossYen: 1100 * orderNumbers.length,
    transferYen: 1064 * orderNumbers.length,
  }
  return {
    kind: 'statement',
    head,
    lines: orderNumbers.map((orderNumber, index) => ({
      line: index + 1,
      kind: 'sale',
      note: '',
      fixedFee: null,
      fees: [{ kind: 'rate', taxClass: 'non_taxable', amountYen: yen(36), taxYen: yen(0) }],
      providerId: `P-${orderNumber}`,
      orderNumber,
      grossYen: 1100,
      feeYen: 36,
      feeTaxYen: 0,
      transferYen: 1064,
      news: {
        at: AT,
        news: {
          kind: 'statement_line',
          statementNumber,
          line: index + 1,
          ...DAY,
          grossYen: yen(1100),
          fees: [{ kind: 'rate', taxClass: 'non_taxable', amountYen: yen(36), taxYen: yen(0) }],
        },
      },
    })),
  }
}

async function messages(state: string): Promise<Array<{ id: string; reason: string | null }>> {
  const response = await shop.client.get(`/api/provider-messages?state=${state}`)
  return ((await response.json()) as { items: Array<{ id: string; reason: string | null }> }).items
}

test('applies what a provider said once, however often it says it', async () => {
  const paymentId = await shop.order('M-1')
  await shop.work()
  await hear(captured('M-1'), 'once')
  await hear(captured('M-1'), 'once')
  await hear(captured('M-1'), 'the same under another key')
  expect(await shop.status(paymentId)).toMatchObject({ status: 'captured', capturedYen: 1100 })
  const { entries } = await verifyMerchant(shop.deps.db.owner, shop.merchantId)
  expect(entries).toBe(1)
})

test('lets a message wait for a payment that is not known yet, and applies it when the payment comes', async () => {
  await hear(captured('M-2'), 'early', 'P-M-2')
  expect((await messages('waiting')).map((message) => message.reason)).toEqual(['payment.unknown'])
  const paymentId = await shop.order('M-2')
  await shop.work()
  expect(await messages('waiting')).toEqual([])
  expect(await shop.status(paymentId)).toMatchObject({ status: 'captured' })
})

test('leaves no message and no job behind when many come at the same moment', async () => {
  const numbers = Array.from({ length: 12 }, (_, index) => `T-${index}`)
  const paymentIds = await Promise.all(numbers.map((number) => shop.order(number)))
  await shop.work()
  const apply = taskHandlers(shop.deps)['messages:apply']
  await Promise.all(
    numbers.map(async (number) => {
      await keep(captured(number), `${number} captured`)
      await apply?.({ merchantId: shop.merchantId }, undefined as never)
    }),
  )
  for (const paymentId of paymentIds) expect(await shop.status(paymentId)).toMatchObject({ status: 'captured' })
  expect(await messages('received')).toEqual([])
  const { rows } = await shop.deps.db.pool.query('select 1 from graphile_worker._private_jobs')
  expect(rows).toEqual([])
})

test('shows a message it cannot read with its reason and lets an admin replay it', async () => {
  await hear({ kind: 'unreadable', reason: 'xml' }, 'garbage')
  const [message] = await messages('waiting')
  expect(message?.reason).toBe('message.unreadable: xml')
  const staff = await shop.signIn('staff')
  expect((await staff.send('POST', `/api/provider-messages/${message?.id}/replay`, {})).status).toBe(403)
  const replayed = await shop.client.send('POST', `/api/provider-messages/${message?.id}/replay`, {})
  expect(await replayed.json()).toMatchObject({ state: 'received', reason: null })
  expect((await shop.client.send('POST', `/api/provider-messages/${message?.id}/replay`, {})).status).toBe(409)
  await shop.work()
  expect((await messages('waiting')).map((each) => each.reason)).toEqual(['message.unreadable: xml'])
})

test('the log is read by its newest, narrowed, and message by message with what is private masked', async () => {
  await shop.order('LOG-1')
  await shop.work()
  await hear(captured('LOG-1'), 'log:1', 'P-LOG-1')
  type Row = { id: string; providerId: string | null; direction: string }
  const read = async (query: string) =>
    ((await (await shop.client.get(`/api/provider-messages?state=applied&${query}`)).json()) as { items: Row[] }).items
  const all = await read('')
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => (a < b ? 1 : -1)))
  const [found, ...others] = await read('providerId=P-LOG-1&direction=inbound')
  expect([found?.providerId, others]).toEqual(['P-LOG-1', []])
  expect(await read('providerId=P-LOG-1&direction=outbound')).toEqual([])
  const whole = await shop.client.get(`/api/provider-messages/${found?.id}`)
  expect(await whole.json()).toMatchObject({ id: found?.id, text: expect.stringContaining('captured') })
  expect((await shop.client.get('/api/provider-messages/019aa000-0000-7000-8000-000000000000')).status).toBe(404)
})

test('books what a statement says of known orders, and ties a line to its order when that comes, though paid meanwhile', async () => {
  const first = await shop.order('M-3')
  await shop.work()
  await hear(captured('M-3'), 'M-3 captured')
  await hear({ kind: 'statement_paid', statementNumber: 'S-1', paidOn: DAY.payOn, saidAt: AT }, 'S-1 paid')
  await hear(statement('S-1', ['M-3', 'M-4']), 'statement:S-1')
  expect(await shop.status(first)).toMatchObject({ status: 'settled' })
  expect((await messages('waiting')).map((message) => message.reason)).toContain('statement.unknown_payments: 1')

  const replay = async () => {
    for (const message of await messages('waiting'))
      await shop.client.send('POST', `/api/provider-messages/${message.id}/replay`, {})
    await shop.work()
  }
  await replay()
  expect(await shop.status(first)).toMatchObject({ status: 'paid_out' })
  expect((await messages('waiting')).map((message) => message.reason)).toContain('statement.unknown_payments: 1')
  expect((await verifyMerchant(shop.deps.db.owner, shop.merchantId)).differences).toEqual([])

  // Its registration alone brings the statement back.
  const second = await shop.order('M-4')
  await shop.work()
  expect((await messages('waiting')).map((message) => message.reason)).not.toContain('statement.unknown_payments: 1')
  await hear(captured('M-4'), 'M-4 captured')
  await replay()
  for (const paymentId of [first, second]) expect(await shop.status(paymentId)).toMatchObject({ status: 'paid_out' })
  const statements = await shop.deps.db.owner
    .selectFrom('statement')
    .select(['statementNumber', 'state', 'transferYen'])
    .execute()
  expect(statements).toEqual([{ statementNumber: 'S-1', state: 'paid', transferYen: 2128 }])
})

test('leaves no receivable once a statement is paid, and books that verify', async () => {
  const { rows } = await shop.deps.db.pool.query<{
    yen: number
  }>(`select coalesce(sum(p.amount_yen), 0) as yen from posting p join journal_entry j using (merchant_id, entry_id)
    join payment y on y.merchant_id = j.merchant_id and y.payment_id = j.payment_id where p.account = 'receivable' and y.status = 'paid_out'`)
  expect(rows[0]?.yen).toBe(0)
  expect((await verifyMerchant(shop.deps.db.owner, shop.merchantId)).differences).toEqual([])
})
