/** NP's field rules, as the error codes it answers with: used by whoever judges a transaction, and before sending one. */
import { unmappableInCp932 } from '../cp932.ts'
import {
  ELEVEN_DIGIT_TEL_PREFIXES,
  EMAIL_MAX_ASCII,
  FULL_WIDTH_MAX,
  MAX_GOODS_DIFFERENCE_YEN,
  NP_TRANSACTION_ID_LENGTH,
  SHOP_TRANSACTION_ID_MAX,
  SLIP_NUMBER_MAX,
  fullWidthLength,
} from './limits.ts'
import { findCarrier } from './carriers.ts'
import type { NpAddressee, NpGoods, NpSettlementType, NpShipment, NpTransaction } from './messages.ts'
import { zipContradictsAddress } from './zip-prefecture.ts'

/** Codes run in parallel for buyer and destination; the postal code's format code alone stands apart. */
const BUYER = { base: 48, zipFormat: 'E0100136' }
const DESTINATION = { base: 72, zipFormat: 'E0100137' }
type Side = typeof BUYER

/** Every code that applies to the transaction, empty when NP would take it. */
export function transactionCodes(transaction: NpTransaction): string[] {
  const codes = [
    ...shopTransactionIdCodes(transaction.shopTransactionId),
    ...addresseeCodes(transaction.customer, BUYER),
    ...emailCodes(transaction.customer.email),
    ...amountCodes(transaction.billedAmountYen, transaction.goods),
  ]
  if (transaction.destination) codes.push(...addresseeCodes(transaction.destination, DESTINATION))
  return codes
}

export function shopTransactionIdCodes(id: string): string[] {
  if (id === '') return ['ESBX0001']
  return id.length > SHOP_TRANSACTION_ID_MAX ? ['ESBX0002'] : []
}

export function npTransactionIdCodes(id: string): string[] {
  if (id === '') return ['EPRO0105']
  if (!/^[0-9A-Za-z]+$/.test(id)) return ['E0100002']
  return id.length === NP_TRANSACTION_ID_LENGTH ? [] : ['E0100003']
}

export function amountCodes(billedAmountYen: number, goods: readonly NpGoods[]): string[] {
  const codes: string[] = []
  if (billedAmountYen <= 0) codes.push('ESBX0005')
  if (goods.length === 0) return [...codes, 'ESBX0006']
  const total = goods.reduce((sum, line) => sum + line.priceYen * line.quantity, 0)
  if (!Number.isSafeInteger(total) || Math.abs(total - billedAmountYen) > MAX_GOODS_DIFFERENCE_YEN)
    codes.push('E0102004')
  return codes
}

/** `settlementType` is that of the transaction shipped: only wiz carries a bill date, and needs one. */
export function shipmentCodes(shipment: NpShipment, settlementType: NpSettlementType): string[] {
  const codes: string[] = []
  if (shipment.carrierCode === '') codes.push('E0100105')
  else if (!/^\d+$/.test(shipment.carrierCode)) codes.push('E0100106')
  else if (!findCarrier(shipment.carrierCode)) codes.push('E0100107')
  if (shipment.slipNumber === '') codes.push('E0100108')
  else if (!/^[0-9A-Za-z-]+$/.test(shipment.slipNumber)) codes.push('E0100109')
  else if (shipment.slipNumber.length > SLIP_NUMBER_MAX) codes.push('E0100110')
  if (settlementType === '03' && shipment.billIssuedOn === undefined) codes.push('E0100111')
  if (settlementType === '02' && shipment.billIssuedOn !== undefined) codes.push('E0100143')
  return codes
}

function addresseeCodes(person: NpAddressee, side: Side): string[] {
  const code = (offset: number) => `E01000${side.base + offset}`
  const codes: string[] = []
  if (person.name === '') codes.push(code(0))
  else if (isForbidden(person.name)) codes.push(code(1))
  else if (fullWidthLength(person.name) > FULL_WIDTH_MAX.name) codes.push(code(2))
  if (person.nameKana) {
    if (fullWidthLength(person.nameKana) > FULL_WIDTH_MAX.nameKana) codes.push(code(3))
    if (!isKana(person.nameKana)) codes.push(code(4))
  }
  if (person.companyName) {
    if (fullWidthLength(person.companyName) > FULL_WIDTH_MAX.companyName) codes.push(code(5))
    if (isForbidden(person.companyName)) codes.push(code(6))
  }
  if (person.departmentName) {
    if (fullWidthLength(person.departmentName) > FULL_WIDTH_MAX.departmentName) codes.push(code(7))
    if (isForbidden(person.departmentName)) codes.push(code(8))
  }
  codes.push(...zipCodes(person, side), ...addressCodes(person.address, code), ...telCodes(person.tel, code))
  return codes
}

function zipCodes(person: NpAddressee, side: Side): string[] {
  if (person.zipCode === '') return [`E01000${side.base + 9}`]
  if (!/^[\d-]+$/.test(person.zipCode)) return [`E01000${side.base + 10}`]
  if (!/^\d{3}-?\d{4}$/.test(person.zipCode)) return [side.zipFormat]
  return zipContradictsAddress(person.zipCode, person.address) ? [`E01000${side.base + 11}`] : []
}

function addressCodes(address: string, code: (offset: number) => string): string[] {
  if (address === '') return [code(12)]
  const codes = isForbidden(address) ? [code(13)] : []
  if (fullWidthLength(address) > FULL_WIDTH_MAX.address) codes.push(code(14))
  return codes
}

function telCodes(tel: string, code: (offset: number) => string): string[] {
  if (tel === '') return [code(15)]
  if (!/^[\d-]+$/.test(tel)) return [code(16)]
  const digits = tel.replaceAll('-', '')
  if (!/^0\d+(-\d+)*$/.test(tel)) return [code(17)]
  const mobile = ELEVEN_DIGIT_TEL_PREFIXES.some((prefix) => digits.startsWith(prefix))
  if (mobile) return digits.length === 11 ? [] : [code(18)]
  return digits.length === 10 ? [] : [code(19)]
}

function emailCodes(email: string): string[] {
  if (email === '') return ['E0100068']
  if (!/^[\x21-\x7E]+$/.test(email)) return ['E0100069']
  if (email.length > EMAIL_MAX_ASCII) return ['E0100070']
  return /^[^@]+@[^@.]+(\.[^@.]+)+$/.test(email) ? [] : ['E0100071']
}

/** Assumed: control characters, and characters outside Windows-31J, which NP's own files are written in. */
function isForbidden(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\x00-\x1F\x7F]/.test(text) || unmappableInCp932(text).length > 0
}

function isKana(text: string): boolean {
  return /^[ァ-ヶー・ぁ-ゖA-Za-z0-9 .'-]+$/.test(text.normalize('NFKC'))
}
