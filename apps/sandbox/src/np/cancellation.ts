/** Cancelling, before and after the money moved, and registering again for less after a part return. */
import { dayOf } from '@choba/shared/dates.ts'
import { amountCodes, shopTransactionIdCodes } from '@choba/wire/np/field-rules.ts'
import type { NpDone, NpReregistered, NpReregistration, NpRow } from '@choba/wire/np/messages.ts'
import type { NpAccount } from '../accounts.ts'
import { releaseCredit, reserveCredit } from './credit.ts'
import { scheduleInvoice } from './invoices.ts'
import { amend, findOwn, type NpBook, type NpRecord } from './record.ts'
import { file, nextNpId } from './registration.ts'
import { awaitClosing, leaveClosing } from './replacement-payments.ts'
import { confirmArrival, scheduleArrival } from './shipments.ts'

export function cancel(book: NpBook, account: NpAccount, npId: string): NpRow<NpDone> {
  const record = findOwn(book, account, npId)
  const code = record ? cancelRefusal(book, account, record) : 'E0100113'
  if (!record || code) return { ok: false, id: npId, codes: [code ?? 'E0100113'] }
  const cancelled = amend(book, record, { status: 'cancelled' })
  releaseCredit(book, cancelled)
  if (record.payout) awaitClosing(book, cancelled, 'offset')
  else leaveClosing(book, cancelled)
  return { ok: true, value: { npTransactionId: npId } }
}

/** A new transaction for what the customer kept: taken as shipped already, and not screened again. */
export function reregister(book: NpBook, account: NpAccount, request: NpReregistration): NpRow<NpReregistered> {
  const base = findOwn(book, account, request.baseNpTransactionId)
  const codes = base ? reregisterCodes(book, account, base, request) : ['E0100113']
  if (!base || codes.length > 0) return { ok: false, id: request.baseNpTransactionId, codes }
  const { shopTransactionId, shopOrderDate, billedAmountYen, goods } = request
  const today = dayOf(book.deps.clock.now())
  const now = book.deps.clock.now().toISOString()
  const { billIssuedOn: _printed, ...shipment } = base.shipment!
  const record = file(book, {
    npId: nextNpId(book),
    merchantCode: base.merchantCode,
    // A bundled invoice cannot be slipped into a parcel that has left: the new one is mailed.
    transaction: {
      ...base.transaction,
      settlementType: '02',
      shopTransactionId,
      shopOrderDate,
      billedAmountYen,
      goods,
    },
    status: 'active',
    screening: { attempt: 1, outcome: { result: 'approved' }, decidedAt: now },
    registeredAt: now,
    shipment,
    base: { npId: base.npId, depth: (base.base?.depth ?? 0) + 1 },
  })
  amend(book, base, { reregisteredAs: record.npId })
  reserveCredit(book, record)
  scheduleInvoice(book, record, today)
  if (base.arrivalConfirmedOn) confirmArrival(book, record, today)
  else scheduleArrival(book, record, today)
  return {
    ok: true,
    value: {
      baseNpTransactionId: base.npId,
      shopTransactionId,
      npTransactionId: record.npId,
      salesDate: shipment.shippedOn,
    },
  }
}

function cancelRefusal(book: NpBook, account: NpAccount, record: NpRecord): string | undefined {
  if (record.status !== 'active') return 'E0100114'
  if (record.payment) return 'E0100118'
  const paidOut = record.payout && book.statements.get(record.payout.statementNumber)?.status === 'paid'
  return paidOut && account.settings.cancelAfterPayout === 'refuse' ? 'E0100131' : undefined
}

function reregisterCodes(book: NpBook, account: NpAccount, base: NpRecord, request: NpReregistration): string[] {
  if (base.reregisteredAs !== undefined) return ['E0131006']
  if ((base.base?.depth ?? 0) >= account.settings.maxReregistrations) return ['E0131011']
  const today = dayOf(book.deps.clock.now())
  // Only what was shipped before today and has been cancelled by the merchant can be registered again.
  if (base.status !== 'cancelled' || !base.shipment || base.shipment.shippedOn >= today) return ['ESBX0009']
  const codes = [
    ...shopTransactionIdCodes(request.shopTransactionId),
    ...amountCodes(request.billedAmountYen, request.goods),
  ]
  if (request.billedAmountYen > base.transaction.billedAmountYen) codes.push('E0131010')
  return codes
}
