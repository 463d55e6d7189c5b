/** A payment method that exists only here: one domain entry, and the door, the journal, the rollups and verify carry it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MethodRules, paymentCan } from '@choba/shared/states/payment.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { permissionsOf } from '@choba/shared/permissions.ts'
import { yen } from '@choba/shared/money.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { MethodDomain } from '../domain/payment/method.ts'
import { NOTHING, refuse } from '../domain/payment/method.ts'
import { actionFacts, METHOD_DOMAINS, type MethodRegistry } from '../domain/payment/payment.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { applyNews } from './apply-news.ts'
import { lockPayments, record } from './record.ts'
import { verifyMerchant } from './verify.ts'

type BarterFacts = { readonly agreed: boolean }

const barter: MethodDomain<BarterFacts> = {
  initial: { agreed: false },
  evolve: (facts, event) => (event.type === 'captured' ? { agreed: true } : facts),
  decide({ facts, books }, { news }) {
    if (news.kind !== 'captured') return refuse('news.not_for_this_method')
    return facts.agreed ? NOTHING : { events: [{ type: 'captured', amountYen: books.amountYen }] }
  },
  standing: ({ facts }) => ({
    status: facts.agreed ? 'captured' : 'registered',
    providerId: null,
    transactionId: null,
    slipNumber: null,
    reasons: [],
    next: null,
    shippedOn: null,
    creditHeld: false,
    customerPaid: facts.agreed,
    captureUntil: null,
    refundUntil: null,
  }),
}
const METHODS: MethodRegistry = { ...METHOD_DOMAINS, barter: barter as unknown as MethodDomain }

let bff: TestApp
beforeAll(async () => {
  bff = await createTestApp()
})
afterAll(() => bff.close())

test('books a sale by a method the rest of the house has never heard of', async () => {
  const { merchantId, shopIds } = bff
  const paymentId = uuidv7()
  const db = bff.deps.db.merchant(merchantId)
  const registered = {
    type: 'registered',
    shopId: shopIds[0],
    method: 'barter',
    orderNumber: 'B-1',
    orderBranch: 0,
    amountYen: yen(1080),
    taxes: [{ rateBp: 800, amountYen: yen(1080), taxYen: yen(80) }],
    site: 'pc',
    billingMethod: 'pay_as_you_go',
    connectionMethod: 'api',
    connectionId: uuidv7(),
  } as const
  const sheet = { customer: { name: '山田', kana: '', phone: '', email: '' }, delivery: null, goods: [] }
  await db.transaction().execute((tx) =>
    record(
      tx,
      merchantId,
      [
        {
          paymentId,
          before: undefined,
          events: [{ at: '2026-11-20T03:00:00Z', event: registered }],
          actor: { kind: 'job', id: 'test' },
          sheet,
        },
      ],
      METHODS,
    ),
  )
  await db.transaction().execute(async (tx) => {
    const before = (await lockPayments(tx, merchantId, [paymentId])).get(paymentId)
    if (before === undefined) throw new Error('not there')
    const { events } = applyNews(
      before.state,
      [{ at: '2026-11-20T04:00:00Z', news: { kind: 'captured', amountYen: yen(1080) } }],
      METHODS,
    )
    await record(tx, merchantId, [{ paymentId, before, events, actor: { kind: 'job', id: 'test' } }], METHODS)
  })

  const row = await db
    .selectFrom('payment')
    .select(['method', 'status', 'capturedYen', 'netYen'])
    .where('paymentId', '=', paymentId)
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ method: 'barter', status: 'captured', capturedYen: 1080, netYen: 1080 })
  const lines = await db.selectFrom('posting').select(['account', 'subAccount', 'amountYen']).orderBy('line').execute()
  expect(lines).toEqual([
    { account: 'receivable', subAccount: 'barter', amountYen: 1080 },
    { account: 'sales', subAccount: null, amountYen: -1000 },
    { account: 'output_tax', subAccount: null, amountYen: -80 },
  ])
  expect((await verifyMerchant(db, merchantId, METHODS)).differences).toEqual([])
})

test('asks the new method’s own rules what may be done', async () => {
  const rules: Record<string, MethodRules> = {
    barter: {
      capture: () => ({ allowed: true, upToYen: null }),
      cancel: () => ({ allowed: false, reason: 'payment_ended', instead: null }),
      refund: () => ({ allowed: false, reason: 'method_has_no_refund', instead: null }),
      change_amount: () => ({ allowed: false, reason: 'method_has_no_amount_change', instead: null }),
      correct: () => ({ allowed: false, reason: 'method_has_no_correction', instead: null }),
      reissue: () => ({ allowed: false, reason: 'method_has_no_slip', instead: null }),
      reauthorize: () => ({ allowed: false, reason: 'method_has_no_authorization', instead: null }),
      plan_shipping: () => ({ allowed: false, reason: 'method_has_no_shipment', instead: null }),
      reregister: () => ({ allowed: false, reason: 'method_has_no_reregistration', instead: null }),
      report_shipment: () => ({ allowed: false, reason: 'method_has_no_shipment', instead: null }),
    },
  }
  const { state } = await bff.deps.db.owner.selectFrom('payment').select('state').executeTakeFirstOrThrow()
  const facts = actionFacts(state as Parameters<typeof actionFacts>[0], null, METHODS)
  const today = businessDate('2026-11-20')
  expect(paymentCan('capture', facts, { permissions: permissionsOf('staff'), today }, rules).allowed).toBe(true)
  expect(paymentCan('capture', facts, { permissions: permissionsOf('accountant'), today }, rules)).toMatchObject({
    reason: 'role_forbids',
  })
  expect(paymentCan('refund', facts, { permissions: permissionsOf('staff'), today }, rules)).toMatchObject({
    reason: 'method_has_no_refund',
  })
})
