/** One slip number out of a carrier's file, held against the order it names and the slips that are in use. */
import type { ImportFault } from '@choba/shared/contracts/imports.ts'
import type { BusinessDate } from '@choba/shared/dates.ts'
import { type Carrier, findCarrier, isSlipNumber, slipNumberFitsCarrier } from '@choba/wire/np/carriers.ts'
import { carrierOf, type CarrierRules } from './carrier-rules.ts'
import { error, warning } from './faults.ts'
import { readDay } from './days.ts'
import { type Values } from './values.ts'

/** What the books know of the order a row names. */
export type SlipOrder = {
  readonly paymentId: string
  readonly method: string
  readonly bundled: boolean
  /** Its invoice was printed here, so that the day of issue is known. */
  readonly printed: boolean
  /** Why the shipment may not be reported, by the action table; null when it may. */
  readonly refusal: string | null
}

export type SlipReport = {
  readonly paymentId: string
  readonly carrierCode: string
  readonly slipNumber: string
  readonly shippedOn?: BusinessDate
  readonly billIssuedOn?: BusinessDate
}

export type SlipContext = {
  readonly order: SlipOrder | undefined
  readonly carriers: CarrierRules
  /** The carrier of rows that name none. */
  readonly carrierCode: string | null
  /** The row above that names the same order. */
  readonly headLine: number | null
  /** Lines of other orders that carry the same slip number. */
  readonly sameSlipLines: readonly number[]
  /** An order that was shipped under the same slip number before. */
  readonly usedBy: string | null
}

/** Slip numbers are compared without hyphens and spaces. */
export function slipKey(slipNumber: string): string {
  return slipNumber.normalize('NFKC').replace(/[-\s‐―−ー]/g, '')
}

export function readSlip(
  values: Values,
  context: SlipContext,
): { readonly report: SlipReport | undefined; readonly faults: readonly ImportFault[] } {
  const { order } = context
  const faults: ImportFault[] = []
  const orderNumber = values.orderNumber ?? ''
  if (orderNumber === '') faults.push(error('orderNumber', 'missing'))
  else if (order === undefined) faults.push(error('orderNumber', 'order_unknown'))
  else if (order.method !== 'np_postpaid') faults.push(error('orderNumber', 'order_not_np'))
  else if (order.refusal !== null) faults.push(error('orderNumber', order.refusal))
  if (context.headLine !== null) faults.push(error('orderNumber', 'order_twice', { line: context.headLine }))

  const slipNumber = (values.slipNumber ?? '')
    .normalize('NFKC')
    .replace(/[\s]/g, '')
    .replace(/[‐―−ー]/g, '-')
  const carrierCode = carrierOf(values, context.carriers) ?? context.carrierCode
  faults.push(...carrierFaults(values, carrierCode, context.carriers), ...slipFaults(slipNumber, carrierCode))
  const [line] = context.sameSlipLines
  if (line !== undefined) faults.push(warning('slipNumber', 'slip_twice', { line }))
  if (context.usedBy !== null) faults.push(warning('slipNumber', 'slip_used', { order: context.usedBy }))

  const billIssuedOn = dayIn('billIssuedOn')
  const shippedOn = dayIn('shippedOn')
  if (order?.bundled && !order.printed && !values.billIssuedOn) faults.push(error('billIssuedOn', 'bill_day_missing'))
  if (order !== undefined && !order.bundled && billIssuedOn !== undefined)
    faults.push(error('billIssuedOn', 'bill_day_not_wanted'))
  if (order === undefined || carrierCode === null || faults.some((fault) => fault.level === 'error'))
    return { report: undefined, faults }
  return {
    report: {
      paymentId: order.paymentId,
      carrierCode,
      slipNumber,
      ...(shippedOn && { shippedOn }),
      ...(billIssuedOn && { billIssuedOn }),
    },
    faults,
  }

  function dayIn(field: string): BusinessDate | undefined {
    const value = values[field] ?? ''
    const day = value === '' ? undefined : readDay(value)
    if (value !== '' && day === undefined) faults.push(error(field, 'not_a_day'))
    return day
  }
}

function carrierFaults(values: Values, carrierCode: string | null, carriers: CarrierRules): ImportFault[] {
  if (carrierCode === null) {
    const named = values.deliveryMethod || values.carrier
    const field = values.deliveryMethod ? 'deliveryMethod' : 'carrier'
    return [named ? error(field, 'carrier_unknown', { name: named }) : error('carrier', 'carrier_missing')]
  }
  const carrier = findCarrier(carrierCode)
  if (carrier === undefined) return [error('carrier', 'carrier_unknown', { name: carrierCode })]
  if (carriers.allows(carrierCode)) return []
  return [error('carrier', carrier.trackable ? 'carrier_not_contracted' : 'carrier_needs_option', namesOf(carrier))]
}

function slipFaults(slipNumber: string, carrierCode: string | null): ImportFault[] {
  if (slipNumber === '') return [error('slipNumber', 'missing')]
  // Excel's way with twelve digits: the last of them are lost for good.
  if (/^\d(\.\d+)?E\+?\d+$/i.test(slipNumber)) return [error('slipNumber', 'slip_rounded')]
  if (!isSlipNumber(slipNumber)) return [error('slipNumber', 'slip_malformed')]
  if (carrierCode !== null && !slipNumberFitsCarrier(carrierCode, slipNumber))
    return [warning('slipNumber', 'slip_unlike_carrier', namesOf(findCarrier(carrierCode)))]
  return []
}

function namesOf(carrier: Carrier | undefined): { name: string; name_en: string } {
  return { name: carrier?.ja ?? '', name_en: carrier?.en ?? '' }
}
