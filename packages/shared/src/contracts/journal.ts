import * as z from 'zod/mini'
import { ACCOUNT_NAMES, JOURNAL_KINDS } from '../accounts.ts'
import { contract } from '../contract.ts'
import { exportChoice } from '../filters/export.ts'
import { journalFilter, journalPageQuery, journalView } from '../filters/journal.ts'
import { manyOf } from '../filters/list.ts'
import { TAX_CLASSES } from '../tax-classes.ts'

/** One line of a journal entry. Amounts in yen; a line stands on one side, the other is null. */
export const journalRow = z.object({
  id: z.string(),
  entryId: z.string(),
  bookedOn: z.iso.date(),
  kind: z.enum(JOURNAL_KINDS),
  account: z.enum(ACCOUNT_NAMES),
  /** Of the receivable: the method whose provider owes it. */
  subAccount: z.nullable(z.string()),
  taxClass: z.nullable(z.enum(TAX_CLASSES)),
  debitYen: z.nullable(z.int()),
  creditYen: z.nullable(z.int()),
  paymentId: z.nullable(z.string()),
  orderNumber: z.nullable(z.string()),
  /** Where a statement says something beside its payments, such as a monthly fee. */
  statementId: z.nullable(z.string()),
  statementNumber: z.nullable(z.string()),
  method: z.string(),
  shopId: z.string(),
  /** As the merchant's own books say it on that day; null where they say nothing of their own. */
  ownCode: z.nullable(z.string()),
  ownName: z.nullable(z.string()),
  ownSubAccount: z.nullable(z.string()),
  ownTaxName: z.nullable(z.string()),
})
export type JournalRow = z.infer<typeof journalRow>

export const journalTotals = z.object({ count: z.int(), entries: z.int(), debitYen: z.int(), creditYen: z.int() })
export type JournalTotals = z.infer<typeof journalTotals>

/** An account over a month. Debit balances are positive, credit balances negative. */
const balance = z.object({
  openingYen: z.int(),
  debitYen: z.int(),
  creditYen: z.int(),
  closingYen: z.int(),
})
export const trialBalance = z.object({
  month: z.string(),
  accounts: z.array(z.extend(balance, { account: z.enum(ACCOUNT_NAMES) })),
  /** The receivable apart: by who owes it and for which method. */
  receivables: z.array(z.extend(balance, { provider: z.string(), method: z.string() })),
})
export type TrialBalance = z.infer<typeof trialBalance>

const exportQuery = z.extend(journalView, exportChoice)

export const journal = {
  list: contract({
    method: 'GET',
    path: '/api/journal',
    permission: 'journal.read',
    query: journalPageQuery,
    response: z.object({ items: z.array(journalRow), nextCursor: z.nullable(z.string()) }),
    errors: ['request.invalid'],
  }),
  totals: contract({
    method: 'GET',
    path: '/api/journal/totals',
    permission: 'journal.read',
    query: journalFilter,
    response: journalTotals,
  }),
  trialBalance: contract({
    method: 'GET',
    path: '/api/journal/trial-balance',
    permission: 'journal.read',
    query: z.object({ month: z.string().check(z.regex(/^20\d\d-(0[1-9]|1[0-2])$/)), shop: z.optional(z.uuid()) }),
    response: trialBalance,
  }),
  checkExport: contract({
    method: 'GET',
    path: '/api/journal/export/check',
    permission: 'journal.read',
    query: exportQuery,
    response: z.object({ totals: journalTotals, unmappableCount: z.int(), unmappable: z.array(z.string()) }),
  }),
} as const

export const JOURNAL_EXPORT_PATH = '/api/journal/export.csv'
export const journalExportQuery = z.extend(exportQuery, { substitute: z.optional(manyOf(['geta'])) })
export type JournalExportQuery = z.output<typeof journalExportQuery>
