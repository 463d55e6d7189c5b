/**
 * The columns of a statement file by what they mean, in both layouts, and the names each is known under. The layout
 * before April 2025 is public (np-postpaid 3); the newer one stands behind NP's login, so its names are assumed and a
 * person may say which of the file's columns means what.
 */
import type { Columns, FieldNames } from '../statement/columns.ts'

export const STATEMENT_FIELDS = [
  'number',
  'kind',
  'npTransactionId',
  'shopTransactionId',
  'customerName',
  'shippedOn',
  'gross',
  'rate',
  'rateTaxClass',
  'rateTax',
  'postage',
  'postageTaxClass',
  'postageTax',
  'other',
  'otherTaxClass',
  'otherTax',
  'transfer',
  'note',
] as const
export type StatementField = (typeof STATEMENT_FIELDS)[number]

/** Which of the file's own column names means which field. */
export type StatementMapping = Partial<Record<StatementField, string>>

export const NP_LAYOUTS = ['old', 'new'] as const
export type NpLayout = (typeof NP_LAYOUTS)[number]

/** In the order in which the file writes them. */
export const LAYOUT_COLUMNS: Readonly<Record<NpLayout, Columns<StatementField>>> = {
  old: [
    ['number', '通番'],
    ['npTransactionId', 'NP取引ID'],
    ['shopTransactionId', '加盟店取引ID'],
    ['customerName', 'ご購入者名'],
    ['gross', '取引総額'],
    ['rate', 'NP手数料(税抜)'],
    ['rateTax', 'NP手数料消費税'],
    ['transfer', 'お支払総額'],
  ],
  new: [
    ['number', '明細番号'],
    ['kind', '明細区分'],
    ['npTransactionId', 'NP取引ID'],
    ['shopTransactionId', '加盟店取引ID'],
    ['customerName', '購入者名'],
    ['shippedOn', '出荷報告日'],
    ['gross', '取引金額'],
    ['rate', '決済手数料'],
    ['rateTaxClass', '決済手数料税区分'],
    ['rateTax', '決済手数料消費税'],
    ['postage', '請求書発行料'],
    ['postageTaxClass', '請求書発行料税区分'],
    ['postageTax', '請求書発行料消費税'],
    ['other', 'その他費用'],
    ['otherTaxClass', 'その他費用税区分'],
    ['otherTax', 'その他費用消費税'],
    ['transfer', '差引支払額'],
    ['note', '摘要'],
  ],
}

/** Further names seen in other readers of these files. */
const ALIASES: Partial<Record<StatementField, readonly string[]>> = {
  number: ['No', 'No.', '番号'],
  kind: ['区分'],
  gross: ['顧客請求金額'],
  rate: ['NP手数料'],
  rateTax: ['手数料消費税'],
  transfer: ['お支払金額', '支払金額'],
  note: ['備考'],
}

export const KIND_WORDS = {
  sale: '立替払い',
  cancellation: '取消',
  monthly_fee: '月額費用',
  adjustment: '調整',
  carry_over: '繰越',
} as const

export const NP_STATEMENT_NAMES: FieldNames<StatementField> = {
  fields: STATEMENT_FIELDS,
  layouts: NP_LAYOUTS.map((layout) => LAYOUT_COLUMNS[layout]),
  aliases: ALIASES,
}

export const FEE_FIELDS = {
  rate: { amount: 'rate', taxClass: 'rateTaxClass', tax: 'rateTax' },
  postage: { amount: 'postage', taxClass: 'postageTaxClass', tax: 'postageTax' },
  other: { amount: 'other', taxClass: 'otherTaxClass', tax: 'otherTax' },
} as const
