/** What is keyed in, as text, and the order it makes. */
import type { OrderInput } from '@choba/shared/contracts/orders.ts'
import { type BusinessDate, dayOf, parseBusinessDate } from '@choba/shared/dates.ts'
import { CLERK_METHODS, CLERK_SITES, type ClerkMethod, STORE_CODES, type StoreCode } from '@choba/shared/methods.ts'
import { readYen } from '../../ui/money/format-yen.ts'

export const LINE_KINDS = ['goods', 'shipping', 'fee', 'discount'] as const
export type LineKind = (typeof LINE_KINDS)[number]
export const TAX_RATES = ['1000', '800', '0'] as const
export type TaxRate = (typeof TAX_RATES)[number]

export type PersonText = {
  readonly name: string
  readonly kana: string
  readonly company: string
  readonly department: string
  readonly zip: string
  readonly address: string
  readonly phone: string
  readonly email: string
}
export type LineText = {
  readonly key: string
  readonly kind: LineKind
  readonly name: string
  /** With tax; of a discount what is taken off. */
  readonly price: string
  readonly quantity: string
  readonly taxRate: TaxRate
}
export type OrderForm = {
  readonly shopId: string
  readonly method: ClerkMethod
  readonly orderNumber: string
  readonly channel: (typeof CLERK_SITES)[number]
  readonly orderedOn: string
  readonly shipOn: string
  readonly invoice: 'separate' | 'bundled'
  /** Convenience store: where the customer pays, and within how many days. */
  readonly store: StoreCode
  readonly payWithinDays: string
  readonly customer: PersonText
  readonly delivery: PersonText | null
  readonly lines: readonly LineText[]
}

export const NOBODY: PersonText = {
  name: '',
  kana: '',
  company: '',
  department: '',
  zip: '',
  address: '',
  phone: '',
  email: '',
}

export function emptyForm(shopId: string, today: string): OrderForm {
  return {
    shopId,
    method: 'np_postpaid',
    orderNumber: '',
    channel: 'phone',
    orderedOn: today,
    shipOn: '',
    invoice: 'separate',
    store: '001',
    payWithinDays: '14',
    customer: NOBODY,
    delivery: null,
    lines: [emptyLine('goods', '')],
  }
}

export function emptyLine(kind: LineKind, name: string): LineText {
  return { key: crypto.randomUUID(), kind, name, price: '', quantity: '1', taxRate: '1000' }
}

/** Reads a draft that an older version may have written: what does not fit is left out. */
export function readForm(stored: unknown): OrderForm | null {
  if (typeof stored !== 'object' || stored === null) return null
  const draft = stored as Partial<Record<keyof OrderForm, unknown>>
  if (typeof draft.shopId !== 'string' || draft.shopId === '') return null
  const empty = emptyForm(draft.shopId, textOf(draft.orderedOn))
  const lines = Array.isArray(draft.lines) ? draft.lines.map(readLine) : empty.lines
  return {
    ...empty,
    orderNumber: textOf(draft.orderNumber),
    method: CLERK_METHODS.find((method) => method === draft.method) ?? 'np_postpaid',
    store: STORE_CODES.find((store) => store === draft.store) ?? '001',
    payWithinDays: textOf(draft.payWithinDays) || '14',
    channel: CLERK_SITES.find((site) => site === draft.channel) ?? 'phone',
    shipOn: textOf(draft.shipOn),
    invoice: draft.invoice === 'bundled' ? 'bundled' : 'separate',
    customer: readPerson(draft.customer),
    delivery: draft.delivery === null || draft.delivery === undefined ? null : readPerson(draft.delivery),
    lines: lines.length === 0 ? empty.lines : lines,
  }
}

function readPerson(stored: unknown): PersonText {
  const person = (stored ?? {}) as Partial<Record<keyof PersonText, unknown>>
  return Object.fromEntries(
    Object.keys(NOBODY).map((key) => [key, textOf(person[key as keyof PersonText])]),
  ) as PersonText
}

function readLine(stored: unknown): LineText {
  const line = (stored ?? {}) as Partial<Record<keyof LineText, unknown>>
  return {
    key: crypto.randomUUID(),
    kind: LINE_KINDS.find((kind) => kind === line.kind) ?? 'goods',
    name: textOf(line.name),
    price: textOf(line.price),
    quantity: textOf(line.quantity),
    taxRate: TAX_RATES.find((rate) => rate === line.taxRate) ?? '1000',
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function isUntouched(form: OrderForm): boolean {
  const texts = [...Object.values(form.customer), ...form.lines.flatMap((line) => [line.name, line.price])]
  return form.delivery === null && texts.every((text) => text === '')
}

/** Undefined while it is no whole yen amount; a discount takes away however it is written. */
export function priceOf(line: LineText): number | undefined {
  // A minus is typed in many ways; bookkeepers write ▲.
  const price = readYen(line.price.replace(/[−‐–△▲]/g, '-'))
  return price === undefined ? undefined : line.kind === 'discount' ? -Math.abs(price) : price
}

export function quantityOf(line: LineText): number | undefined {
  const quantity = readYen(line.quantity)
  return quantity !== undefined && quantity >= 1 && quantity <= 9_999 ? quantity : undefined
}

export type GoodsLines = OrderInput['goods']

/** The lines that can be reckoned. */
export function goodsOf(lines: readonly LineText[]): GoodsLines {
  return lines.flatMap((line) => {
    const [unitPriceYen, quantity] = [priceOf(line), quantityOf(line)]
    if (unitPriceYen === undefined || quantity === undefined) return []
    return [{ name: line.name.trim(), unitPriceYen, quantity, taxRateBp: Number(line.taxRate) }]
  })
}

/** SBPS takes a due date one to 59 days after the request (sbps-protocol 3); undefined when it is no such number. */
export function payWithinOf(form: OrderForm): number | undefined {
  const days = readYen(form.payWithinDays)
  return days !== undefined && days >= 1 && days <= 59 ? days : undefined
}

/** As its provider is sent it: the amount is the sum of the lines. Numbers may be typed in full width. */
export function orderOf(form: OrderForm, now: Date): OrderInput {
  const goods = goodsOf(form.lines)
  const shipOn = parseBusinessDate(form.shipOn)
  return {
    shopId: form.shopId,
    orderNumber: form.orderNumber.normalize('NFKC').trim(),
    orderedAt: instantOf(form.orderedOn, now),
    method: form.method,
    site: form.channel,
    billingMethod: 'pay_as_you_go',
    connectionMethod: 'api',
    amountYen: goods.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0),
    customer: { ...personOf(form.customer), email: form.customer.email.normalize('NFKC').trim() },
    delivery: form.delivery === null ? null : personOf(form.delivery),
    goods,
    ...(form.method === 'np_postpaid'
      ? { npPostpaid: { invoice: form.invoice, ...(shipOn === undefined ? {} : { shipOn }) } }
      : { convenienceStore: { store: form.store, payWithinDays: payWithinOf(form) ?? 14 } }),
  }
}

function personOf(person: PersonText): Omit<OrderInput['customer'], 'email'> {
  return {
    name: person.name.trim(),
    kana: person.kana.trim(),
    company: person.company.trim(),
    department: person.department.trim(),
    zip: digitsOf(person.zip),
    address: person.address.trim(),
    phone: digitsOf(person.phone),
  }
}

/** As typed on a Japanese keyboard: full-width digits and every kind of hyphen. */
export function digitsOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−ー－]/g, '-')
    .replace(/[\s()]/g, '')
}

/** Today's orders happened now; an earlier day's at its noon. */
function instantOf(day: string, now: Date): string {
  if (dayOf(now) === day) return now.toISOString()
  const date: BusinessDate | undefined = parseBusinessDate(day)
  return `${date ?? dayOf(now)}T12:00:00+09:00`
}
