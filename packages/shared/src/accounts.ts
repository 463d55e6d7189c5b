/** The chart of accounts the postings use. A merchant's own names and codes are mapped at export. */
export const ACCOUNTS = {
  /** 売掛金: what a provider owes the merchant; the sub-account is the payment method. */
  receivable: 'asset',
  /** 普通預金 */
  bank: 'asset',
  /** 仮払消費税 */
  input_tax: 'asset',
  /** 仮受消費税 */
  output_tax: 'liability',
  /** 預り金: deposited beyond what was billed, owed to the customer. */
  deposits_received: 'liability',
  /** 未払金: what a provider has sent an invoice for; the sub-account is the payment method. */
  payables: 'liability',
  /** 売上高 */
  sales: 'income',
  /** 雑収入・雑損失: what a provider gives or takes beside sales and fees. */
  adjustments: 'income',
  /** 支払手数料 */
  fees: 'expense',
} as const

export type Account = keyof typeof ACCOUNTS
export const ACCOUNT_NAMES = Object.keys(ACCOUNTS) as Account[]

/** What a journal entry tells of. */
export const JOURNAL_KINDS = [
  'sale',
  'sale_reversal',
  'refund',
  'excess',
  'return',
  'fee',
  'payout',
  'adjustment',
] as const
export type JournalKind = (typeof JOURNAL_KINDS)[number]
