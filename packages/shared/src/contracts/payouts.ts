/** Payouts by closing: expected, closed, paid; what each covers, and the proof that nothing is missing. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import {
  COVERAGE_PARTS,
  coverageFilter,
  coverageListQuery,
  payoutFilter,
  payoutPageQuery,
  PAYOUT_STATES,
  STATEMENT_SOURCES,
  payoutExportCheck,
} from '../filters/payouts.ts'
import { day } from '../filters/list.ts'
import { METHODS } from '../methods.ts'
import { personal } from '../personal.ts'
import { journalEntryView } from './payments.ts'

export const payoutRow = z.object({
  /** A statement's id, or `expected:<connection>:<method>:<closing>`. */
  id: z.string(),
  state: z.enum(PAYOUT_STATES),
  shopId: z.string(),
  method: z.string(),
  closingOn: z.iso.date(),
  payOn: z.iso.date(),
  paidOn: z.nullable(z.iso.date()),
  lines: z.int(),
  /** Sales less what was taken back of them. */
  grossYen: z.int(),
  feeYen: z.int(),
  taxYen: z.int(),
  /** Adjustments and what is carried over. */
  otherYen: z.int(),
  transferYen: z.int(),
  statementNumber: z.nullable(z.string()),
  /** Expected, though its closing is past: the statement has not come. */
  late: z.boolean(),
  /** How often the oldest fixed fee that is carried on has been carried with this closing, of at most so many times; null where none is. */
  carried: z.nullable(z.int()),
  carryMost: z.nullable(z.int()),
})
export type PayoutRow = z.infer<typeof payoutRow>

export const payoutTotals = z.object({
  count: z.int(),
  grossYen: z.int(),
  feeYen: z.int(),
  taxYen: z.int(),
  otherYen: z.int(),
  transferYen: z.int(),
})
export type PayoutTotals = z.infer<typeof payoutTotals>

/** Gross to transfer, step by step; the steps before `transfer` add up to it. */
export const waterfallStep = z.object({
  kind: z.enum(['sales', 'fee', 'tax', 'taken_back', 'adjustment', 'carry_over', 'invoiced', 'transfer']),
  /** Of a fee. */
  feeKind: z.nullable(z.string()),
  taxClass: z.nullable(z.string()),
  amountYen: z.int(),
  lines: z.int(),
})
export type WaterfallStep = z.infer<typeof waterfallStep>

export const LINE_FINDINGS = ['matched', 'amount_differs', 'fee_differs', 'twice', 'unknown', 'own'] as const
export type LineFinding = (typeof LINE_FINDINGS)[number]

export const payoutLine = z.object({
  line: z.int(),
  kind: z.string(),
  paymentId: z.nullable(z.string()),
  providerId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  note: z.string(),
  grossYen: z.int(),
  feeYen: z.int(),
  taxYen: z.int(),
  transferYen: z.int(),
  /** Null where nothing can be expected. */
  expectedGrossYen: z.nullable(z.int()),
  expectedFeeYen: z.nullable(z.int()),
  expectedTaxYen: z.nullable(z.int()),
  finding: z.enum(LINE_FINDINGS),
})
export type PayoutLine = z.infer<typeof payoutLine>

/** A sale that a closing was to hold and does not. */
const missingSale = z.object({
  paymentId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  amountYen: z.int(),
  arrivedOn: z.nullable(z.iso.date()),
  reason: z.enum(['arrival_not_confirmed', 'next_closing', 'disputed', 'unexplained']),
})
export type MissingSale = z.infer<typeof missingSale>

const comparison = z.object({
  findings: z.record(z.enum(LINE_FINDINGS), z.int()),
  missing: z.record(missingSale.shape.reason, z.object({ count: z.int(), amountYen: z.int() })),
  /** At most 100, the unexplained first. */
  missingSales: z.array(missingSale),
})
export type PayoutComparison = z.infer<typeof comparison>

/** What a closing does with a month's own fee. */
const fixedFeeView = z.object({
  month: z.string(),
  /** Tax included. */
  owedYen: z.int(),
  /** How often it has been carried, this closing counted, of at most `most`. */
  carried: z.int(),
  most: z.int(),
  state: z.enum(['deducted', 'carried', 'invoiced']),
})
export type FixedFeeView = z.infer<typeof fixedFeeView>

export const payoutDetail = z.object({
  payout: payoutRow,
  source: z.nullable(z.enum(STATEMENT_SOURCES)),
  issuerNumber: z.nullable(z.string()),
  waterfall: z.array(waterfallStep),
  comparison: z.nullable(comparison),
  /** Of card and convenience store, the oldest first. */
  fixedFees: z.array(fixedFeeView),
  /** Of the statement's own lines; those of payments stand with the payments. Empty without the right to read them. */
  entries: z.array(journalEntryView),
  /** By account over everything booked for this closing, payments included; debit positive. */
  accounts: z.array(z.object({ account: z.string(), taxClass: z.nullable(z.string()), amountYen: z.int() })),
})
export type PayoutDetail = z.infer<typeof payoutDetail>

const sum = z.object({ count: z.int(), amountYen: z.int() })
export const coverage = z.object({
  /** Every sale of NP postpaid that was ever shipped, counted on its own. */
  completed: sum,
  parts: z.array(
    z.object({
      part: z.enum(COVERAGE_PARTS),
      ...sum.shape,
      reasons: z.array(z.object({ reason: z.string(), ...sum.shape })),
    }),
  ),
  /** What the statements' own lines say of the covered part. */
  statedYen: z.int(),
  /** The parts come to the whole, and the statements to the covered part. */
  adds: z.boolean(),
})
export type Coverage = z.infer<typeof coverage>

export const coverageSale = z.object({
  paymentId: z.string(),
  shopId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  amountYen: z.int(),
  shippedOn: z.iso.date(),
  arrivedOn: z.nullable(z.iso.date()),
  part: z.enum(COVERAGE_PARTS),
  reason: z.string(),
  statementId: z.nullable(z.string()),
  statementNumber: z.nullable(z.string()),
  /** Of what is not covered yet: the closing that will take it, and its payment. */
  closingOn: z.nullable(z.iso.date()),
  payOn: z.nullable(z.iso.date()),
})
export type CoverageSale = z.infer<typeof coverageSale>

export const FILE_MOST_BASE64 = 7 * 1024 * 1024
const statementFile = z.object({
  connectionId: z.uuid(),
  /** A statement is of one method; of a contract that has one, it need not be said. */
  method: z.optional(z.enum(METHODS)),
  statementNumber: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  closingOn: day(),
  payOn: day(),
  /** The bytes of the file in base64. */
  content: z.string().check(z.minLength(1), z.maxLength(FILE_MOST_BASE64), z.regex(/^[A-Za-z0-9+/]+={0,2}$/)),
  /** Field → the file's own column, where it is not known by name. */
  mapping: z._default(z.record(z.string().check(z.maxLength(40)), z.string().check(z.maxLength(100))), {}),
})
export type StatementFileInput = z.output<typeof statementFile>

const fileProblem = z.object({ line: z.int(), column: z.string(), problem: z.string() })

export const filePreview = z.object({
  /** Why it cannot be read; empty when it can. At most 50. */
  problems: z.array(fileProblem),
  /** Columns whose meaning nobody knows: of a file that cannot be read, and of one that can. */
  columns: z.array(z.string()),
  unknownColumns: z.array(z.string()),
  /** The same statement is in the books: bringing it again changes nothing. */
  known: z.boolean(),
  /** Another statement of this closing is in the books. */
  otherNumber: z.nullable(z.string()),
  lines: z.int(),
  totals: payoutTotals,
  findings: z.record(z.enum(LINE_FINDINGS), z.int()),
  missing: comparison.shape.missing,
  /** Lines that differ, at most 200. */
  differences: z.array(payoutLine),
  missingSales: z.array(missingSale),
})
export type FilePreview = z.infer<typeof filePreview>

export const payouts = {
  list: contract({
    method: 'GET',
    path: '/api/payouts',
    permission: 'payouts.read',
    query: payoutPageQuery,
    response: z.object({ items: z.array(payoutRow), nextCursor: z.nullable(z.string()) }),
  }),
  totals: contract({
    method: 'GET',
    path: '/api/payouts/totals',
    permission: 'payouts.read',
    query: payoutFilter,
    response: payoutTotals,
  }),
  /** Asked before the download: how many rows, their control totals, and what the encoding cannot write. */
  checkExport: contract({
    method: 'GET',
    path: '/api/payouts/export/check',
    permission: 'sales.export',
    query: payoutExportCheck,
    response: z.object({ totals: payoutTotals, unmappableCount: z.int(), unmappable: z.array(z.string()) }),
  }),
  coverage: contract({
    method: 'GET',
    path: '/api/payouts/coverage',
    permission: 'payouts.read',
    query: coverageFilter,
    response: coverage,
  }),
  coverageSales: contract({
    method: 'GET',
    path: '/api/payouts/coverage/sales',
    permission: 'payouts.read',
    query: coverageListQuery,
    response: z.object({ items: z.array(coverageSale), nextCursor: z.nullable(z.string()), total: sum }),
  }),
  /** Connections whose provider writes statement files that can be brought by hand. */
  fileSources: contract({
    method: 'GET',
    path: '/api/payouts/files/sources',
    permission: 'payouts.import',
    response: z.object({
      items: z.array(
        z.object({
          connectionId: z.string(),
          shopId: z.string(),
          method: z.enum(METHODS),
          /** What a person may say a column of such a file is. */
          fields: z.array(z.string()),
          /** What was said of the columns of the last file of this contract: field → column. */
          mapping: z.record(z.string(), z.string()),
        }),
      ),
    }),
  }),
  previewFile: contract({
    method: 'POST',
    path: '/api/payouts/files/preview',
    permission: 'payouts.import',
    body: statementFile,
    response: filePreview,
    errors: ['resource.not_found'],
  }),
  importFile: contract({
    method: 'POST',
    path: '/api/payouts/files',
    permission: 'payouts.import',
    body: statementFile,
    /** `already`: the same statement was there. */
    response: z.object({ result: z.enum(['taken', 'already']) }),
    errors: ['resource.not_found', 'statement.unreadable', 'statement.closing_taken'],
  }),
  /** The transfer of a statement that was brought as a file; the others are told by their provider. */
  markPaid: contract({
    method: 'POST',
    path: '/api/payouts/:id/paid',
    permission: 'payouts.import',
    body: z.object({ paidOn: day() }),
    /** `already`: it was paid on that day. */
    response: z.object({ result: z.enum(['paid', 'already']) }),
    errors: ['resource.not_found', 'statement.not_payable'],
  }),
  get: contract({
    method: 'GET',
    path: '/api/payouts/:id',
    permission: 'payouts.read',
    response: payoutDetail,
    errors: ['resource.not_found'],
  }),
  lines: contract({
    method: 'GET',
    path: '/api/payouts/:id/lines',
    permission: 'payouts.read',
    query: z.object({
      only: z._default(z.enum(['all', 'differences']), 'all'),
      cursor: z.optional(z.string().check(z.regex(/^[\w-]{1,64}$/))),
    }),
    response: z.object({ items: z.array(payoutLine), nextCursor: z.nullable(z.string()) }),
    errors: ['resource.not_found'],
  }),
} as const

export const PAYOUT_EXPORT_PATH = '/api/payouts/export.csv'
