/** What NP and a merchant agreed on, each contract from its day until the next one's. Prices without tax. */
import { businessDate, parseBusinessDate, type BusinessDate } from '@choba/shared/dates.ts'
import { TAX_CLASSES, type TaxClass } from '@choba/shared/tax-classes.ts'
import { NP_LAYOUTS, type NpLayout } from '@choba/wire/np/statement-layout.ts'
import { arrayOf, Malformed, numberOf, objectOf, oneOf, optional, textOf } from '../parse.ts'

export const NP_CYCLES = ['weekly', 'twice_monthly', 'month_end', 'designated_friday'] as const
export type NpCycle = (typeof NP_CYCLES)[number]

export type NpContract = {
  readonly from: BusinessDate
  readonly feeRateBp: number
  /** For each invoice that NP mails or sends, and for each that travels in the parcel (the second is assumed). */
  readonly invoicePostageYen: number
  readonly bundledPostageYen: number
  readonly monthlyFeeYen: number
  readonly taxClasses: { readonly rate: TaxClass; readonly postage: TaxClass; readonly monthly: TaxClass }
  /** `old`: one fee with one tax for each line, as before April 2025. `new`: each fee with its own class. */
  readonly layout: NpLayout
  readonly closing: NpCycle
  /** For `designated_friday`: 1 = first … 4 = fourth of the month. */
  readonly friday: number
  readonly roll: 'next' | 'previous' | 'none'
}

const BEGINNING = businessDate('2000-01-01')
const MAX_YEN = 9_999_999

/** The contract in force on a day; before the first one the first holds. */
export function contractOn(contracts: readonly NpContract[], day: BusinessDate): NpContract {
  const contract = contracts.findLast(({ from }) => from <= day) ?? contracts[0]
  if (!contract) throw new Error('an account without a contract')
  return contract
}

/**
 * `contracts` as a list, or one `contract` that always held.
 * @throws Malformed naming the field that is wrong.
 */
export function parseContracts(account: Readonly<Record<string, unknown>>, at: string): NpContract[] {
  if (account['contracts'] === undefined) return [parseContract(account['contract'], `${at}.contract`)]
  const contracts = arrayOf(account['contracts'], `${at}.contracts`, parseContract)
  if (contracts.length === 0) throw new Malformed(`${at}.contracts must not be empty`)
  return contracts.sort((a, b) => (a.from < b.from ? -1 : 1))
}

function parseContract(value: unknown, at: string): NpContract {
  const contract = objectOf(value, at)
  const classes = objectOf(contract['taxClasses'] ?? {}, `${at}.taxClasses`)
  const invoicePostageYen = numberOf(contract['invoicePostageYen'], `${at}.invoicePostageYen`, 0, MAX_YEN)
  function amount(name: string): number | undefined {
    return optional(contract[name], (v) => numberOf(v, `${at}.${name}`, 0, MAX_YEN))
  }
  function taxClass(name: string): TaxClass {
    return optional(classes[name], (v) => oneOf(v, `${at}.taxClasses.${name}`, TAX_CLASSES)) ?? 'taxable10'
  }
  return {
    from: optional(contract['from'], (v) => dayOfText(v, `${at}.from`)) ?? BEGINNING,
    feeRateBp: numberOf(contract['feeRateBp'], `${at}.feeRateBp`, 0, 10_000),
    invoicePostageYen,
    bundledPostageYen: amount('bundledPostageYen') ?? invoicePostageYen,
    monthlyFeeYen: amount('monthlyFeeYen') ?? 0,
    taxClasses: { rate: taxClass('rate'), postage: taxClass('postage'), monthly: taxClass('monthly') },
    layout: optional(contract['layout'], (v) => oneOf(v, `${at}.layout`, NP_LAYOUTS)) ?? 'old',
    closing: oneOf(contract['closing'], `${at}.closing`, NP_CYCLES),
    friday: optional(contract['friday'], (v) => numberOf(v, `${at}.friday`, 1, 4)) ?? 4,
    roll: optional(contract['roll'], (v) => oneOf(v, `${at}.roll`, ['next', 'previous', 'none'])) ?? 'next',
  }
}

function dayOfText(value: unknown, at: string): BusinessDate {
  const day = parseBusinessDate(textOf(value, at, /^\d{4}-\d{2}-\d{2}$/))
  if (!day) throw new Malformed(`${at} is no day`)
  return day
}
