/** The order as text in a form, what of it NP would refuse, and what a changed form asks to be corrected. */
import { type KnownPlaces, npOrderFaults, type OrderFault, type OrderToCheck } from '@choba/shared/checks/np-order.ts'
import type { Correction } from '@choba/shared/contracts/operations.ts'
import type { RescueSheet } from '@choba/shared/contracts/rescue.ts'
import { fieldsAtFault } from '@choba/shared/states/np-reasons.ts'
import { readYen } from '../../ui/money/format-yen.ts'

export type PersonText = RescueSheet['customer']
export type LineText = {
  readonly key: number
  readonly name: string
  readonly price: string
  readonly quantity: string
  readonly taxRateBp: number
}
export type OrderText = {
  readonly customer: PersonText
  readonly delivery: PersonText | null
  readonly lines: readonly LineText[]
  readonly amount: string
}

export function textOf({ customer, delivery, goods, payment }: RescueSheet): OrderText {
  return {
    customer,
    delivery: delivery && { ...delivery, email: '' },
    lines: goods.map(({ name, unitPriceYen, quantity, taxRateBp }, key) => ({
      key,
      name,
      price: String(unitPriceYen),
      quantity: String(quantity),
      taxRateBp,
    })),
    amount: String(payment.amountYen),
  }
}

export type Changes = {
  readonly correction: Correction | undefined
  readonly amountYen: number | undefined
}

/** Only what says something else than the order does now; `{}` and no amount when nothing changes. */
export function changesOf(text: OrderText, sheet: RescueSheet): Changes {
  const customer = tidy(text.customer)
  const delivery = text.delivery === null ? null : withoutEmail(tidy(text.delivery))
  const goods = goodsOf(text)
  const amountYen = readYen(text.amount)
  const correction: Correction = {
    ...(same(customer, sheet.customer) ? {} : { customer }),
    ...(same(delivery, sheet.delivery) ? {} : { delivery }),
    ...(same(goods, sheet.goods) ? {} : { goods }),
  }
  return {
    correction: Object.keys(correction).length === 0 ? undefined : correction,
    amountYen: amountYen === sheet.payment.amountYen ? undefined : amountYen,
  }
}

/** Errors block; warnings are said. A number that is none is said as a missing one. */
export function checkOrder(text: OrderText, sheet: RescueSheet, places: KnownPlaces): OrderFault[] {
  const order: OrderToCheck = {
    orderNumber: sheet.payment.orderNumber,
    amountYen: readYen(text.amount) ?? 0,
    customer: tidy(text.customer),
    delivery: text.delivery === null ? null : tidy(text.delivery),
    goods: goodsOf(text),
    npPostpaid: { invoice: sheet.invoice === 'bundled' ? 'bundled' : 'separate' },
  }
  const unread = text.lines.flatMap((line, index): OrderFault[] =>
    (
      [
        ['unitPriceYen', readYen(line.price)],
        ['quantity', quantityOf(line)],
      ] as const
    ).flatMap(([leaf, value]) =>
      value === undefined
        ? [
            {
              field: `goods.${index}.${leaf}`,
              problem: 'missing' as const,
              code: null,
              severity: 'error' as const,
              params: {},
            },
          ]
        : [],
    ),
  )
  return [...npOrderFaults(order, places), ...unread]
}

/** The fields to begin with: those NP's codes name, then those our own checks find. A delivery to the customer has the customer's fields. */
export function fieldsToCorrect(
  codes: readonly string[],
  faults: readonly OrderFault[],
  hasDelivery: boolean,
): string[] {
  const named = fieldsAtFault(codes).map((field) => (hasDelivery ? field : field.replace(/^delivery\./, 'customer.')))
  const found = faults
    .filter((fault) => fault.severity === 'error')
    .map((fault) => fault.field.replace(/^goods\..*/, 'goods'))
  return [...new Set([...named, ...found])]
}

function goodsOf({ lines }: OrderText): RescueSheet['goods'] {
  return lines.map((line) => ({
    name: line.name.trim(),
    unitPriceYen: readYen(line.price) ?? 0,
    quantity: quantityOf(line) ?? 0,
    taxRateBp: line.taxRateBp,
  }))
}

function quantityOf({ quantity }: LineText): number | undefined {
  const value = readYen(quantity)
  return value !== undefined && value >= 1 && value <= 9999 ? value : undefined
}

/** Numbers in half-width digits, and nothing around the words. */
function tidy(person: PersonText): PersonText {
  const number = (text: string) =>
    text
      .normalize('NFKC')
      .replace(/[‐‑–—―−ー]/g, '-')
      .replace(/\s/g, '')
  return {
    ...person,
    name: person.name.trim(),
    kana: person.kana.trim(),
    company: person.company.trim(),
    department: person.department.trim(),
    address: person.address.trim(),
    email: person.email.trim(),
    zip: number(person.zip),
    phone: number(person.phone),
  }
}

function withoutEmail({ email: _, ...person }: PersonText) {
  return person
}

/** In whatever order the keys stand. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
