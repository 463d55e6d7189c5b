/** Giving money back by the merchant's own bank: asked for, made, given up. The books say it when it was made. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { customerReturns } from '@choba/shared/contracts/customer-returns.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { SecretBox } from '../../core/secret-box.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Db } from '../../db/client.ts'
import { listNames } from '../../db/people.ts'
import type { ConvenienceStoreFacts } from '../../domain/payment/convenience-store.ts'
import type { PaymentState } from '../../domain/payment/payment.ts'
import { applyNews } from '../../ledger/apply-news.ts'
import { lockPayments, record } from '../../ledger/record.ts'
import {
  endTransfer,
  findByKey,
  findTransfer,
  insertTransfer,
  isPaidTwice,
  listReturns,
  lockTransfer,
} from './customer-returns.queries.ts'

export type CustomerReturnDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly secrets: SecretBox
  readonly providerClocks: ProviderClocks
}
type Done = { readonly id: string }

const PAGE = 100

export async function getReturns(
  { db }: CustomerReturnDeps,
  { merchantId }: Session,
  { view, shop, cursor }: Parsed<typeof customerReturns.list>['query'],
): Promise<Output<typeof customerReturns.list>> {
  const page = await listReturns(db.merchant(merchantId), merchantId, { view, shop, cursor, limit: PAGE })
  const people = page.items.flatMap(({ requestedBy, endedBy }) => [requestedBy, endedBy].filter((id) => id !== null))
  const names = await listNames(db, merchantId, [...new Set(people)])
  const nameOf = (id: string | null) => id && (names.get(id) ?? id)
  return {
    items: page.items.map((row) => ({ ...row, requestedBy: nameOf(row.requestedBy), endedBy: nameOf(row.endedBy) })),
    nextCursor: page.nextCursor,
  }
}

/** @throws AppError resource.not_found, return.not_owed, return.not_open while a transfer is under way, idempotency.conflict */
export async function requestReturn(
  deps: CustomerReturnDeps,
  session: Session,
  body: Parsed<typeof customerReturns.request>['body'],
): Promise<Done> {
  const { merchantId } = session
  const { accountNumber, ...asked } = body
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const payment = (await lockPayments(tx, merchantId, [asked.paymentId])).get(asked.paymentId)
      if (payment === undefined) throw new AppError('resource.not_found', { id: asked.paymentId })
      const earlier = await findByKey(tx, merchantId, asked.idempotencyKey)
      if (earlier !== undefined) {
        if (earlier.paymentId === asked.paymentId && earlier.amountYen === asked.amountYen)
          return { id: earlier.returnId }
        throw new AppError('idempotency.conflict', { id: earlier.returnId })
      }
      const paidTwice = await isPaidTwice(tx, merchantId, asked.paymentId)
      if (asked.amountYen > owedOf(payment.state, paidTwice))
        throw new AppError('return.not_owed', { id: asked.paymentId, amountYen: asked.amountYen })
      const returnId = uuidv7()
      await insertTransfer(tx, {
        ...asked,
        merchantId,
        returnId,
        paidTwice,
        shopId: payment.state.books.shopId,
        accountBox: deps.secrets.seal(accountNumber, accountContext(merchantId, returnId)),
        accountEnding: accountNumber.slice(-3),
        requestedBy: session.userId,
        requestedAt: deps.clock.now(),
      })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'customer_return.request',
        subject: { kind: 'payment', id: asked.paymentId },
        after: { returnId, amountYen: asked.amountYen },
      })
      return { id: returnId }
    })
}

/** @throws AppError resource.not_found, return.not_open, return.not_owed, request.invalid for a day to come */
export async function completeReturn(
  deps: CustomerReturnDeps,
  session: Session,
  id: string,
  { paidOn, reference }: Parsed<typeof customerReturns.complete>['body'],
): Promise<Done> {
  const { merchantId } = session
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const known = await findTransfer(tx, merchantId, id)
      if (known === undefined) throw new AppError('resource.not_found', { id })
      const before = (await lockPayments(tx, merchantId, [known.paymentId])).get(known.paymentId)
      const transfer = await lockTransfer(tx, merchantId, id)
      if (before === undefined || transfer === undefined) throw new AppError('resource.not_found', { id })
      if (transfer.state === 'done' && transfer.paidOn === paidOn && transfer.reference === reference) return { id }
      if (transfer.state !== 'requested') throw new AppError('return.not_open', { id, state: transfer.state })
      const now = latest(deps.clock.now(), deps.providerClocks.now(before.state.books.connectionId))
      if (paidOn > dayOf(now))
        throw new AppError('request.invalid', { issues: [{ path: 'paidOn', message: 'a day to come' }] })
      // Only the transfer settles which payment of the order is the sale: the slip ends with it, as a cancelled one.
      const at = now.toISOString()
      const { events, refusals } = applyNews(before.state, [
        ...(transfer.paidTwice ? [{ at, news: { kind: 'cancelled', by: 'merchant' } as const }] : []),
        {
          at,
          news: { kind: 'owed_returned', returnId: id, amountYen: yen(transfer.amountYen), on: paidOn, reference },
        },
      ])
      if (refusals.length > 0) throw new AppError('return.not_owed', { id, amountYen: transfer.amountYen })
      await endTransfer(tx, merchantId, id, {
        state: 'done',
        paidOn,
        reference,
        endedBy: session.userId,
        endedAt: deps.clock.now(),
      })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'customer_return.complete',
        subject: { kind: 'payment', id: transfer.paymentId },
        after: { returnId: id, amountYen: transfer.amountYen, paidOn, reference },
      })
      await record(tx, merchantId, [{ paymentId: transfer.paymentId, before, events, actor: person(session) }])
      return { id }
    })
}

/** @throws AppError resource.not_found, return.not_open once it was made */
export async function dropReturn(
  deps: CustomerReturnDeps,
  session: Session,
  id: string,
  reason: string,
): Promise<Done> {
  const { merchantId } = session
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const transfer = await lockTransfer(tx, merchantId, id)
      if (transfer === undefined) throw new AppError('resource.not_found', { id })
      if (transfer.state === 'dropped') return { id }
      if (transfer.state !== 'requested') throw new AppError('return.not_open', { id, state: transfer.state })
      await endTransfer(tx, merchantId, id, {
        state: 'dropped',
        paidOn: null,
        reference: null,
        endedBy: session.userId,
        endedAt: deps.clock.now(),
      })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'customer_return.drop',
        subject: { kind: 'payment', id: transfer.paymentId },
        after: { returnId: id, amountYen: transfer.amountYen },
        ...(reason === '' ? {} : { reason }),
      })
      return { id }
    })
}

/** @throws AppError resource.not_found */
export async function revealAccount(
  deps: CustomerReturnDeps,
  session: Session,
  id: string,
): Promise<Output<typeof customerReturns.account>> {
  const { merchantId } = session
  const db = deps.db.merchant(merchantId)
  const transfer = await findTransfer(db, merchantId, id)
  if (transfer === undefined) throw new AppError('resource.not_found', { id })
  await audit(db, {
    merchantId,
    actor: person(session),
    action: 'customer_return.reveal',
    subject: { kind: 'payment', id: transfer.paymentId },
    after: { returnId: id },
  })
  return { accountNumber: deps.secrets.open(transfer.accountBox, accountContext(merchantId, id)) }
}

/** As the slip says it, and the whole of one whose order another payment had paid too: also of books that were written before a cancelled slip's deposit was the customer's. */
function owedOf({ books, facts }: PaymentState, paidTwice: boolean): number {
  if (books.method !== 'convenience_store') return 0
  const slip = facts as ConvenienceStoreFacts // the method wrote them itself
  const depositedYen = slip.definite?.totalYen ?? 0
  return Math.max(depositedYen - (slip.cancelled || paidTwice ? 0 : books.amountYen) - (books.returnedYen ?? 0), 0)
}

function latest(a: Date, b: Date): Date {
  return a > b ? a : b
}

/** What an account number is bound to. */
export function accountContext(merchantId: string, returnId: string): string {
  return `customer_return:${merchantId}:${returnId}`
}
