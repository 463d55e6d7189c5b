/** A term's value in words, one fact for each of its fields. */
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import type { TermKind } from '@choba/shared/terms.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { formatYen } from '../../ui/money/format-yen.ts'

/** In the order in which a person reads them. */
export const TAXED_PARTS = ['rate', 'perPayment', 'invoice', 'monthly'] as const
export const TERM_FIELDS: Readonly<Record<TermKind, readonly string[]>> = {
  scope: ['billingMethods', 'sites', 'invoices'],
  closing: ['cycle', 'friday', 'closingDays', 'payMonths', 'payDay', 'payAfterDays', 'roll'],
  fees: [
    'plan',
    'rateBp',
    'perPaymentYen',
    'perInvoiceYen',
    'perBundledInvoiceYen',
    'monthlyYen',
    'carryMost',
    'lines',
  ],
  limit: ['limitYen'],
  points: ['yenPerPoint'],
  approval: ['days'],
  after_payout: ['cancel'],
  radar: ['unreported', 'arrival', 'hold', 'lapse', 'statement'],
}

/** Fields whose values are codes, and the group that names them. */
const CODES: Readonly<Record<string, string>> = {
  cycle: 'cycle',
  roll: 'roll',
  plan: 'fee_plan',
  lines: 'fee_lines',
  cancel: 'after_payout',
  invoices: 'invoice_ways',
  billingMethods: 'billing',
  sites: 'site',
  rate: 'tax_class',
  perPayment: 'tax_class',
  invoice: 'tax_class',
  monthly: 'tax_class',
}
const BASIS_POINTS_PER_PERCENT = 100
export const LAST_DAY = 31

export type Fact = readonly [name: string, value: string]

export function termFacts(kind: TermKind, value: Readonly<Record<string, unknown>>, language: Language): Fact[] {
  const classes = (value['taxClass'] ?? {}) as Readonly<Record<string, unknown>>
  return [
    ...TERM_FIELDS[kind].map((field) => [field, value[field]] as const),
    ...TAXED_PARTS.map((part) => [part, classes[part]] as const),
  ]
    .filter(([field, each]) => isWorthSaying(kind, field, each, value))
    .map(([field, each]): Fact => [label(language, 'term_field', field), valueWord(field, each, language)])
}

/** A charge of nothing and the class of such a charge are left out. */
function isWorthSaying(
  kind: TermKind,
  field: string,
  each: unknown,
  value: Readonly<Record<string, unknown>>,
): boolean {
  if (each === undefined || each === null) return false
  if (kind !== 'fees') return true
  if (field === 'plan') return true
  if (field === 'monthly' || field === 'carryMost') return value['monthlyYen'] !== 0
  if (field === 'rate') return value['rateBp'] !== 0 || value['lines'] === 'single'
  if (field === 'perPayment') return value['perPaymentYen'] !== 0
  if (field === 'invoice') return value['perInvoiceYen'] !== 0 && value['lines'] === 'separate'
  return each !== 0
}

function valueWord(field: string, value: unknown, language: Language): string {
  const group = CODES[field]
  if (group !== undefined && typeof value === 'string') return label(language, group, value)
  if (group !== undefined && Array.isArray(value))
    return value.map((each) => label(language, group, String(each))).join(separatorIn(language))
  if (field === 'closingDays' && Array.isArray(value))
    return value.map((day) => dayWord(day, language)).join(language === 'ja' ? '・' : ', ')
  if (field === 'payMonths') return label(language, 'pay_month', String(value))
  if (field === 'payDay') return dayWord(value, language)
  if (field === 'payAfterDays') return fill(label(language, 'contracts', 'pay_after'), { count: String(value) })
  if (field === 'rateBp' && typeof value === 'number') return String(value / BASIS_POINTS_PER_PERCENT)
  return typeof value === 'number' ? formatYen(value) : String(value)
}

/** A day of the month; its last is no number. */
export function dayWord(day: unknown, language: Language): string {
  return day === LAST_DAY
    ? label(language, 'contracts', 'month_last')
    : fill(label(language, 'contracts', 'month_day'), { day: String(day) })
}
