/**
 * What NP would refuse or hold in an order, said before it is sent. Pure: the order form, the correction of a held
 * order, the CSV import and the BFF all ask here, and the sandbox judges by the same rules of a person.
 */
import { misfitCharacters } from './cp932-characters.ts'
import { MAX_GOODS_DIFFERENCE_YEN, SHOP_TRANSACTION_ID_MAX } from './np-limits.ts'
import {
  type CheckParams,
  emailFaults,
  npFaultCode,
  type PersonFault,
  personFaults,
  type PersonProblem,
  type PersonToCheck,
} from './np-person.ts'

export const ORDER_PROBLEMS = [
  'goods_missing',
  'goods_total',
  'amount_not_positive',
  'order_number_missing',
  'order_number_too_long',
  'bundled_elsewhere',
  'zip_unknown',
  'zip_city_mismatch',
  'address_without_number',
  'address_not_home',
] as const
export type OrderProblem = (typeof ORDER_PROBLEMS)[number] | PersonProblem

export type OrderFault = {
  /** Where in the order: `customer.address`, `delivery.phone`, `goods.2.name`, `amountYen`. */
  readonly field: string
  readonly problem: OrderProblem
  /** NP's code of the same meaning; null where NP has none, or none that is public. */
  readonly code: string | null
  /** NP refuses an error; a warning may come back as a hold, and does not stop the order. */
  readonly severity: 'error' | 'warning'
  readonly params: CheckParams
}

export type OrderToCheck = {
  readonly orderNumber: string
  /** Tax included. */
  readonly amountYen: number
  readonly customer: PersonToCheck & { readonly email: string }
  readonly delivery: PersonToCheck | null
  readonly goods: ReadonlyArray<{ readonly name: string; readonly unitPriceYen: number; readonly quantity: number }>
  readonly npPostpaid?: { readonly invoice: 'separate' | 'bundled' } | undefined
}

export type PostalPlace = { readonly prefecture: string; readonly city: string; readonly town: string }
/** What the postal code table says, when it was asked; an empty list is a code it does not know. */
export type KnownPlaces = {
  readonly customer?: readonly PostalPlace[] | undefined
  readonly delivery?: readonly PostalPlace[] | undefined
}

/** Errors first where a field has both. */
export function npOrderFaults(order: OrderToCheck, places: KnownPlaces = {}): OrderFault[] {
  const { customer, delivery } = order
  return [
    ...orderNumberFaults(order.orderNumber),
    ...onSide('customer', personFaults(customer)),
    ...onSide('customer', emailFaults(customer.email)),
    ...addressWarnings('customer', customer, places.customer),
    ...(delivery === null
      ? []
      : [...onSide('delivery', personFaults(delivery)), ...addressWarnings('delivery', delivery, places.delivery)]),
    ...(delivery !== null && order.npPostpaid?.invoice === 'bundled' ? [error('delivery', 'bundled_elsewhere')] : []),
    ...goodsFaults(order),
  ]
}

export function npOrderErrors(order: OrderToCheck, places: KnownPlaces = {}): OrderFault[] {
  return npOrderFaults(order, places).filter((fault) => fault.severity === 'error')
}

/** The sum of the goods lines, tax included. */
export function goodsTotalYen(goods: OrderToCheck['goods']): number {
  return goods.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0)
}

function orderNumberFaults(orderNumber: string): OrderFault[] {
  if (orderNumber === '') return [error('orderNumber', 'order_number_missing')]
  const params = { max: SHOP_TRANSACTION_ID_MAX, length: orderNumber.length }
  return params.length > params.max ? [error('orderNumber', 'order_number_too_long', null, params)] : []
}

function goodsFaults({ amountYen, goods }: OrderToCheck): OrderFault[] {
  const faults: OrderFault[] = amountYen > 0 ? [] : [error('amountYen', 'amount_not_positive')]
  if (goods.length === 0) return [...faults, error('goods', 'goods_missing')]
  const totalYen = goodsTotalYen(goods)
  if (!Number.isSafeInteger(totalYen) || Math.abs(totalYen - amountYen) > MAX_GOODS_DIFFERENCE_YEN)
    faults.push(error('amountYen', 'goods_total', 'E0102004', { totalYen, amountYen, max: MAX_GOODS_DIFFERENCE_YEN }))
  goods.forEach((line, index) => {
    const misfits = misfitCharacters(line.name)
    const [first] = misfits
    if (line.name === '') faults.push(error(`goods.${index}.name`, 'missing'))
    else if (first !== undefined) {
      const characters = misfits.map(({ character }) => character).join(' ')
      faults.push(warning(`goods.${index}.name`, 'forbidden_characters', { characters, place: first.place }))
    }
  })
  return faults
}

function onSide(side: 'customer' | 'delivery', faults: readonly PersonFault[]): OrderFault[] {
  return faults.map((fault) =>
    error(
      `${side}.${fault.field}`,
      fault.problem,
      npFaultCode(fault, side === 'customer' ? 'buyer' : 'destination'),
      fault.params,
    ),
  )
}

/** Where NP does not deliver to a home: pick-up points, hotels and boxes are held as RE014, RE020 or RE026. */
const NOT_HOME = /私書箱|局留|郵便局止|営業所止|営業所留|センター止|センター留|ホテル|旅館/

function addressWarnings(
  side: 'customer' | 'delivery',
  { zip, address }: PersonToCheck,
  places: readonly PostalPlace[] | undefined,
): OrderFault[] {
  const faults: OrderFault[] = []
  if (places !== undefined && /^\d{3}-?\d{4}$/.test(zip)) {
    const [first] = places
    if (first === undefined) faults.push(warning(`${side}.zip`, 'zip_unknown'))
    else if (address !== '' && !places.some((place) => standsIn(place, address)))
      faults.push(warning(`${side}.zip`, 'zip_city_mismatch', { expected: `${first.prefecture}${first.city}` }))
  }
  if (address === '') return faults
  const found = NOT_HOME.exec(address)?.[0]
  if (found !== undefined) faults.push(warning(`${side}.address`, 'address_not_home', { word: found }))
  if (!/[0-9０-９]|丁目|番地/.test(address)) faults.push(warning(`${side}.address`, 'address_without_number'))
  return faults
}

/** Rural districts (郡) are often left out, and ヶ is written in four ways. */
function standsIn({ city }: PostalPlace, address: string): boolean {
  const written = alike(address)
  return written.includes(alike(city)) || written.includes(alike(city.replace(/^.+?郡/, '')))
}

function alike(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[ヶケがガ]/g, 'ケ')
    .replace(/\s/g, '')
}

function error(field: string, problem: OrderProblem, code: string | null = null, params: CheckParams = {}): OrderFault {
  return { field, problem, code, severity: 'error', params }
}

function warning(field: string, problem: OrderProblem, params: CheckParams = {}): OrderFault {
  return { field, problem, code: null, severity: 'warning', params }
}
