/** Print data for invoices that travel in the parcel: for what is approved and has not left yet. */
import { dayOf } from '@choba/shared/dates.ts'
import type { NpReference, NpRow } from '@choba/wire/np/messages.ts'
import { dueDayOf, type NpPrintData, storePaymentNumber } from '@choba/wire/np/print-data.ts'
import type { NpAccount } from '../accounts.ts'
import { integerBetween } from '../random.ts'
import { inquiryNumberOf } from './invoices.ts'
import { findOwn, type NpBook, type NpRecord } from './record.ts'

/** Synthetic: belongs to no collecting company and no bank. */
const COLLECTOR = '900000'
const BANK = { bank: 'サンドボックス銀行', branch: '後払い支店', type: '普通', holder: 'エヌピー後払い(テスト)' }

export function printInvoice(book: NpBook, account: NpAccount, row: NpReference): NpRow<NpPrintData> {
  if (!('npTransactionId' in row)) return { ok: false, codes: ['EPRO0105'] }
  const record = findOwn(book, account, row.npTransactionId)
  const code = record ? printRefusal(record) : 'E0100113'
  if (!record || code) return { ok: false, id: row.npTransactionId, codes: [code ?? 'E0100113'] }
  return { ok: true, value: printDataOf(record, dayOf(book.deps.clock.now())) }
}

function printDataOf(record: NpRecord, issuedOn: NpPrintData['issuedOn']): NpPrintData {
  const dueOn = dueDayOf(issuedOn)
  const { billedAmountYen, shopTransactionId } = record.transaction
  return {
    npTransactionId: record.npId,
    shopTransactionId,
    billedAmountYen,
    issuedOn,
    dueOn,
    inquiryNumber: inquiryNumberOf(record),
    storePaymentNumber: storePaymentNumber({
      collector: COLLECTOR,
      bill: record.npId,
      reissues: 0,
      dueOn,
      amountYen: billedAmountYen,
    }),
    // One account for each transaction, so that a transfer needs no reference.
    bank: { ...BANK, number: String(integerBetween(1_000_000, 9_999_999, 'np.bank', record.npId)) },
  }
}

function printRefusal(record: NpRecord): string | undefined {
  if (record.status !== 'active') return 'E0100114'
  if (record.transaction.settlementType !== '03') return 'E0100132'
  if (record.shipment) return 'E0100115'
  if (record.screening.outcome.result === 'in_review') return 'E0100121'
  return record.screening.outcome.result === 'approved' ? undefined : 'E0100120'
}
