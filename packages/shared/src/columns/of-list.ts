/** The columns that the file of a list can hold, in their order, and the group of labels that names them. */
import type { ExportList } from '../contracts/exports.ts'
import type { LabelGroup } from '../labels/types.ts'
import { auditColumns } from './audit-log.ts'
import { customerReturnColumns } from './customer-returns.ts'
import { customerColumns } from './customers.ts'
import { invoiceColumns } from './invoices.ts'
import { journalColumns } from './journal.ts'
import { paymentLinkColumns } from './payment-links.ts'
import { paymentColumns } from './payments.ts'
import { payoutColumns } from './payouts.ts'
import { screeningColumns } from './screenings.ts'
import { slipColumns } from './slips.ts'
import { subscriptionColumns } from './subscriptions.ts'
import { zombieColumns } from './zombies.ts'

/** What a person asks for: the columns of the screen, where these can be chosen, all of them, or some in an order of their own. */
export type FileColumns = { readonly scope: 'shown' | 'all' | 'chosen'; readonly chosen: readonly string[] }

type ListColumns = { readonly ids: readonly string[]; readonly words: LabelGroup }

export const COLUMNS_OF: Readonly<Record<ExportList, ListColumns>> = {
  payments: { ids: idsOf(paymentColumns), words: 'column' },
  screenings: { ids: idsOf(screeningColumns), words: 'screening_column' },
  invoices: { ids: idsOf(invoiceColumns), words: 'invoice_column' },
  slips: { ids: idsOf(slipColumns), words: 'slip_column' },
  zombies: { ids: idsOf(zombieColumns), words: 'zombie_column' },
  customers: { ids: idsOf(customerColumns), words: 'customer_column' },
  payment_links: { ids: idsOf(paymentLinkColumns), words: 'payment_link_column' },
  payouts: { ids: idsOf(payoutColumns), words: 'payout_column' },
  subscriptions: { ids: idsOf(subscriptionColumns), words: 'subscription_column' },
  customer_returns: { ids: idsOf(customerReturnColumns), words: 'return_column' },
  journal: { ids: idsOf(journalColumns), words: 'journal_column' },
  audit_log: { ids: idsOf(auditColumns), words: 'audit_column' },
}

function idsOf(columns: ReadonlyArray<{ readonly id: string }>): readonly string[] {
  return columns.map(({ id }) => id)
}
