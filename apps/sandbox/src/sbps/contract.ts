/**
 * What SBPS and a merchant agreed on for one method, each contract from its day until the next one's. Prices without
 * tax. Closing days, payments and prices are contract matters that are not public: all of it is data.
 */
import {
  addDays,
  addMonths,
  type BusinessDate,
  businessDate,
  endOfMonth,
  firstOfMonth,
  parseBusinessDate,
} from '@choba/shared/dates.ts'
import { TAX_CLASSES, type TaxClass } from '@choba/shared/tax-classes.ts'
import type { SbpsPayMethod } from '@choba/wire/sbps/statements.ts'
import { rolled } from '../business-days.ts'
import { arrayOf, Malformed, numberOf, objectOf, oneOf, optional, textOf } from '../parse.ts'

export type SbpsContract = {
  readonly from: BusinessDate
  readonly feeRateBp: number
  readonly feePerPaymentYen: number
  readonly monthlyFeeYen: number
  /** How often a monthly fee that no sale covers is carried to the next month; then it is invoiced. */
  readonly carryMost: number
  readonly taxClasses: { readonly rate: TaxClass; readonly perPayment: TaxClass; readonly monthly: TaxClass }
  /** Days of the month; 31 is its last. */
  readonly closingDays: readonly number[]
  readonly payment: { readonly months: number; readonly day: number } | { readonly days: number }
  readonly roll: 'next' | 'previous' | 'none'
}

const BEGINNING = businessDate('2000-01-01')
const LAST_DAY = 31
const USUAL_CARRIES = 4
const MAX_YEN = 9_999_999
const CLOSING_NAMES = { month_end: [LAST_DAY], twice_monthly: [15, LAST_DAY] } as const
const PAYMENT_NAMES = {
  end_of_next_month: { months: 1, day: LAST_DAY },
  fifteen_days_later: { days: 15 },
} as const

/** What stands where an account says nothing. */
type Usual = {
  readonly feeRateBp: number
  readonly feePerPaymentYen: number
  readonly tax: TaxClass
  readonly closing: keyof typeof CLOSING_NAMES
  readonly payment: keyof typeof PAYMENT_NAMES
}
const USUAL: Readonly<Record<SbpsPayMethod, Usual>> = {
  credit: {
    feeRateBp: 325,
    feePerPaymentYen: 0,
    tax: 'non_taxable',
    closing: 'month_end',
    payment: 'end_of_next_month',
  },
  webcvs: {
    feeRateBp: 0,
    feePerPaymentYen: 190,
    tax: 'taxable10',
    closing: 'twice_monthly',
    payment: 'fifteen_days_later',
  },
}

/** The contract in force on a day; before the first one the first holds. */
export function contractOn(contracts: readonly SbpsContract[], day: BusinessDate): SbpsContract {
  const contract = contracts.findLast(({ from }) => from <= day) ?? contracts[0]
  if (!contract) throw new Error('an account without a contract')
  return contract
}

/** The closing day that takes a sale of `day`. */
export function closingDayOf({ closingDays }: Pick<SbpsContract, 'closingDays'>, day: BusinessDate): BusinessDate {
  const next = addMonths(firstOfMonth(day), 1)
  const all = [...closingDays.map((each) => dayIn(day, each)), ...closingDays.map((each) => dayIn(next, each))]
  return all.filter((each) => each >= day).toSorted()[0] ?? endOfMonth(day)
}

export function paymentDayOf(
  { payment, roll }: Pick<SbpsContract, 'payment' | 'roll'>,
  closingOn: BusinessDate,
): BusinessDate {
  const day =
    'days' in payment
      ? addDays(closingOn, payment.days)
      : dayIn(addMonths(firstOfMonth(closingOn), payment.months), payment.day)
  return rolled(day, roll)
}

/** Whether the closing after this one, by the contract of that day, is another month's. */
export function isLastOfMonth(contracts: readonly SbpsContract[], closingOn: BusinessDate): boolean {
  const next = addDays(closingOn, 1)
  return closingDayOf(contractOn(contracts, next), next).slice(0, 7) !== closingOn.slice(0, 7)
}

function dayIn(month: BusinessDate, number: number): BusinessDate {
  const [nominal, last] = [addDays(firstOfMonth(month), number - 1), endOfMonth(month)]
  return nominal < last ? nominal : last
}

/** A list, or one contract that always held. @throws Malformed naming the field that is wrong. */
export function parseSbpsContracts(value: unknown, at: string, method: SbpsPayMethod): SbpsContract[] {
  const parse = (each: unknown, place: string) => parseContract(each, place, USUAL[method])
  if (!Array.isArray(value)) return [parse(value ?? {}, at)]
  const contracts = arrayOf(value, at, parse)
  if (contracts.length === 0) throw new Malformed(`${at} must not be empty`)
  return contracts.sort((a, b) => (a.from < b.from ? -1 : 1))
}

function parseContract(value: unknown, at: string, usual: Usual): SbpsContract {
  const contract = objectOf(value, at)
  const classes = objectOf(contract['taxClasses'] ?? {}, `${at}.taxClasses`)
  function amount(name: string, otherwise: number, most = MAX_YEN): number {
    return optional(contract[name], (v) => numberOf(v, `${at}.${name}`, 0, most)) ?? otherwise
  }
  function taxClass(name: string, otherwise: TaxClass): TaxClass {
    return optional(classes[name], (v) => oneOf(v, `${at}.taxClasses.${name}`, TAX_CLASSES)) ?? otherwise
  }
  const tax = optional(contract['feeTaxClass'], (v) => oneOf(v, `${at}.feeTaxClass`, TAX_CLASSES)) ?? usual.tax
  return {
    from: optional(contract['from'], (v) => dayOfText(v, `${at}.from`)) ?? BEGINNING,
    feeRateBp: amount('feeRateBp', usual.feeRateBp, 10_000),
    feePerPaymentYen: amount('feePerPaymentYen', usual.feePerPaymentYen),
    monthlyFeeYen: amount('monthlyFeeYen', 0),
    carryMost: amount('carryMost', USUAL_CARRIES, 12),
    taxClasses: {
      rate: taxClass('rate', tax),
      perPayment: taxClass('perPayment', tax),
      monthly: taxClass('monthly', 'taxable10'),
    },
    closingDays: closingDays(contract, at, usual),
    payment: paymentOf(contract, at, usual),
    roll: optional(contract['roll'], (v) => oneOf(v, `${at}.roll`, ['next', 'previous', 'none'])) ?? 'next',
  }
}

type Fields = Readonly<Record<string, unknown>>

function closingDays(contract: Fields, at: string, usual: Usual): readonly number[] {
  const named = optional(contract['closing'], (v) => oneOf(v, `${at}.closing`, ['month_end', 'twice_monthly']))
  const days = optional(contract['closingDays'], (list) =>
    arrayOf(list, `${at}.closingDays`, (v, place) => numberOf(v, place, 1, LAST_DAY)),
  )
  return days !== undefined && days.length > 0 ? days : CLOSING_NAMES[named ?? usual.closing]
}

function paymentOf({ payment }: Fields, at: string, usual: Usual): SbpsContract['payment'] {
  if (typeof payment === 'object' && payment !== null) {
    const { days, months, day } = objectOf(payment, `${at}.payment`)
    if (days !== undefined) return { days: numberOf(days, `${at}.payment.days`, 1, 120) }
    return {
      months: numberOf(months, `${at}.payment.months`, 0, 6),
      day: numberOf(day, `${at}.payment.day`, 1, LAST_DAY),
    }
  }
  const names = ['end_of_next_month', 'fifteen_days_later'] as const
  return PAYMENT_NAMES[optional(payment, (v) => oneOf(v, `${at}.payment`, names)) ?? usual.payment]
}

function dayOfText(value: unknown, at: string): BusinessDate {
  const day = parseBusinessDate(textOf(value, at, /^\d{4}-\d{2}-\d{2}$/))
  if (!day) throw new Malformed(`${at} is no day`)
  return day
}
