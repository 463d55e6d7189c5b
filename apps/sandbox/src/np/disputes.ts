/** A customer who quarrels with the shop: until that is settled NP makes no replacement payment (np-postpaid 1.4). How the API tells it is assumed. */
import { addDays, atTime, dayOf, type BusinessDate } from '@choba/shared/dates.ts'
import { amend, type NpBook, type NpRecord } from './record.ts'
import { awaitClosing, leaveClosing } from './replacement-payments.ts'
import { steeringOf } from './steering.ts'

const SETTLED_AFTER_DAYS = 21

export function registerDisputeTasks(book: NpBook): void {
  book.deps.schedule.on<{ npId: string }>('np.dispute_end', ({ npId }, now) => {
    const record = book.records.get(npId)
    if (record) closeDispute(book, record, dayOf(now))
  })
}

/** A steered customer complains as soon as the parcel is there. */
export function disputeOnArrival(book: NpBook, record: NpRecord, day: BusinessDate): NpRecord {
  const { dispute } = steeringOf(record.transaction)
  if (dispute === undefined || record.dispute) return record
  if (dispute === 'settles')
    book.deps.schedule.at(atTime(addDays(day, SETTLED_AFTER_DAYS), 12), 'np.dispute_end', { npId: record.npId })
  return openDispute(book, record, day)
}

/** What is on a statement stays there. */
export function openDispute(book: NpBook, record: NpRecord, day: BusinessDate): NpRecord {
  if (isDisputed(record)) return record
  leaveClosing(book, record)
  return amend(book, record, { dispute: { openedOn: day } })
}

export function closeDispute(book: NpBook, record: NpRecord, day: BusinessDate): NpRecord {
  if (!record.dispute || !isDisputed(record)) return record
  const settled = amend(book, record, { dispute: { ...record.dispute, closedOn: day } })
  if (settled.status === 'active' && settled.arrivalConfirmedOn && !settled.payout) awaitClosing(book, settled, 'sale')
  return settled
}

export function isDisputed(record: NpRecord): boolean {
  return record.dispute !== undefined && record.dispute.closedOn === undefined
}
