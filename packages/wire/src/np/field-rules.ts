/** NP's field rules, as the error codes it answers with: used by whoever judges a transaction, and before sending one. */
import { MAX_GOODS_DIFFERENCE_YEN, SHOP_TRANSACTION_ID_MAX } from '@choba/shared/checks/np-limits.ts'
import { emailFaults, npFaultCode, personFaults } from '@choba/shared/checks/np-person.ts'
import { NP_TRANSACTION_ID_LENGTH, SLIP_NUMBER_MAX } from './limits.ts'
import { findCarrier } from './carriers.ts'
import type { NpAddressee, NpGoods, NpSettlementType, NpShipment, NpTransaction } from './messages.ts'

/** Every code that applies to the transaction, empty when NP would take it. */
export function transactionCodes(transaction: NpTransaction): string[] {
  const codes = [
    ...shopTransactionIdCodes(transaction.shopTransactionId),
    ...addresseeCodes(transaction.customer, 'buyer'),
    ...emailFaults(transaction.customer.email).map((fault) => npFaultCode(fault, 'buyer')),
    ...amountCodes(transaction.billedAmountYen, transaction.goods),
  ]
  if (transaction.destination) codes.push(...addresseeCodes(transaction.destination, 'destination'))
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

function addresseeCodes(person: NpAddressee, side: 'buyer' | 'destination'): string[] {
  const { name, nameKana = '', companyName = '', departmentName = '', zipCode, address, tel } = person
  const checked = { name, kana: nameKana, company: companyName, department: departmentName, zip: zipCode, address }
  return personFaults({ ...checked, phone: tel }).map((fault) => npFaultCode(fault, side))
}
