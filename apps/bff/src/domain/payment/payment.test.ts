import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, businessDate } from '@choba/shared/dates.ts'
import { subtractYen, sumYen, type Yen, yen } from '@choba/shared/money.ts'
import { METHODS } from '@choba/shared/methods.ts'
import { PAYMENT_STATUSES } from '@choba/shared/states/payment.ts'
import { taxesOf } from '@choba/shared/tax.ts'
import { playHistory } from '../../testing/history.ts'
import { randomFrom } from '../../testing/random.ts'
import { type JournalDraft, post } from '../journal.ts'
import { taxSplit } from '../tax.ts'
import { receivableYen, soldYen, owedYen } from './books.ts'
import type { PaymentEvent } from './events.ts'
import type { DatedNews, ProviderNews } from './news.ts'
import { decide, evolve, type PaymentState, project } from './payment.ts'

const ORDERED_AT = '2026-06-10T03:00:00.000Z'

type Story = {
  readonly method: string
  readonly amountYen: number
  readonly reducedYen: number
  readonly news: readonly DatedNews[]
}

function open({ method, amountYen, reducedYen }: Story): PaymentState {
  const goods = [
    { unitPriceYen: amountYen - reducedYen, quantity: 1, taxRateBp: 1000 },
    { unitPriceYen: reducedYen, quantity: 1, taxRateBp: 800 },
  ]
  const event: PaymentEvent = {
    type: 'registered',
    shopId: 's1',
    method,
    orderNumber: 'O-1',
    orderBranch: 0,
    amountYen: yen(amountYen),
    taxes: taxesOf(goods, yen(amountYen)),
    site: 'pc',
    billingMethod: 'pay_as_you_go',
    connectionMethod: 'api',
    connectionId: 'c1',
  }
  return evolve(undefined, event, ORDERED_AT)
}

type Played = { readonly state: PaymentState; readonly entries: readonly JournalDraft[] }

/** Applies one piece of news the way the ledger does. */
function apply({ state, entries }: Played, dated: DatedNews): Played {
  const decision = decide(state, dated)
  if ('refusal' in decision) return { state, entries }
  let current = state
  const drafts = [...entries]
  for (const event of decision.events) {
    const draft = post(current.books, event, dated.at)
    if (draft !== undefined) drafts.push(draft)
    current = evolve(current, event, dated.at)
  }
  return { state: current, entries: drafts }
}

function play(story: Story): Played {
  return story.news.reduce(apply, { state: open(story), entries: [] })
}

const amounts = fc.integer({ min: 1, max: 12_000 }).map((amount): Yen => yen(amount))
const days = fc.integer({ min: 0, max: 120 }).map((n) => addDays(businessDate('2026-06-10'), n))
const ids = fc.constantFrom('p1', 'p2')
const fees = fc.array(
  fc.record({
    kind: fc.constantFrom('rate' as const, 'postage' as const),
    taxClass: fc.constantFrom('taxable10' as const, 'non_taxable' as const),
    amountYen: amounts,
    taxYen: amounts,
  }),
  { maxLength: 2 },
)

/** Any news, in any place: also what no provider would say at that moment. */
const anyNews: fc.Arbitrary<ProviderNews> = fc.oneof(
  fc.record({
    kind: fc.constant('statement_line' as const),
    statementNumber: fc.constantFrom('A', 'B'),
    line: fc.integer({ min: 1, max: 2 }),
    closingOn: days,
    payOn: days,
    grossYen: amounts,
    fees,
  }),
  fc.record({ kind: fc.constant('statement_paid' as const), statementNumber: fc.constantFrom('A', 'B'), paidOn: days }),
  fc.record({ kind: fc.constant('refused' as const), codes: fc.constantFrom(['E1'], ['E2', 'E3']) }),
  fc.record({ kind: fc.constant('cancelled' as const), by: fc.constantFrom('merchant' as const, 'provider' as const) }),
  fc.record({ kind: fc.constant('amount_changed' as const), toYen: amounts }),
  fc.record({
    kind: fc.constant('screening' as const),
    providerId: ids,
    result: fc.constantFrom('approved' as const, 'on_hold' as const, 'rejected' as const, 'in_review' as const),
    reasons: fc.constantFrom([], ['RE009']),
  }),
  fc.record({ kind: fc.constant('shipment_accepted' as const), carrierCode: fc.constant('59010'), slipNumber: ids }),
  fc.record({
    kind: fc.constant('np_status' as const),
    state: fc.constantFrom('active' as const, 'cancelled' as const, 'expired' as const),
    invoice: fc.option(
      fc.record({
        issuedOn: days,
        dueOn: days,
        inquiryNumber: fc.constant('akt1'),
        reissue: fc.integer({ min: 0, max: 2 }),
      }),
    ),
    reminders: fc.option(fc.record({ count: fc.integer({ min: 1, max: 3 }), lastOn: days })),
    paid: fc.option(fc.record({ on: days, place: fc.constant('bank'), store: fc.constant(null) })),
    arrivalOn: fc.option(days),
  }),
  fc.record({
    kind: fc.constant('authorized' as const),
    providerId: ids,
    transactionId: fc.constant(null),
    brand: fc.constant('VISA'),
  }),
  fc.record({ kind: fc.constant('captured' as const), amountYen: amounts }),
  fc.record({ kind: fc.constant('refunded' as const), totalYen: amounts }),
  fc.record({
    kind: fc.constant('slip_issued' as const),
    providerId: ids,
    transactionId: fc.constant(null),
    store: fc.constant('lawson'),
    numbers: fc.constant(['1']),
    payBy: days,
  }),
  fc.record({
    kind: fc.constant('deposit' as const),
    certainty: fc.constantFrom('preliminary' as const, 'definite' as const),
    totalYen: fc.integer({ min: 0, max: 13_000 }).map((amount): Yen => yen(amount)),
  }),
  fc.record({ kind: fc.constant('slip_expired' as const) }),
  fc.record({
    kind: fc.constant('owed_returned' as const),
    returnId: ids,
    amountYen: amounts,
    on: days,
    reference: fc.constant('R1'),
  }),
)
const settlementNews = anyNews.filter((news) => news.kind === 'statement_line' || news.kind === 'statement_paid')
const instants = fc
  .integer({ min: 0, max: 200 })
  .map((hours) => new Date(Date.parse(ORDERED_AT) + hours * 3_600_000).toISOString())
const garbage: fc.Arbitrary<DatedNews> = fc.record({ at: instants, news: anyNews })

/** A plausible history with some of its news repeated, some moved and garbage in between. */
const stories: fc.Arbitrary<Story> = fc
  .record({
    method: fc.constantFrom(...METHODS),
    amountYen: fc.integer({ min: 1, max: 12_000 }),
    reducedPercent: fc.constantFrom(0, 30, 100),
    seed: fc.nat(),
    noise: fc.array(garbage, { maxLength: 12 }),
    settlements: fc.array(fc.record({ at: instants, news: settlementNews }), { maxLength: 5 }),
    moves: fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 8 }),
  })
  .map(({ method, amountYen, reducedPercent, seed, noise, settlements, moves }) => {
    const plausible = playHistory(randomFrom(seed), { method, amountYen, orderedAt: new Date(ORDERED_AT), key: '1' })
    const news = [...plausible, ...settlements]
    for (const [index, each] of noise.entries()) news.splice((seed + index * 7) % (news.length + 1), 0, each)
    for (const [from, to] of moves) {
      const repeated = news[from % Math.max(news.length, 1)]
      if (repeated !== undefined) news.splice(to % (news.length + 1), 0, repeated)
    }
    return { method, amountYen, reducedYen: Math.floor((amountYen * reducedPercent) / 100), news }
  })

function sumOf(entries: readonly JournalDraft[], account: string): number {
  return entries
    .flatMap((entry) => entry.lines)
    .filter((line) => line.account === account)
    .reduce((sum, line) => sum + line.amountYen, 0)
}

const RUNS = { numRuns: 1_500 }

test('every entry balances, whatever is said in whatever order', () => {
  fc.assert(
    fc.property(stories, (story) => {
      for (const entry of play(story).entries) {
        expect(sumYen(entry.lines.map((line) => line.amountYen))).toBe(0)
        expect(entry.lines.length).toBeGreaterThan(1)
        expect(entry.lines.every((line) => line.amountYen !== 0)).toBe(true)
      }
    }),
    RUNS,
  )
})

test('the receivable in the journal is what the provider owes by the books', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const { state, entries } = play(story)
      expect(sumOf(entries, 'receivable')).toBe(receivableYen(state.books))
      expect(sumOf(entries, 'bank')).toBe(state.books.paidOutYen - (state.books.returnedYen ?? 0))
      expect(0 - sumOf(entries, 'deposits_received')).toBe(owedYen(state.books))
    }),
    RUNS,
  )
})

test('what was paid out is the net of the statement lines that were paid, each once', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const { books } = play(story).state
      const paid = books.statements.filter((part) => part.paidOn !== null)
      expect(books.paidOutYen).toBe(sumYen(paid.map((part) => subtractYen(part.grossYen, part.feeYen))))
    }),
    RUNS,
  )
})

test('sales and their taxes add up to the split of what stands, through any partial captures and refunds', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const { state, entries } = play(story)
      const standing = taxSplit(state.books.taxes, soldYen(state.books))
      expect(0 - sumOf(entries, 'output_tax')).toBe(sumYen(standing.map((line) => line.taxYen)))
      expect(0 - sumOf(entries, 'sales')).toBe(sumYen(standing.map((line) => subtractYen(line.amountYen, line.taxYen))))
    }),
    RUNS,
  )
})

test('the same news twice in a row is the same as once', () => {
  fc.assert(
    fc.property(stories, (story) => {
      let played: Played = { state: open(story), entries: [] }
      for (const dated of story.news) {
        played = apply(played, dated)
        const again = apply(played, dated)
        expect([dated.news.kind, again.state]).toEqual([dated.news.kind, played.state])
        expect(again.entries).toHaveLength(played.entries.length)
      }
    }),
    RUNS,
  )
})

test('money never goes below nothing, nor above what was billed and captured', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const { books } = play(story).state
      expect(books.capturedYen).toBeGreaterThanOrEqual(0)
      // A reduction after shipment bills less than was captured; what stands is never more than what is billed.
      const reduced = story.news.some(({ news }) => news.kind === 'registered_again')
      expect(reduced ? books.capturedYen - books.refundedYen : books.capturedYen).toBeLessThanOrEqual(books.amountYen)
      expect(books.refundedYen).toBeGreaterThanOrEqual(0)
      expect(books.refundedYen).toBeLessThanOrEqual(books.capturedYen)
    }),
    RUNS,
  )
})

test('a state is plain JSON, so what is stored beside the projection reads back equal and projects the same', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const { state } = play(story)
      const stored = JSON.parse(JSON.stringify(state)) as PaymentState
      expect(stored).toEqual(state)
      expect(project(stored)).toEqual(project(state))
      expect(PAYMENT_STATUSES).toContain(project(state).status)
    }),
    RUNS,
  )
})
