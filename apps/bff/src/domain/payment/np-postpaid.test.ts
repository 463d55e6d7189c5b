/** NP postpaid decided news by news: corrections, lapses, reductions after shipment, returns, disputes. */
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { receivableYen } from './books.ts'
import type { PaymentEvent } from './events.ts'
import type { NpPostpaidFacts } from './np-facts.ts'
import { projectNp } from './np-projection.ts'
import type { ProviderNews } from './news.ts'
import { decide, evolve, type PaymentState, standingOf } from './payment.ts'
import { post } from '../journal.ts'

const REGISTERED: PaymentEvent = {
  type: 'registered',
  shopId: 's',
  method: 'np_postpaid',
  orderNumber: 'A-1',
  orderBranch: 0,
  amountYen: yen(11_000),
  taxes: [{ rateBp: 1000, amountYen: yen(11_000), taxYen: yen(1_000) }],
  site: 'pc',
  billingMethod: 'pay_as_you_go',
  connectionMethod: 'api',
  connectionId: 'c',
  npPostpaid: { invoice: 'bundled', shipOn: businessDate('2026-08-05'), approvalDays: 30 },
}

function approved(providerId = '1'): ProviderNews {
  return { kind: 'screening', providerId, result: 'approved', reasons: [] }
}
function rejected(providerId = '1'): ProviderNews {
  return {
    kind: 'screening',
    providerId,
    result: 'rejected',
    reasons: ['NG001'],
  }
}
const shipped: ProviderNews = { kind: 'shipment_accepted', carrierCode: '59010', slipNumber: '123456789012' }
function status(more: Partial<Extract<ProviderNews, { kind: 'np_status' }>> = {}): ProviderNews {
  return {
    kind: 'np_status',
    state: 'active',
    invoice: null,
    reminders: null,
    paid: null,
    arrivalOn: null,
    ...more,
  }
}
const withdrawn: ProviderNews = { kind: 'claim_withdrawn', providerId: '1', toYen: yen(8_000) }
const again: ProviderNews = { kind: 'registered_again', providerId: '2', toYen: yen(8_000) }

type Told = { readonly state: PaymentState; readonly refusals: readonly string[]; readonly balance: number }

/** News one after the other, an hour apart; the journal is posted along and its receivable summed. */
function tell(...news: readonly (ProviderNews | PaymentEvent)[]): Told {
  let state = evolve(undefined, REGISTERED, '2026-08-01T00:00:00.000Z')
  let balance = 0
  const refusals: string[] = []
  for (const [index, piece] of news.entries()) {
    const at = new Date(Date.parse('2026-08-01T01:00:00Z') + index * 3_600_000).toISOString()
    const decision = 'kind' in piece ? decide(state, { at, news: piece }) : { events: [piece] }
    if ('refusal' in decision) refusals.push(decision.refusal)
    for (const event of 'events' in decision ? decision.events : []) {
      const entry = post(state.books, event, at)
      expect((entry?.lines ?? []).reduce((sum, line) => sum + line.amountYen, 0)).toBe(0)
      balance += (entry?.lines ?? []).reduce(
        (sum, line) => sum + (line.account === 'receivable' ? line.amountYen : 0),
        0,
      )
      state = evolve(state, event, at)
    }
  }
  expect(balance).toBe(receivableYen(state.books))
  return { state, refusals, balance }
}

function factsOf({ state }: Told): NpPostpaidFacts {
  return state.facts as NpPostpaidFacts
}

describe('what the order said', () => {
  test('stands in its facts: invoice in the parcel, planned day, how long an approval holds', () => {
    const told = tell(approved())
    expect(factsOf(told)).toMatchObject({ delivery: 'bundled', shipOn: '2026-08-05', approvalDays: 30 })
    expect(projectNp(told.state.books, factsOf(told))).toMatchObject({ lapsesOn: '2026-08-31', shipOn: '2026-08-05' })
  })
})

describe('a lapse', () => {
  test('is followed by a new transaction that keeps the history', () => {
    const told = tell(approved('1'), status({ state: 'expired' }), approved('2'))
    expect(standingOf(told.state)).toMatchObject({ status: 'authorized', providerId: '2' })
    expect(factsOf(told)).toMatchObject({ npIds: ['1', '2'], ended: null })
    expect(factsOf(told).attempts).toHaveLength(2)
  })

  test('a late word of the old transaction changes nothing', () => {
    const told = tell(
      approved('1'),
      status({ state: 'expired' }),
      approved('2'),
      status({ providerId: '1', state: 'expired' }),
      rejected('1'),
    )
    expect(standingOf(told.state).status).toBe('authorized')
  })

  test('a refused new registration is a failure, and can be tried once more', () => {
    const failed = tell(approved('1'), status({ state: 'expired' }), { kind: 'refused', codes: ['E0100059'] })
    expect(standingOf(failed.state)).toMatchObject({ status: 'failed', reasons: ['E0100059'] })
    const mended = tell(
      approved('1'),
      status({ state: 'expired' }),
      { kind: 'refused', codes: ['E0100059'] },
      approved('2'),
    )
    expect(standingOf(mended.state).status).toBe('authorized')
  })
})

describe('a smaller amount after shipment', () => {
  const begun: PaymentEvent = { type: 'reduction_begun', toYen: yen(8_000) }

  test('gives back the difference only, and the chain stays one payment', () => {
    const told = tell(approved(), shipped, begun, withdrawn, again)
    expect(told.state.books).toMatchObject({ amountYen: 8_000, capturedYen: 11_000, refundedYen: 3_000 })
    // The order's invoice was to be bundled; the parcel has left.
    expect(factsOf(told)).toMatchObject({ providerId: '2', npIds: ['1', '2'], reduction: null, delivery: 'separate' })
    expect(standingOf(told.state).status).toBe('captured')
    expect(told.balance).toBe(8_000)
  })

  test('between its halves the payment says that it is not registered again', () => {
    const told = tell(approved(), shipped, begun, withdrawn)
    expect(standingOf(told.state)).toMatchObject({ status: 'withdrawn', providerId: '1' })
    expect(projectNp(told.state.books, factsOf(told)).withdrawnOn).toBe('2026-08-01')
  })

  test('a poll that sees the cancelled claim before we do does not give the sale back', () => {
    const told = tell(approved(), shipped, begun, status({ state: 'cancelled' }), withdrawn, again)
    expect(told.state.books).toMatchObject({ refundedYen: 3_000, amountYen: 8_000 })
  })

  test('dropped before anything was cancelled, it leaves the claim as it was', () => {
    const told = tell(approved(), shipped, begun, { kind: 'reduction_dropped' })
    expect(standingOf(told.state).status).toBe('captured')
    expect(told.state.books.amountYen).toBe(11_000)
    expect(factsOf(tell(approved(), shipped, begun, withdrawn, { kind: 'reduction_dropped' })).reduction).not.toBeNull()
  })

  test('given up after the cancellation, it is a full return', () => {
    const told = tell(approved(), shipped, begun, withdrawn, { kind: 'cancelled', by: 'merchant' })
    expect(standingOf(told.state).status).toBe('cancelled')
    expect(told.balance).toBe(0)
  })

  test('a second reduction starts from the first one', () => {
    const told = tell(
      approved(),
      shipped,
      begun,
      withdrawn,
      again,
      { type: 'reduction_begun', toYen: yen(5_000) },
      { kind: 'claim_withdrawn', providerId: '2', toYen: yen(5_000) },
      { kind: 'registered_again', providerId: '3', toYen: yen(5_000) },
    )
    expect(told.state.books).toMatchObject({ amountYen: 5_000, refundedYen: 6_000 })
    expect(factsOf(told).npIds).toEqual(['1', '2', '3'])
  })

  test('in any order and repeated, news ends in at most one live claim and balanced books', () => {
    const pieces = [
      withdrawn,
      again,
      status({ state: 'cancelled', providerId: '1' }),
      status({ providerId: '2' }),
      status(),
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (news) => {
        const told = tell(approved(), shipped, begun, ...news)
        const { books } = told.state
        const sold = books.capturedYen - books.refundedYen
        expect([11_000, 8_000]).toContain(sold)
        expect(sold === 8_000).toBe(factsOf(told).providerId === '2')
      }),
    )
  })
})

describe('a correction', () => {
  test('names the fields, changes amount and tax, and is screened again', () => {
    const taxes = [{ rateBp: 800, amountYen: yen(10_800), taxYen: yen(800) }]
    const told = tell(
      { kind: 'screening', providerId: '1', result: 'on_hold', reasons: ['RE009'] },
      { kind: 'corrected', fields: ['customer.address', 'amount'], amountYen: yen(10_800), taxes },
      approved('1'),
    )
    expect(told.state.books).toMatchObject({ amountYen: 10_800, taxes })
    expect(standingOf(told.state)).toMatchObject({ status: 'authorized', reasons: [] })
  })
})

test('a screening that was asked for is one more attempt even when it comes out the same; a poll is not', () => {
  const held: ProviderNews = { kind: 'screening', providerId: '1', result: 'on_hold', reasons: ['RE009'] }
  expect(factsOf(tell(held, held)).attempts).toHaveLength(1)
  expect(factsOf(tell(held, { ...held, asked: true }, held)).attempts).toHaveLength(2)
})

describe('a dispute', () => {
  test('opens and closes with what NP says, and says nothing where NP does not', () => {
    expect(factsOf(tell(approved(), shipped, status({ disputed: true }))).disputed).toBe(true)
    expect(factsOf(tell(approved(), shipped, status({ disputed: true }), status())).disputed).toBe(true)
    expect(factsOf(tell(approved(), shipped, status({ disputed: true }), status({ disputed: false }))).disputed).toBe(
      false,
    )
  })
})

test('a rejection after an approval keeps the limit held, a first one does not', () => {
  expect(standingOf(tell(approved(), rejected()).state)).toMatchObject({ status: 'rejected', creditHeld: true })
  expect(standingOf(tell(rejected()).state)).toMatchObject({ status: 'rejected', creditHeld: false })
})
