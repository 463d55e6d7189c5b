/** Registering a transaction, changing it, and the screening both lead to. */
import { addDays, atTime, dayOf, jstCompact, type BusinessDate } from '@choba/shared/dates.ts'
import { changedTransaction, type NpChangeOnWire } from '@choba/wire/np/decode-requests.ts'
import { transactionCodes } from '@choba/wire/np/field-rules.ts'
import type { NpRow, NpScreening, NpTransaction } from '@choba/wire/np/messages.ts'
import type { NpAccount } from '../accounts.ts'
import { chance, integerBetween } from '../random.ts'
import { releaseCredit, reserveCredit } from './credit.ts'
import { accountOf, amend, findOwn, seedOf, shopKey, type NpBook, type NpRecord } from './record.ts'
import { judge } from './screening.ts'
import { steeringOf } from './steering.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const REVIEW_SHARE = 0.008
/** A shop's id with the same total within a month looks like a double registration. */
const DOUBLE_DAYS = 31

type ScreeningTask = { readonly npId: string; readonly attempt: number }

export function registerScreeningTasks(book: NpBook): void {
  book.deps.schedule.on<ScreeningTask>('np.screening', ({ npId, attempt }) => {
    const record = book.records.get(npId)
    if (record?.status === 'active' && record.screening.attempt === attempt)
      decide(book, accountOf(book, record.merchantCode), record)
  })
  book.deps.schedule.on<ScreeningTask>('np.expiry', ({ npId, attempt }) => {
    const record = book.records.get(npId)
    if (record?.status !== 'active' || record.shipment || record.screening.attempt !== attempt) return
    releaseCredit(book, amend(book, record, { status: 'expired' }))
  })
}

export function register(book: NpBook, account: NpAccount, transaction: NpTransaction): NpRow<NpScreening> {
  const { shopTransactionId } = transaction
  const codes = transactionCodes(transaction)
  if (codes.length === 0 && isDouble(book, account, transaction)) codes.push('ESBX0008')
  if (codes.length > 0) return { ok: false, ...(shopTransactionId === '' ? {} : { id: shopTransactionId }), codes }
  const record = file(book, {
    npId: nextNpId(book),
    merchantCode: account.merchantCode,
    transaction,
    status: 'active',
    screening: { attempt: 1, outcome: { result: 'in_review' } },
    registeredAt: book.deps.clock.now().toISOString(),
  })
  return { ok: true, value: screeningOf(screen(book, account, record)) }
}

/** Changes what was approved or held, and screens it again. */
export function update(book: NpBook, account: NpAccount, change: NpChangeOnWire): NpRow<NpScreening> {
  const record = findOwn(book, account, change.npTransactionId)
  const refused = (codes: readonly string[]): NpRow<NpScreening> => ({ ok: false, id: change.npTransactionId, codes })
  if (!record) return refused(['E0100113'])
  const state = updateRefusal(record)
  if (state) return refused([state])
  const changed = changedTransaction(record.transaction, change)
  if (!changed.ok) return refused(changed.codes)
  // The shop's own id names the sale for good.
  const transaction = { ...changed.value, shopTransactionId: record.transaction.shopTransactionId }
  const codes = transactionCodes(transaction)
  if (codes.length > 0) return refused(codes)
  releaseCredit(book, record)
  const { heldFor } = record.screening
  const screening = {
    attempt: record.screening.attempt + 1,
    outcome: { result: 'in_review' as const },
    heldFor: heldFor ?? [],
  }
  return { ok: true, value: screeningOf(screen(book, account, amend(book, record, { transaction, screening }))) }
}

export function screeningOf(record: NpRecord): NpScreening {
  const { outcome, decidedAt } = record.screening
  const screening = { shopTransactionId: record.transaction.shopTransactionId, npTransactionId: record.npId, outcome }
  return decidedAt === undefined ? screening : { ...screening, decidedAt: new Date(decidedAt) }
}

/** Keeps a new record under its own id and the shop's. */
export function file(book: NpBook, record: NpRecord): NpRecord {
  const key = shopKey(record.merchantCode, record.transaction.shopTransactionId)
  book.records.put(record.npId, record)
  book.byShopId.put(key, [...(book.byShopId.get(key) ?? []), record.npId])
  return record
}

/** 11 digits: the day and a number within it. */
export function nextNpId(book: NpBook): string {
  const day = jstCompact(book.deps.clock.now()).slice(2, 8)
  return `${day}${String(book.deps.store.nextNumber(`np_transaction_${day}`)).padStart(5, '0')}`
}

function screen(book: NpBook, account: NpAccount, record: NpRecord): NpRecord {
  const delay = reviewMinutes(account, record)
  if (delay === 0) return decide(book, account, record)
  const at = new Date(book.deps.clock.now().getTime() + delay * MINUTE_MS)
  book.deps.schedule.at(at, 'np.screening', { npId: record.npId, attempt: record.screening.attempt })
  return record
}

function decide(book: NpBook, account: NpAccount, record: NpRecord): NpRecord {
  const { outcome, heldFor } = judge(book, account, record)
  const now = book.deps.clock.now()
  const { attempt } = record.screening
  const decided = amend(book, record, {
    screening: { attempt, outcome, decidedAt: now.toISOString(), ...(heldFor ? { heldFor } : {}) },
  })
  if (outcome.result === 'approved' || outcome.result === 'on_hold') reserveCredit(book, decided)
  if (outcome.result === 'approved') {
    const lapsesAt = new Date(now.getTime() + account.settings.approvalValidDays * DAY_MS)
    book.deps.schedule.at(lapsesAt, 'np.expiry', { npId: record.npId, attempt })
  }
  return decided
}

/** 0 = decided at once. Batch screening takes about ten minutes, a person's review hours. */
function reviewMinutes(account: NpAccount, record: NpRecord): number {
  const seed = `${seedOf(record)}/${record.screening.attempt}`
  const { review, screening } = steeringOf(record.transaction)
  const firstTime = record.screening.attempt === 1
  if (review && firstTime) return 180
  const drawn =
    account.settings.seededOutcomes && firstTime && screening === undefined && chance('np.review', seed) < REVIEW_SHARE
  if (drawn) return integerBetween(60, 1_200, 'np.review_minutes', seed)
  return account.settings.screening === 'batch' ? integerBetween(8, 12, 'np.batch_minutes', seed) : 0
}

function updateRefusal(record: NpRecord): string | undefined {
  if (record.status !== 'active') return 'E0100114'
  if (record.payment) return 'E0100118'
  if (record.shipment) return 'E0100115'
  if (record.screening.outcome.result === 'in_review') return 'E0100121'
  return record.screening.outcome.result === 'rejected' ? 'ESBX0012' : undefined
}

function isDouble(book: NpBook, account: NpAccount, transaction: NpTransaction): boolean {
  const since = atTime(addDays(dayOf(book.deps.clock.now()) as BusinessDate, -DOUBLE_DAYS), 0).toISOString()
  const npIds = book.byShopId.get(shopKey(account.merchantCode, transaction.shopTransactionId)) ?? []
  return npIds.some((npId) => {
    const record = book.records.get(npId)
    const open = record?.status === 'active' && record.screening.outcome.result !== 'rejected'
    return open && record.registeredAt >= since && record.transaction.billedAmountYen === transaction.billedAmountYen
  })
}
