/** An order in NP's words. */
import { dayOf } from '@choba/shared/dates.ts'
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { toFullWidth } from '@choba/shared/checks/np-limits.ts'
import type { NpAddressee, NpGoods, NpTransaction, NpTransactionChange } from '@choba/wire/np/messages.ts'
import type { OperationItem, Person } from '../port.ts'

/** NP knows an order by the shop's own number; a second try of the same order carries its branch. */
export function shopTransactionId(payment: OperationItem['payment']): string {
  return payment.orderBranch === 0 ? payment.orderNumber : `${payment.orderNumber}-${payment.orderBranch}`
}

export function transactionOf(item: OperationItem): NpTransaction {
  const bundled = invoiceOf(item) === 'bundled'
  return {
    shopTransactionId: shopTransactionId(item.payment),
    shopOrderDate: dayOf(new Date(item.payment.orderedAt)),
    settlementType: bundled ? '03' : '02',
    billedAmountYen: yen(item.amountYen ?? item.payment.amountYen),
    customer: { ...addressee(item.customer), email: item.customer.email },
    // An invoice in the parcel goes to the buyer only, so NP takes no other recipient with it.
    ...(item.delivery && !bundled ? { destination: addressee(item.delivery) } : {}),
    goods: item.goods.map(goodsOf),
  }
}

/** The corrected order, whole: what did not change is said again. */
export function changeOf(item: OperationItem): NpTransactionChange {
  const { shopTransactionId: _, customer, ...order } = transactionOf(item)
  return { npTransactionId: idOf(item), ...order, customer, destination: order.destination ?? null }
}

export function idOf(item: OperationItem): string {
  return item.payment.providerId ?? ''
}

export function amountOf(item: OperationItem): number {
  return item.amountYen ?? item.payment.amountYen
}

export function shipmentOf(item: OperationItem): { readonly carrierCode: string; readonly slipNumber: string } {
  return {
    carrierCode: String(item.request['carrierCode'] ?? ''),
    slipNumber: String(item.request['slipNumber'] ?? ''),
  }
}

/** What the shop says of the parcel beside what NP is told: NP's report has no day (np-postpaid 2.3). */
export function reportedOf(item: OperationItem) {
  const shippedOn = item.request['shippedOn']
  return { ...shipmentOf(item), ...(typeof shippedOn === 'string' && { shippedOn: businessDate(shippedOn) }) }
}

export function invoiceOf(item: OperationItem): 'separate' | 'bundled' {
  const np = item.request['npPostpaid'] as { readonly invoice?: string } | undefined
  return np?.invoice === 'bundled' ? 'bundled' : 'separate'
}

/** Goods that add up to a changed amount: the difference is a line of its own, as integrations do (調整金額). */
export function adjustedGoods(item: OperationItem, amountYen: number): NpGoods[] {
  const goods = item.goods.map(goodsOf)
  const difference = amountYen - goods.reduce((sum, line) => sum + line.priceYen * line.quantity, 0)
  return difference === 0 ? goods : [...goods, { name: '調整金額', priceYen: yen(difference), quantity: 1 }]
}

function goodsOf(line: OperationItem['goods'][number]): NpGoods {
  return { name: toFullWidth(line.name), priceYen: yen(line.unitPriceYen), quantity: line.quantity }
}

function addressee(person: Person): NpAddressee {
  return {
    name: toFullWidth(person.name),
    zipCode: person.zip.replace('-', ''),
    address: toFullWidth(person.address),
    tel: person.phone.replaceAll('-', ''),
    ...(person.kana === '' ? {} : { nameKana: toFullWidth(person.kana) }),
    ...(person.company === '' ? {} : { companyName: toFullWidth(person.company) }),
    ...(person.department ? { departmentName: toFullWidth(person.department) } : {}),
  }
}
