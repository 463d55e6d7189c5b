/** Requests to NP as the merchant's side writes them. */
import { compact } from '../json.ts'
import type {
  NpCustomer,
  NpGoods,
  NpReference,
  NpReregistration,
  NpShipment,
  NpTransaction,
  NpTransactionChange,
} from './messages.ts'

export function encodeTransactions(transactions: readonly NpTransaction[]): string {
  return JSON.stringify({ transactions: transactions.map(transactionToWire) })
}

export function encodeChanges(changes: readonly NpTransactionChange[]): string {
  return JSON.stringify({ transactions: changes.map(changeToWire) })
}

export function encodeReferences(references: readonly NpReference[]): string {
  return JSON.stringify({
    transactions: references.map((reference) =>
      'npTransactionId' in reference
        ? { np_transaction_id: reference.npTransactionId }
        : { shop_transaction_id: reference.shopTransactionId },
    ),
  })
}

export function encodeShipments(shipments: readonly NpShipment[]): string {
  return JSON.stringify({
    transactions: shipments.map((shipment) =>
      compact({
        np_transaction_id: shipment.npTransactionId,
        pd_company_code: shipment.carrierCode,
        slip_no: shipment.slipNumber,
        bill_issued_date: shipment.billIssuedOn,
      }),
    ),
  })
}

export function encodeReregistrations(rows: readonly NpReregistration[]): string {
  return JSON.stringify({
    transactions: rows.map((row) => ({
      base_np_transaction_id: row.baseNpTransactionId,
      shop_transaction_id: row.shopTransactionId,
      shop_order_date: row.shopOrderDate,
      billed_amount: row.billedAmountYen,
      goods: row.goods.map(goodsToWire),
    })),
  })
}

/** Also what a change is laid over, on NP's side. */
export function transactionToWire(transaction: NpTransaction): Record<string, unknown> {
  return compact({
    shop_transaction_id: transaction.shopTransactionId,
    shop_order_date: transaction.shopOrderDate,
    settlement_type: transaction.settlementType,
    billed_amount: transaction.billedAmountYen,
    site_name: transaction.siteName,
    site_url: transaction.siteUrl,
    customer: customerToWire(transaction.customer),
    dest_customer: transaction.destination && customerToWire(transaction.destination),
    goods: transaction.goods.map(goodsToWire),
  })
}

function changeToWire(change: NpTransactionChange): Record<string, unknown> {
  return compact({
    np_transaction_id: change.npTransactionId,
    shop_order_date: change.shopOrderDate,
    settlement_type: change.settlementType,
    billed_amount: change.billedAmountYen,
    customer: change.customer && customerToWire(change.customer),
    dest_customer: change.destination && customerToWire(change.destination),
    goods: change.goods?.map(goodsToWire),
  })
}

function customerToWire(customer: Partial<NpCustomer>): Record<string, unknown> {
  return compact({
    customer_name: customer.name,
    customer_name_kana: customer.nameKana,
    company_name: customer.companyName,
    department_name: customer.departmentName,
    zip_code: customer.zipCode,
    address: customer.address,
    tel: customer.tel,
    email: customer.email,
  })
}

function goodsToWire(line: NpGoods): Record<string, unknown> {
  return { goods_name: line.name, goods_price: line.priceYen, quantity: line.quantity }
}
