/** One past sale out of the rows that carry its order number: what it came to, how it ended, and on which days. */
import type { ImportFault } from '@choba/shared/contracts/imports.ts'
import { addMonths, type BusinessDate, dayOf, endOfMonth, firstOfMonth } from '@choba/shared/dates.ts'
import {
  type HistoryState,
  HISTORY_STATES,
  type ImportReading,
  knownWord,
  SKIP_WORD,
} from '@choba/shared/imports/words.ts'
import { METHODS, type Method } from '@choba/shared/methods.ts'
import { readDay, readInstant } from './days.ts'
import { error, warning } from './faults.ts'
import { zeroPhone, zeroZip } from './lost-zeros.ts'
import { readTaxRate, readWholeNumber, type Values } from './values.ts'

export type PastSale = {
  readonly orderNumber: string
  readonly orderedAt: Date
  readonly method: Method
  readonly state: HistoryState
  readonly amountYen: number
  readonly goods: ReadonlyArray<PastGoods>
  /** Of the whole sale where no goods say theirs. */
  readonly taxRateBp: number
  readonly capturedOn: BusinessDate
  readonly endedOn: BusinessDate
  readonly refundedYen: number
  readonly paidOutOn: BusinessDate | null
  /** With its tax. */
  readonly feeYen: number
  readonly feeTaxYen: number
  readonly providerId: string | null
  readonly slipNumber: string | null
  readonly customer: Readonly<Record<'name' | 'kana' | 'phone' | 'email' | 'zip' | 'address', string>>
}

export type PastGoods = {
  readonly name: string
  readonly unitPriceYen: number
  readonly quantity: number
  readonly taxRateBp: number
}

export type PastSaleRead = {
  /** Undefined while something keeps it from being booked. */
  readonly sale: PastSale | undefined
  /** A word of it says that it is none of ours. */
  readonly skipped: boolean
  readonly faults: ReadonlyArray<readonly ImportFault[]>
}

const HEAD_FIELDS = ['amountYen', 'method', 'state', 'orderedAt', 'paidOutOn', 'refundedYen'] as const
const MOST_ORDER_NUMBER = 50

/** `today`: a day after it has not been. */
export function readPastSale(rows: readonly Values[], reading: ImportReading, today: BusinessDate): PastSaleRead {
  const head = rows[0] ?? {}
  const faults = rows.map((): ImportFault[] => [])
  const note = (fault: ImportFault, row = 0) => faults[row]?.push(fault)
  if (head.method === SKIP_WORD || head.state === SKIP_WORD)
    return { sale: undefined, skipped: true, faults: rows.map(() => [warning(null, 'skipped')]) }
  rows.slice(1).forEach((row, index) => {
    for (const field of HEAD_FIELDS)
      if ((row[field] ?? '') !== '' && row[field] !== head[field]) note(error(field, 'differs_from_head'), index + 1)
  })

  const seen = new Set<string>()
  rows.forEach((row, index) => {
    const text = JSON.stringify(row)
    // The same goods may be bought twice; the same sale may not.
    if (seen.has(text))
      note((row.goodsName1 ?? '') === '' ? error(null, 'row_twice') : warning(null, 'row_twice'), index)
    seen.add(text)
  })
  const goods = rows.flatMap((row, index) => readGoods(row, (fault) => note(fault, index)))
  const goodsYen = goods.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0)
  const orderNumber = head.orderNumber ?? ''
  if (orderNumber === '') note(error('orderNumber', 'missing'))
  else if (isRounded(orderNumber)) note(error('orderNumber', 'number_rounded'))
  else if (orderNumber.length > MOST_ORDER_NUMBER) note(error('orderNumber', 'too_long', { max: MOST_ORDER_NUMBER }))

  const method = METHODS.find((each) => each === (knownWord('method', head.method ?? '') ?? head.method))
  if (method === undefined) note(unknownWord('method', head.method ?? ''))
  const state = HISTORY_STATES.find((each) => each === (knownWord('state', head.state ?? '') ?? head.state))
  if (state === undefined) note(unknownWord('state', head.state ?? ''))

  const money = (field: string): number | undefined => {
    const text = head[field] ?? ''
    const value = readWholeNumber(text)
    if (text !== '' && value === undefined) note(error(field, isRounded(text) ? 'number_rounded' : 'not_whole_yen'))
    else if (value !== undefined && value < 0) note(error(field, 'below_nothing'))
    return value
  }
  const said = money('amountYen')
  const amountYen = said ?? (goods.length > 0 ? goodsYen : undefined)
  if (amountYen === undefined && (head.amountYen ?? '') === '') note(error('amountYen', 'missing'))
  if (amountYen === 0) note(error('amountYen', 'nothing_sold'))

  const orderedAt = readInstant(head.orderedAt ?? '', reading.days)
  if (orderedAt === undefined) note(error('orderedAt', head.orderedAt ? 'not_a_day' : 'missing'))
  else if (dayOf(orderedAt) > today) note(error('orderedAt', 'in_future'))
  const orderedOn = orderedAt === undefined ? undefined : dayOf(orderedAt)
  const day = (field: string): BusinessDate | undefined => {
    const text = head[field] ?? ''
    const value = text === '' ? undefined : readDay(text, reading.days)
    if (text !== '' && value === undefined) note(error(field, 'not_a_day'))
    else if (value !== undefined && value > today) note(error(field, 'in_future'))
    else if (value !== undefined && orderedOn !== undefined && value < orderedOn) note(error(field, 'before_order'))
    return value
  }
  const [capturedOn, endedOn, paidOutOn] = [day('capturedOn'), day('endedOn'), day('paidOutOn')]
  const refunded = money('refundedYen')
  const refundedYen = refunded ?? (state === 'refunded' ? (amountYen ?? 0) : 0)
  if (refunded !== undefined && refunded > (amountYen ?? refunded)) note(error('refundedYen', 'above_amount'))
  const isSold = state === 'sold' || state === 'paid_out' || state === 'refunded'
  if (!isSold && state !== undefined && (refunded ?? 0) > 0) note(error('refundedYen', 'not_sold'))
  if (state === 'paid_out' && (head.paidOutOn ?? '') === '') note(warning('paidOutOn', 'payout_assumed'))
  if (state === 'paid_out' && paidOutOn !== undefined && capturedOn !== undefined && paidOutOn < capturedOn)
    note(error('paidOutOn', 'before_sale'))
  // A day that no column says is taken from the one before it, once a person has said that this is right.
  if (state === 'refunded' && (head.endedOn ?? '') === '') note(warning('endedOn', 'day_assumed'))
  const feeYen = money('feeYen') ?? 0
  const feeTaxYen = money('feeTaxYen') ?? 0
  if (feeTaxYen > feeYen) note(error('feeTaxYen', 'above_fee'))
  const taxRateBp = readTaxRate(head.goodsTaxRate1 ?? '')

  if (
    orderedAt === undefined ||
    orderedOn === undefined ||
    method === undefined ||
    state === undefined ||
    amountYen === undefined ||
    faults.some((ofRow) => ofRow.some((fault) => fault.level === 'error'))
  )
    return { sale: undefined, skipped: false, faults }
  const soldOn = capturedOn ?? orderedOn
  return {
    sale: {
      orderNumber,
      orderedAt,
      method,
      state,
      amountYen,
      goods,
      taxRateBp: taxRateBp ?? 1000,
      capturedOn: soldOn,
      endedOn: endedOn ?? (isSold ? soldOn : orderedOn),
      refundedYen: isSold ? refundedYen : 0,
      paidOutOn: state === 'paid_out' ? (paidOutOn ?? assumedPayout(soldOn, today)) : null,
      feeYen,
      feeTaxYen,
      providerId: head.providerId || null,
      slipNumber: head.slipNumber || null,
      customer: {
        name: head.customerName ?? '',
        kana: head.customerKana ?? '',
        phone: zeroPhone(head.customerPhone ?? ''),
        email: head.customerEmail ?? '',
        zip: zeroZip(head.customerZip ?? ''),
        address: head.customerAddress ?? '',
      },
    },
    skipped: false,
    faults,
  }
}

/** A shop's own list seldom says when a provider paid: the end of the month after the sale, where a person confirms it. */
function assumedPayout(soldOn: BusinessDate, today: BusinessDate): BusinessDate {
  const end = endOfMonth(addMonths(firstOfMonth(soldOn), 1))
  return end > today ? today : end
}

function unknownWord(field: 'method' | 'state', word: string): ImportFault {
  return word === '' ? error(field, 'missing') : error(field, 'unknown_word', { word })
}

/** A spreadsheet's way with long numbers: its last digits are lost for good. */
function isRounded(text: string): boolean {
  return /^-?\d(\.\d+)?E\+?\d+$/i.test(text.normalize('NFKC').trim())
}

function readGoods(row: Values, note: (fault: ImportFault) => void): PastGoods[] {
  const [name = '', price = '', count = '', rate = ''] = ['Name', 'PriceYen', 'Quantity', 'TaxRate'].map(
    (part) => row[`goods${part}1`] ?? '',
  )
  if (price === '') return []
  const unitPriceYen = readWholeNumber(price)
  const quantity = count === '' ? 1 : readWholeNumber(count)
  const taxRateBp = readTaxRate(rate)
  if (unitPriceYen === undefined) note(error('goodsPriceYen1', 'not_whole_yen'))
  if (quantity === undefined || quantity < 1 || quantity > 9999) note(error('goodsQuantity1', 'not_a_quantity'))
  if (taxRateBp === undefined) note(error('goodsTaxRate1', 'not_a_tax_rate'))
  return [{ name, unitPriceYen: unitPriceYen ?? 0, quantity: quantity ?? 1, taxRateBp: taxRateBp ?? 1000 }]
}
