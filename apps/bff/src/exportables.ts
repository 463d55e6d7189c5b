/** Every list that can be taken as a file, beside what it may be asked. A list added to EXPORT_LISTS needs its line here. */
import { auditExportQuery } from '@choba/shared/contracts/audit-log.ts'
import { customerExportQuery } from '@choba/shared/contracts/customers.ts'
import { customerReturnExportQuery } from '@choba/shared/contracts/customer-returns.ts'
import type { ExportList } from '@choba/shared/contracts/exports.ts'
import { invoiceExportQuery } from '@choba/shared/contracts/invoices.ts'
import { journalExportQuery } from '@choba/shared/contracts/journal.ts'
import { paymentLinkExportQuery } from '@choba/shared/contracts/payment-links.ts'
import { paymentExportQuery } from '@choba/shared/contracts/payments.ts'
import { screeningExportQuery } from '@choba/shared/contracts/screenings.ts'
import { slipExportQuery } from '@choba/shared/contracts/slips.ts'
import { subscriptionExportQuery } from '@choba/shared/contracts/subscriptions.ts'
import { zombieExportQuery } from '@choba/shared/contracts/zombies.ts'
import { payoutExportQuery } from '@choba/shared/filters/payouts.ts'
import type { Deps } from './deps.ts'
import { type Exportable, exportable } from './exports/exportable.ts'
import { auditLogExport } from './features/audit-log/audit-log-export.ts'
import { customerReturnsExport } from './features/customer-returns/customer-returns-export.ts'
import { customersExport } from './features/customers/customers-export.ts'
import { invoicesExport } from './features/invoices/invoices-export.ts'
import { journalExport } from './features/journal/journal-export.ts'
import { paymentLinksExport } from './features/payment-links/payment-links-export.ts'
import { paymentsExport } from './features/payments/payments-export.ts'
import { payoutsExport } from './features/payouts/payouts-export.ts'
import { screeningsExport } from './features/screenings/screenings-export.ts'
import { slipsExport } from './features/slips/slips-export.ts'
import { subscriptionsExport } from './features/subscriptions/subscriptions-export.ts'
import { zombiesExport } from './features/zombies/zombies-export.ts'

export function exportables(deps: Deps): Readonly<Record<ExportList, Exportable>> {
  return {
    payments: exportable(paymentExportQuery, paymentsExport(deps)),
    screenings: exportable(screeningExportQuery, screeningsExport),
    invoices: exportable(invoiceExportQuery, invoicesExport(deps)),
    slips: exportable(slipExportQuery, slipsExport),
    zombies: exportable(zombieExportQuery, zombiesExport),
    customers: exportable(customerExportQuery, customersExport(deps)),
    payment_links: exportable(paymentLinkExportQuery, paymentLinksExport),
    payouts: exportable(payoutExportQuery, payoutsExport(deps)),
    journal: exportable(journalExportQuery, journalExport),
    subscriptions: exportable(subscriptionExportQuery, subscriptionsExport),
    customer_returns: exportable(customerReturnExportQuery, customerReturnsExport),
    audit_log: exportable(auditExportQuery, auditLogExport(deps)),
  }
}
