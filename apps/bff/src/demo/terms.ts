/** The demo shops' contracts, as the sandbox's accounts have them. */
import type { Kysely } from 'kysely'
import { planOf } from '@choba/shared/fee-plans.ts'
import type { Method } from '@choba/shared/methods.ts'
import { TAX_CLASSES, type TaxClass } from '@choba/shared/tax-classes.ts'
import {
  CYCLES,
  type FeeTerms,
  ROLLS,
  type Roll,
  type TermKind,
  type TermValues,
  USUAL_CARRIES,
} from '@choba/shared/terms.ts'
import type { Database } from '../db/schema.ts'
import type { NpAccount, SbpsAccount } from './accounts.ts'

const LAST_DAY = 31

type DemoTerm = {
  readonly shopId: string
  readonly method: Method
  readonly kind: TermKind
  readonly validFrom: string
  readonly value: TermValues[TermKind]
  readonly assumed: boolean
}
type Contracted = { readonly shopId: string; readonly since: string }
type Settings = Readonly<Record<string, unknown>>

/** SBPS: a share of each card sale, a fixed fee for each payment at a store, and a fee for the month; one contract, or several. */
export function sbpsTerms({ shopId, since }: Contracted, account: SbpsAccount): DemoTerm[] {
  const methods = [
    ['card', account['card'], 'non_taxable'],
    ['convenience_store', account['convenienceStore'], 'taxable10'],
  ] as const
  return methods.flatMap(([method, said, taxed]) =>
    (Array.isArray(said) ? said.map(recordOf) : [recordOf(said)]).flatMap((contract, index): DemoTerm[] => {
      const validFrom = index > 0 && typeof contract['from'] === 'string' ? contract['from'] : since
      const common = { shopId, method, validFrom, assumed: false }
      return [
        { ...common, kind: 'closing', value: sbpsClosing(contract) },
        { ...common, kind: 'fees', value: sbpsFees(contract, taxed) },
      ]
    }),
  )
}

/** NP: one contract, or several that follow each other. Limit, points and the rest are public figures, assumed. */
export function npTerms({ shopId, since }: Contracted, account: NpAccount): DemoTerm[] {
  const common = { shopId, method: 'np_postpaid' as const }
  const assumed = { ...common, validFrom: since, assumed: true }
  const settings = recordOf(account['settings'])
  const contracts = Array.isArray(account['contracts'])
    ? account['contracts'].map(recordOf)
    : [recordOf(account['contract'])]
  return [
    ...contracts.flatMap((contract, index): DemoTerm[] => {
      const validFrom = index > 0 && typeof contract['from'] === 'string' ? contract['from'] : since
      const dated = { ...common, validFrom, assumed: false }
      return [
        {
          ...dated,
          kind: 'closing',
          value: npClosing(contract),
        },
        { ...dated, kind: 'fees', value: npFees(contract) },
      ]
    }),
    { ...assumed, kind: 'limit', value: { limitYen: 54_000 } },
    { ...assumed, kind: 'points', value: { yenPerPoint: 200 } },
    { ...assumed, kind: 'approval', value: { days: amount(settings, 'approvalValidDays', 90) } },
    {
      ...assumed,
      kind: 'after_payout',
      value: { cancel: settings['cancelAfterPayout'] === 'refuse' ? 'refuse' : 'offset' },
    },
  ]
}

/** Terms that stand are kept: an admin may have changed them since. */
export async function putTerms(tx: Kysely<Database>, merchantId: string, terms: readonly DemoTerm[]): Promise<void> {
  if (terms.length === 0) return
  await tx
    .insertInto('contractTerm')
    .values(terms.map(({ value, ...term }) => ({ merchantId, ...term, value: JSON.stringify(value) })))
    .onConflict((conflict) => conflict.constraint('contract_term_pkey').doNothing())
    .execute()
}

function sbpsFees(contract: Settings, taxed: TaxClass): FeeTerms {
  const classes = recordOf(contract['taxClasses'])
  const all = taxClass(contract['feeTaxClass'], taxed)
  const prices = {
    rateBp: amount(contract, 'feeRateBp'),
    perPaymentYen: amount(contract, 'feePerPaymentYen'),
    monthlyYen: amount(contract, 'monthlyFeeYen'),
    carryMost: amount(contract, 'carryMost', USUAL_CARRIES),
  }
  const [rate, perPayment] = [taxClass(classes['rate'], all), taxClass(classes['perPayment'], all)]
  const monthly = taxClass(classes['monthly'], 'taxable10')
  return { ...fees(prices, all), taxClass: { rate, perPayment, invoice: all, monthly }, lines: 'separate' }
}

/** Both providers say `twice_monthly`; SBPS means the 15th and the month's end. */
function sbpsClosing(contract: Settings): TermValues['closing'] {
  if (Array.isArray(contract['closingDays'])) {
    const closingDays = contract['closingDays'].map(Number)
    const { days, months, day } = recordOf(contract['payment']) as Readonly<Record<string, number>>
    const pay = days === undefined ? { payMonths: months ?? 1, payDay: day ?? LAST_DAY } : { payAfterDays: days }
    return { cycle: 'by_day', closingDays, ...pay, roll: rollOf(contract) }
  }
  return { cycle: contract['closing'] === 'twice_monthly' ? 'semi_monthly' : 'month_end', roll: rollOf(contract) }
}

function npClosing(contract: Settings): TermValues['closing'] {
  const cycle = CYCLES.find((each) => each === contract['closing']) ?? 'weekly'
  const friday = cycle === 'designated_friday' ? { friday: amount(contract, 'friday', 4) } : {}
  return { cycle, roll: rollOf(contract), ...friday }
}

function npFees(contract: Settings): FeeTerms {
  const classes = recordOf(contract['taxClasses'])
  const prices = {
    rateBp: amount(contract, 'feeRateBp'),
    perInvoiceYen: amount(contract, 'invoicePostageYen'),
    perBundledInvoiceYen: amount(contract, 'bundledPostageYen', amount(contract, 'invoicePostageYen')),
    monthlyYen: amount(contract, 'monthlyFeeYen'),
  }
  return {
    ...fees(prices, 'taxable10'),
    plan: planOf(prices),
    taxClass: {
      rate: taxClass(classes['rate'], 'taxable10'),
      invoice: taxClass(classes['postage'] ?? classes['invoice'], 'taxable10'),
      monthly: taxClass(classes['monthly'], 'taxable10'),
    },
    lines: contract['layout'] === 'new' ? 'separate' : 'single',
  }
}

function fees(prices: Partial<FeeTerms>, taxed: TaxClass): FeeTerms {
  return {
    plan: 'custom',
    rateBp: 0,
    perPaymentYen: 0,
    perInvoiceYen: 0,
    perBundledInvoiceYen: 0,
    monthlyYen: 0,
    taxClass: { rate: taxed, invoice: taxed, monthly: 'taxable10' },
    lines: 'single',
    ...prices,
  }
}

function rollOf(contract: Settings): Roll {
  return ROLLS.find((roll) => roll === contract['roll']) ?? 'next'
}

function taxClass(value: unknown, otherwise: TaxClass): TaxClass {
  return TAX_CLASSES.find((each) => each === value) ?? otherwise
}

function amount(from: Settings, name: string, otherwise = 0): number {
  const value = from[name]
  return typeof value === 'number' ? value : otherwise
}

function recordOf(value: unknown): Settings {
  return typeof value === 'object' && value !== null ? (value as Settings) : {}
}
