/**
 * What a merchant needs to print an invoice that travels in the parcel (wiz). NP's own print program gets it behind a
 * login, so the endpoint (`POST /v1/invoices/print`) and its JSON are assumed.
 */
import { STORE_PAYMENT_MAX_YEN } from '@choba/shared/checks/np-limits.ts'
import { addDays, type BusinessDate } from '@choba/shared/dates.ts'
import { type Yen, yen } from '@choba/shared/money.ts'
import { decodeAnswer } from './answers.ts'
import { day, integer, object, optionalText, text } from '../json.ts'
import type { NpAnswer } from './messages.ts'

export type NpBankAccount = {
  readonly bank: string
  readonly branch: string
  /** 普通 or 当座. */
  readonly type: string
  readonly number: string
  readonly holder: string
}

export type NpPrintData = {
  readonly npTransactionId: string
  readonly shopTransactionId: string
  readonly billedAmountYen: Yen
  readonly issuedOn: BusinessDate
  readonly dueOn: BusinessDate
  readonly inquiryNumber: string
  /** 44 digits for GS1-128; absent above what a store takes, so that only the bank is left. */
  readonly storePaymentNumber?: string | undefined
  readonly bank: NpBankAccount
}

/** From this amount on, tax left aside, the receipt carries a revenue stamp. */
const STAMP_FROM_YEN = 50_000
/** An invoice is due so many days after its issue (np-postpaid 1.2). */
const DUE_DAYS = 14

export type StorePayment = {
  /** The collecting company's number, six digits. */
  readonly collector: string
  /** What the collector knows the bill by, up to 21 digits. */
  readonly bill: string
  readonly reissues: number
  readonly dueOn: BusinessDate
  readonly amountYen: Yen
}

/**
 * The number under a payment slip's bar code, as stores read it: AI 91, collector, the collector's own 21 digits, count
 * of reissues, due date, stamp flag, amount, check digit. Assumed: the check digit is over all 43 digits before it.
 */
export function storePaymentNumber(payment: StorePayment): string | undefined {
  if (payment.amountYen > STORE_PAYMENT_MAX_YEN || payment.amountYen < 1) return undefined
  const digits = [
    '91',
    payment.collector,
    payment.bill.padStart(21, '0'),
    String(Math.min(payment.reissues, 9)),
    payment.dueOn.slice(2).replaceAll('-', ''),
    payment.amountYen >= STAMP_FROM_YEN ? '1' : '0',
    String(payment.amountYen).padStart(6, '0'),
  ].join('')
  if (!/^\d{43}$/.test(digits)) throw new RangeError('a store payment number is made of 43 digits and one more')
  return `${digits}${gs1CheckDigit(digits)}`
}

/** Weights 3 and 1 from the right, as on every GS1 number. */
export function gs1CheckDigit(digits: string): string {
  let sum = 0
  for (let place = 1; place <= digits.length; place += 1) sum += Number(digits.at(-place)) * (place % 2 === 1 ? 3 : 1)
  return String((10 - (sum % 10)) % 10)
}

export function dueDayOf(issuedOn: BusinessDate): BusinessDate {
  return addDays(issuedOn, DUE_DAYS)
}

export function printDataToWire(data: NpPrintData): Record<string, unknown> {
  return {
    np_transaction_id: data.npTransactionId,
    shop_transaction_id: data.shopTransactionId,
    billed_amount: data.billedAmountYen,
    bill_issued_date: data.issuedOn,
    bill_due_date: data.dueOn,
    bill_inquiry_no: data.inquiryNumber,
    store_payment_no: data.storePaymentNumber ?? null,
    bank_account: {
      bank_name: data.bank.bank,
      branch_name: data.bank.branch,
      account_type: data.bank.type,
      account_no: data.bank.number,
      account_holder: data.bank.holder,
    },
  }
}

export function decodePrintData(status: number, body: string): NpAnswer<NpPrintData> {
  return decodeAnswer(status, body, (row, path) => {
    const account = object(row['bank_account'], `${path}.bank_account`)
    const part = (key: string) => text(account[key], `${path}.bank_account.${key}`)
    const number = optionalText(row['store_payment_no'], `${path}.store_payment_no`)
    return {
      npTransactionId: text(row['np_transaction_id'], `${path}.np_transaction_id`),
      shopTransactionId: text(row['shop_transaction_id'], `${path}.shop_transaction_id`),
      billedAmountYen: yen(integer(row['billed_amount'], `${path}.billed_amount`)),
      issuedOn: day(row['bill_issued_date'], `${path}.bill_issued_date`),
      dueOn: day(row['bill_due_date'], `${path}.bill_due_date`),
      inquiryNumber: text(row['bill_inquiry_no'], `${path}.bill_inquiry_no`),
      ...(number !== undefined && { storePaymentNumber: number }),
      bank: {
        bank: part('bank_name'),
        branch: part('branch_name'),
        type: part('account_type'),
        number: part('account_no'),
        holder: part('account_holder'),
      },
    }
  })
}
