/** The shipment report, and the arrival NP confirms at the carrier: without it there is no replacement payment. */
import { addDays, atTime, dayOf, type BusinessDate } from '@choba/shared/dates.ts'
import { findCarrier } from '@choba/wire/np/carriers.ts'
import { shipmentCodes } from '@choba/wire/np/field-rules.ts'
import type { NpDone, NpRow, NpShipment } from '@choba/wire/np/messages.ts'
import type { NpAccount } from '../accounts.ts'
import { chance, integerBetween } from '../random.ts'
import { disputeOnArrival, isDisputed } from './disputes.ts'
import { invoiceOnArrival, scheduleInvoice } from './invoices.ts'
import { amend, findOwn, seedOf, type NpBook, type NpRecord } from './record.ts'
import { awaitClosing } from './replacement-payments.ts'
import { steeringOf } from './steering.ts'

const SLOW_SHARE = 0.01
/** Without tracking NP asks the carrier by its own way; assumed to take a week. */
const UNTRACKED_DAYS = 7
/** A slip number of nines belongs to nobody: the parcel is never found. */
const LOST_SLIP = /^9{6,}$/

export function registerShipmentTasks(book: NpBook): void {
  book.deps.schedule.on<{ npId: string }>('np.arrival', ({ npId }, now) => {
    const record = book.records.get(npId)
    if (record?.status === 'active' && record.shipment && !record.arrivalConfirmedOn)
      confirmArrival(book, record, dayOf(now))
  })
}

export function reportShipment(book: NpBook, account: NpAccount, report: NpShipment): NpRow<NpDone> {
  const record = findOwn(book, account, report.npTransactionId)
  const refused = (codes: readonly string[]): NpRow<NpDone> => ({ ok: false, id: report.npTransactionId, codes })
  if (!record) return refused(['E0100113'])
  const state = shippingRefusal(record)
  if (state) return refused([state])
  const codes = shipmentCodes(report, record.transaction.settlementType)
  const today = dayOf(book.deps.clock.now())
  if (report.billIssuedOn && report.billIssuedOn > addDays(today, 14)) codes.push('E0100126')
  if (codes.length > 0) return refused(codes)
  const { carrierCode, slipNumber, billIssuedOn } = report
  const shipped = amend(book, record, {
    shipment: { carrierCode, slipNumber, shippedOn: today, ...(billIssuedOn ? { billIssuedOn } : {}) },
  })
  scheduleArrival(book, shipped, today)
  scheduleInvoice(book, shipped, today)
  return { ok: true, value: { npTransactionId: record.npId } }
}

export function confirmArrival(book: NpBook, record: NpRecord, day: BusinessDate): void {
  const arrived = disputeOnArrival(book, amend(book, record, { arrivalConfirmedOn: day }), day)
  invoiceOnArrival(book, arrived, day)
  if (!isDisputed(arrived)) awaitClosing(book, arrived, 'sale')
}

export function scheduleArrival(book: NpBook, record: NpRecord, shippedOn: BusinessDate): void {
  const days = daysToArrival(record)
  if (days !== undefined)
    book.deps.schedule.at(atTime(addDays(shippedOn, days), 15), 'np.arrival', { npId: record.npId })
}

/** What stands against shipping a transaction in its state. */
function shippingRefusal(record: NpRecord): string | undefined {
  if (record.status !== 'active') return 'E0100114'
  if (record.shipment) return 'E0100115'
  if (record.screening.outcome.result === 'in_review') return 'E0100121'
  return record.screening.outcome.result === 'approved' ? undefined : 'E0100120'
}

function daysToArrival(record: NpRecord): number | undefined {
  const seed = seedOf(record)
  const steered = steeringOf(record.transaction).arrival
  if (steered === 'never' || LOST_SLIP.test(record.shipment?.slipNumber ?? '')) return undefined
  if (steered === 'slow' || chance('np.slow', seed) < SLOW_SHARE) return integerBetween(10, 20, 'np.slow_days', seed)
  const tracked = findCarrier(record.shipment?.carrierCode ?? '')?.trackable ?? false
  return tracked ? integerBetween(1, 3, 'np.arrival', seed) : UNTRACKED_DAYS
}
