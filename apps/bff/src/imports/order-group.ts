/** One order out of the rows that carry its number: the first says whose it is, all of them say what was bought. */
import { npOrderFaults, type OrderFault } from '@choba/shared/checks/np-order.ts'
import type { ImportFault } from '@choba/shared/contracts/imports.ts'
import { type OrderInput, orderInput } from '@choba/shared/contracts/orders.ts'
import { GOODS_COLUMNS } from '@choba/shared/imports/order-fields.ts'
import type { ImportReading } from '@choba/shared/imports/words.ts'
import { headerKey } from '@choba/shared/imports/kinds.ts'
import { label } from '@choba/shared/labels/labels.ts'
import { SITES } from '@choba/shared/methods.ts'
import { zeroPhone, zeroZip } from './lost-zeros.ts'
import { error, warning } from './faults.ts'
import { readDay, readInstant } from './days.ts'
import { readTaxRate, readWholeNumber, type Values } from './values.ts'

export type OrderRead = {
  /** Undefined while something keeps it from being an order. */
  readonly order: OrderInput | undefined
  /** For each row of the group, in order. */
  readonly faults: readonly (readonly ImportFault[])[]
}

type Goods = OrderInput['goods'][number]

/** Order-level fields that a further row may repeat, but not contradict. */
const HEAD_FIELDS = [
  'amountYen',
  'customerName',
  'customerZip',
  'customerAddress',
  'customerPhone',
  'orderedAt',
] as const

export function readOrder(shopId: string, rows: readonly Values[], { days }: ImportReading = {}): OrderRead {
  const head = rows[0] ?? {}
  const faults = rows.map((): ImportFault[] => [])
  const note = (row: number, fault: ImportFault) => faults[row]?.push(fault)
  const goods = rows.flatMap((row, index) => [...readGoods(row, (fault) => note(index, fault))])
  goods.push(...extras(head, (fault) => note(0, fault)))
  rows.slice(1).forEach((row, index) => {
    for (const field of HEAD_FIELDS)
      if ((row[field] ?? '') !== '' && row[field] !== head[field]) note(index + 1, error(field, 'differs_from_head'))
  })

  const amountYen = readWholeNumber(head.amountYen ?? '')
  const orderedAt = readInstant(head.orderedAt ?? '', days)
  const site = readSite(head.site ?? '')
  const invoice = readInvoice(head.invoice ?? '')
  const shipOn = head.shipOn ? readDay(head.shipOn, days) : undefined
  if ((head.orderNumber ?? '') === '') note(0, error('orderNumber', 'missing'))
  else if (!/^[0-9A-Za-z_-]{1,38}$/.test(head.orderNumber ?? ''))
    note(0, error('orderNumber', 'order_number_characters'))
  if (amountYen === undefined) note(0, error('amountYen', head.amountYen ? 'not_whole_yen' : 'missing'))
  if (orderedAt === undefined) note(0, error('orderedAt', head.orderedAt ? 'not_a_day' : 'missing'))
  if (site === undefined) note(0, error('site', 'unknown_site'))
  if (invoice === undefined) note(0, error('invoice', 'unknown_invoice'))
  if (head.shipOn && shipOn === undefined) note(0, error('shipOn', 'not_a_day'))

  const candidate = {
    shopId,
    orderNumber: head.orderNumber ?? '',
    orderedAt: orderedAt?.toISOString() ?? '',
    method: 'np_postpaid' as const,
    site: site ?? 'pc',
    amountYen: amountYen ?? 0,
    customer: { ...person(head, 'customer'), email: head.customerEmail ?? '' },
    delivery: head.deliveryName || head.deliveryAddress ? person(head, 'delivery') : null,
    goods,
    npPostpaid: { invoice: invoice ?? 'separate', ...(shipOn === undefined ? {} : { shipOn }) },
  }
  if (amountYen !== undefined) for (const fault of npOrderFaults(candidate)) noteChecked(note, fault)
  if (faults.some((ofRow) => ofRow.some((fault) => fault.level === 'error'))) return { order: undefined, faults }
  const parsed = orderInput.safeParse(candidate)
  if (parsed.success) return { order: parsed.data, faults }
  for (const issue of parsed.error.issues) note(0, error(fieldOf(issue.path.map(String).join('.')), 'not_taken'))
  return { order: undefined, faults }
}

function noteChecked(note: (row: number, fault: ImportFault) => void, fault: OrderFault): void {
  const field = fieldOf(fault.field)
  if (fault.problem === 'order_number_missing' || (fault.problem === 'missing' && field === 'goodsName1')) return
  note(0, (fault.severity === 'error' ? error : warning)(field, fault.problem, fault.params))
}

/** `customer.zip` of an order is `customerZip` of a file. */
function fieldOf(path: string): string {
  const [side = '', inner = ''] = path.split('.')
  if (side === 'customer' || side === 'delivery')
    return inner === '' ? `${side}Name` : `${side}${inner.charAt(0).toUpperCase()}${inner.slice(1)}`
  return side === 'goods' ? 'goodsName1' : side
}

function person(row: Values, side: 'customer' | 'delivery') {
  const at = (name: string) => row[`${side}${name}`] ?? ''
  return {
    name: at('Name'),
    kana: at('Kana'),
    company: at('Company'),
    department: '',
    zip: zeroZip(at('Zip')),
    address: [at('Address'), at('Address2'), at('Address3')].join(''),
    phone: zeroPhone(at('Phone')),
  }
}

function* readGoods(row: Values, note: (fault: ImportFault) => void): Generator<Goods> {
  for (let n = 1; n <= GOODS_COLUMNS; n += 1) {
    const [name, price, count, rate] = ['Name', 'PriceYen', 'Quantity', 'TaxRate'].map(
      (part) => row[`goods${part}${n}`] ?? '',
    )
    if (!name && !price) {
      if (n === 1) note(error('goodsName1', 'missing'))
      continue
    }
    const unitPriceYen = readWholeNumber(price ?? '')
    const quantity = count ? readWholeNumber(count) : 1
    const taxRateBp = readTaxRate(rate ?? '')
    if (!name) note(error(`goodsName${n}`, 'missing'))
    if (unitPriceYen === undefined) note(error(`goodsPriceYen${n}`, price ? 'not_whole_yen' : 'missing'))
    if (quantity === undefined || quantity < 1 || quantity > 9999) note(error(`goodsQuantity${n}`, 'not_a_quantity'))
    if (taxRateBp === undefined) note(error(`goodsTaxRate${n}`, 'not_a_tax_rate'))
    yield { name: name ?? '', unitPriceYen: unitPriceYen ?? 0, quantity: quantity ?? 1, taxRateBp: taxRateBp ?? 1000 }
  }
}

const EXTRAS = [
  ['shippingYen', '送料', 1],
  ['handlingYen', '決済手数料', 1],
  ['discountYen', '値引き', -1],
] as const

/** What carts keep in columns of their own, as lines of goods: NP knows no other place for it. Standard rate. */
function* extras(head: Values, note: (fault: ImportFault) => void): Generator<Goods> {
  for (const [field, name, sign] of EXTRAS) {
    const value = head[field] ?? ''
    const amount = value === '' ? 0 : readWholeNumber(value)
    if (amount === undefined) note(error(field, 'not_whole_yen'))
    else if (amount !== 0)
      yield { name, unitPriceYen: sign < 0 ? -Math.abs(amount) : amount, quantity: 1, taxRateBp: 1000 }
  }
}

/** What clerks and carts write beside the words of the product itself. */
const SITE_WORDS: Readonly<Record<string, OrderInput['site']>> = {
  sp: 'smartphone',
  スマホ: 'smartphone',
  パソコン: 'pc',
  携帯: 'mobile_phone',
  フィーチャーフォン: 'mobile_phone',
  電話: 'phone',
  ファックス: 'fax',
  はがき: 'postcard',
  ハガキ: 'postcard',
}

function readSite(value: string): OrderInput['site'] | undefined {
  const key = headerKey(value)
  if (key === '') return 'pc'
  const named = SITES.find((site) =>
    [site, label('ja', 'site', site), label('en', 'site', site)].some((word) => headerKey(word) === key),
  )
  return named ?? (Object.hasOwn(SITE_WORDS, key) ? SITE_WORDS[key] : undefined)
}

function readInvoice(value: string): 'separate' | 'bundled' | undefined {
  const text = value.normalize('NFKC').toLowerCase().replace(/\s/g, '')
  if (['', '別送', '02', '2', 'separate', 'np後払い', '後払い'].includes(text)) return 'separate'
  return ['同梱', '03', '3', 'bundled', 'wiz', 'np後払いwiz'].includes(text) ? 'bundled' : undefined
}
