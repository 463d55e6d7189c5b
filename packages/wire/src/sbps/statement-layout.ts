/**
 * The columns of SBPS's statement file by what they mean. Assumed throughout: the layout is contract-specific and not
 * public. The short layout is one without fixed fees, as earlier files have it; both are read.
 */
import type { Columns, FieldNames } from '../statement/columns.ts'

export const SBPS_STATEMENT_FIELDS = [
  'number',
  'kind',
  'payMethod',
  'trackingId',
  'orderNumber',
  'soldOn',
  'gross',
  'rate',
  'rateTaxClass',
  'rateTax',
  'perPayment',
  'perPaymentTaxClass',
  'perPaymentTax',
  'monthly',
  'monthlyTaxClass',
  'monthlyTax',
  'transfer',
  'month',
  'carried',
  'note',
] as const
export type SbpsStatementField = (typeof SBPS_STATEMENT_FIELDS)[number]
export type SbpsStatementMapping = Partial<Record<SbpsStatementField, string>>

export const SBPS_COLUMNS: Columns<SbpsStatementField> = [
  ['number', '通番'],
  ['kind', '明細区分'],
  ['payMethod', '決済方法'],
  ['trackingId', '処理トラッキングID'],
  ['orderNumber', '注文番号'],
  ['soldOn', '売上日'],
  ['gross', '金額'],
  ['rate', '決済手数料'],
  ['rateTaxClass', '決済手数料税区分'],
  ['rateTax', '決済手数料消費税'],
  ['perPayment', '処理手数料'],
  ['perPaymentTaxClass', '処理手数料税区分'],
  ['perPaymentTax', '処理手数料消費税'],
  ['monthly', '月額費用'],
  ['monthlyTaxClass', '月額費用税区分'],
  ['monthlyTax', '月額費用消費税'],
  ['transfer', '差引入金額'],
  ['month', '対象月'],
  ['carried', '繰越回数'],
  ['note', '摘要'],
]

const SHORT_COLUMNS: Columns<SbpsStatementField> = [
  ['number', '通番'],
  ['payMethod', '決済方法'],
  ['trackingId', '処理トラッキングID'],
  ['orderNumber', '注文番号'],
  ['kind', '売上区分'],
  ['soldOn', '売上日'],
  ['gross', '売上金額'],
  ['rate', '決済手数料'],
  ['rateTax', '手数料消費税'],
  ['transfer', '入金額'],
]

export const SBPS_STATEMENT_NAMES: FieldNames<SbpsStatementField> = {
  fields: SBPS_STATEMENT_FIELDS,
  layouts: [SBPS_COLUMNS, SHORT_COLUMNS],
  aliases: {},
}

export const SBPS_FEE_FIELDS = {
  rate: { amount: 'rate', taxClass: 'rateTaxClass', tax: 'rateTax' },
  per_payment: { amount: 'perPayment', taxClass: 'perPaymentTaxClass', tax: 'perPaymentTax' },
  monthly: { amount: 'monthly', taxClass: 'monthlyTaxClass', tax: 'monthlyTax' },
} as const

export const SBPS_KIND_WORDS = {
  sale: '売上',
  cancellation: '返金',
  monthly_fee: '月額費用',
  carry_over: '繰越',
  invoiced: '請求書払い',
} as const
