/** The invoice to the customer and what the customer does about it: pays, pays late, asks for another one, never pays. Schedules are assumed. */
import { addDays, atTime, dayOf, type BusinessDate } from '@choba/shared/dates.ts'
import type { NpBillDelivery, NpPaymentPlace } from '@choba/wire/np/messages.ts'
import { addBusinessDays, nextBusinessDay } from '../business-days.ts'
import { chance, integerBetween, pick } from '../random.ts'
import { releaseCredit } from './credit.ts'
import { accountOf, amend, seedOf, type NpBook, type NpRecord } from './record.ts'
import { steeringOf } from './steering.ts'

/** Due date = issue date + 14 days, not rolled over holidays. */
export const DUE_DAYS = 14
const REMINDER_DAYS_AFTER_DUE = [3, 14, 28, 42, 56, 70] as const
const ELECTRONIC_SHARE = 0.08
const REISSUE_SHARE_OF_LATE = 0.25
const REISSUE_DAYS_AFTER_DUE = 5

export const PAYMENT_STORES = [
  'セブン-イレブン',
  'ローソン',
  'ファミリーマート',
  'ミニストップ',
  'セイコーマート',
  'デイリーヤマザキ',
  'ポプラ',
] as const

/** A bar code in an e-mail is read at these alone, and not at post offices (np-postpaid 1.2). */
const ELECTRONIC_STORES = ['セブン-イレブン', 'ローソン', 'ミニストップ', 'セイコーマート'] as const

type InvoiceTask = { readonly npId: string }
type PaymentTask = { readonly npId: string; readonly paidOn: BusinessDate }
type ReminderTask = { readonly npId: string; readonly dueOn: BusinessDate; readonly index: number }

export function registerInvoiceTasks(book: NpBook): void {
  const { schedule } = book.deps
  schedule.on<InvoiceTask>('np.invoice', ({ npId }, now) =>
    withOpen(book, npId, (record) => issue(book, record, dayOf(now))),
  )
  schedule.on<InvoiceTask>('np.reissue', ({ npId }, now) =>
    withOpen(book, npId, (record) => reissue(book, record, dayOf(now))),
  )
  schedule.on<ReminderTask>('np.reminder', (task, now) =>
    withOpen(book, task.npId, (record) => remind(book, record, task, dayOf(now))),
  )
  schedule.on<PaymentTask>('np.payment', ({ npId, paidOn }) =>
    withOpen(book, npId, (record) => reflect(book, record, paidOn)),
  )
}

/** Mailed on the next business day after the slip was registered; a bundled one (wiz) was printed by the merchant; an electronic one waits for the parcel. */
export function scheduleInvoice(book: NpBook, record: NpRecord, registeredOn: BusinessDate): void {
  const printedOn = record.shipment?.billIssuedOn
  if (record.transaction.settlementType === '03' && printedOn) issue(book, record, printedOn)
  else if (deliveryOf(book, record) === 'separate') scheduleIssue(book, record, registeredOn)
}

/** Assumed: the mail with the bar code leaves on the next business day after the arrival. */
export function invoiceOnArrival(book: NpBook, record: NpRecord, arrivedOn: BusinessDate): void {
  if (!record.bill && deliveryOf(book, record) === 'electronic') scheduleIssue(book, record, arrivedOn)
}

/** Assumed: NP agrees on the bar code by e-mail with some of the customers itself; the merchant's order does not say it. */
export function deliveryOf(book: NpBook, record: NpRecord): NpBillDelivery {
  if (record.transaction.settlementType === '03') return 'bundled'
  if (steeringOf(record.transaction).electronic) return 'electronic'
  const { seededOutcomes } = accountOf(book, record.merchantCode).settings
  const drawn = seededOutcomes && record.base === undefined && record.transaction.customer.email !== ''
  return drawn && chance('np.electronic', seedOf(record)) < ELECTRONIC_SHARE ? 'electronic' : 'separate'
}

function scheduleIssue(book: NpBook, record: NpRecord, after: BusinessDate): void {
  book.deps.schedule.at(atTime(nextBusinessDay(after), 9), 'np.invoice', { npId: record.npId })
}

function issue(book: NpBook, record: NpRecord, issuedOn: BusinessDate): void {
  const dueOn = addDays(issuedOn, DUE_DAYS)
  const bill = { issuedOn, dueOn, inquiryNumber: inquiryNumberOf(record), reissueCount: 0 }
  const billed = amend(book, record, { bill })
  scheduleReminder(book, billed, dueOn, 0)
  schedulePayment(book, billed, issuedOn, dueOn)
}

/** `akt` and 15 digits. */
export function inquiryNumberOf(record: NpRecord): string {
  return `akt${record.npId.padStart(15, '0')}`
}

/** A re-issued invoice has a new due date, and the reminders start over from it. */
function reissue(book: NpBook, record: NpRecord, today: BusinessDate): void {
  if (!record.bill) return
  const dueOn = addDays(today, DUE_DAYS)
  amend(book, record, { bill: { ...record.bill, dueOn, reissueCount: record.bill.reissueCount + 1 } })
  scheduleReminder(book, record, dueOn, 0)
}

function remind(book: NpBook, record: NpRecord, task: ReminderTask, today: BusinessDate): void {
  if (record.bill?.dueOn !== task.dueOn) return
  amend(book, record, { reminders: { count: (record.reminders?.count ?? 0) + 1, lastOn: today } })
  scheduleReminder(book, record, task.dueOn, task.index + 1)
}

function scheduleReminder(book: NpBook, record: NpRecord, dueOn: BusinessDate, index: number): void {
  const days = REMINDER_DAYS_AFTER_DUE[index]
  if (days !== undefined)
    book.deps.schedule.at(atTime(addDays(dueOn, days), 10), 'np.reminder', { npId: record.npId, dueOn, index })
}

function schedulePayment(book: NpBook, record: NpRecord, issuedOn: BusinessDate, dueOn: BusinessDate): void {
  const { schedule } = book.deps
  const seed = seedOf(record)
  const paidOn = paymentDayOf(record, issuedOn, dueOn)
  if (paidOn === undefined || paidOn > addDays(dueOn, REISSUE_DAYS_AFTER_DUE)) {
    const reissued = chance('np.reissue', seed) < REISSUE_SHARE_OF_LATE
    if (reissued) schedule.at(atTime(addDays(dueOn, REISSUE_DAYS_AFTER_DUE), 11), 'np.reissue', { npId: record.npId })
  }
  if (paidOn === undefined) return
  // The payment becomes visible to the merchant two or three business days later.
  const reflectedOn = addBusinessDays(paidOn, integerBetween(2, 3, 'np.reflect', seed))
  schedule.at(atTime(reflectedOn, 9), 'np.payment', { npId: record.npId, paidOn })
}

/** Undefined when the customer never pays. */
function paymentDayOf(record: NpRecord, issuedOn: BusinessDate, dueOn: BusinessDate): BusinessDate | undefined {
  const seed = seedOf(record)
  const steered = steeringOf(record.transaction).payment
  const draw = steered === undefined ? chance('np.pays', seed) : { early: 0, late: 0.9, never: 1 }[steered]
  if (draw < 0.8) return addDays(issuedOn, integerBetween(2, 13, 'np.early', seed))
  if (draw < 0.93) return addDays(dueOn, integerBetween(4, 20, 'np.late', seed))
  if (draw < 0.97) return addDays(dueOn, integerBetween(21, 45, 'np.very_late', seed))
  return undefined
}

function reflect(book: NpBook, record: NpRecord, paidOn: BusinessDate): void {
  const seed = seedOf(record)
  const electronic = deliveryOf(book, record) === 'electronic'
  const place = pick<NpPaymentPlace>(
    electronic
      ? ['convenience_store']
      : [...Array<NpPaymentPlace>(7).fill('convenience_store'), 'post_office', 'post_office', 'bank'],
    'np.place',
    seed,
  )
  const anywhere = [...PAYMENT_STORES.slice(0, 3), ...PAYMENT_STORES.slice(0, 3), ...PAYMENT_STORES]
  const stores: readonly string[] = electronic ? ELECTRONIC_STORES : anywhere
  const store = place === 'convenience_store' ? pick(stores, 'np.store', seed) : null
  amend(book, record, { payment: { paidOn, place, store } })
  releaseCredit(book, record)
}

/** A cancelled transaction has no invoice any more, and a paid one needs none. */
function withOpen(book: NpBook, npId: string, work: (record: NpRecord) => void): void {
  const record = book.records.get(npId)
  if (record?.status === 'active' && record.shipment && !record.payment) work(record)
}
