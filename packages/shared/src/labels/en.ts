/** Every word a person reads, in English. A key that Japanese has and this lacks does not compile. */
import { books } from './en/books.ts'
import { checks } from './en/checks.ts'
import { customerReturnWords } from './en/customer-returns.ts'
import { customers } from './en/customers.ts'
import { detail } from './en/detail.ts'
import { events } from './en/events.ts'
import { exportScheduleWords } from './en/export-schedules.ts'
import { exportWords } from './en/exports.ts'
import { importWords } from './en/imports.ts'
import { guarantee } from './en/guarantee.ts'
import { invoices } from './en/invoices.ts'
import { journalWords } from './en/journal.ts'
import { ledger } from './en/ledger.ts'
import { orderForm } from './en/order-form.ts'
import { errorWords } from './en/errors.ts'
import { outcomes } from './en/outcomes.ts'
import { connectionWords } from './en/connections.ts'
import { contracts } from './en/contracts.ts'
import { paymentLinkWords } from './en/payment-links.ts'
import { payouts } from './en/payouts.ts'
import { peopleWords } from './en/people.ts'
import { calendarWords } from './en/calendar.ts'
import { settingsWords } from './en/settings.ts'
import { reasons } from './en/reasons.ts'
import { rescue } from './en/rescue.ts'
import { screenings } from './en/screenings.ts'
import { shell } from './en/shell.ts'
import { invoicePrintWords } from './en/invoice-prints.ts'
import { shipmentWords } from './en/shipments.ts'
import { slipWords } from './en/slips.ts'
import { subscriptionFormWords } from './en/subscription-form.ts'
import { subscriptionWords } from './en/subscriptions.ts'
import { words } from './en/words.ts'
import { auditLogWords } from './en/audit-log.ts'
import { auditFieldWords } from './en/audit-fields.ts'
import { setupWords } from './en/setup.ts'
import { approvalWords } from './en/approvals.ts'
import { mailWords } from './en/mail.ts'
import { privacyWords } from './en/privacy.ts'
import { developerWords } from './en/developer.ts'
import { noteWords } from './en/notes.ts'
import { actionReasonWords } from './en/action-reasons.ts'
import { notificationWords } from './en/notifications.ts'
import { textTemplateWords } from './en/text-templates.ts'
import { tagWords } from './en/tags.ts'
import { viewWords } from './en/views.ts'
import { orderRecordWords } from './en/order-record.ts'
import { zombieWords } from './en/zombies.ts'
import type { Labels } from './types.ts'

export const en: Labels = {
  ...words,
  ...reasons,
  ...errorWords,
  ...outcomes,
  ...books,
  ...payouts,
  ...contracts,
  ...connectionWords,
  ...events,
  ...shell,
  ...ledger,
  ...journalWords,
  ...invoices,
  ...guarantee,
  ...detail,
  ...checks,
  ...screenings,
  ...slipWords,
  ...subscriptionWords,
  ...subscriptionFormWords,
  ...zombieWords,
  ...noteWords,
  ...orderRecordWords,
  ...viewWords,
  ...tagWords,
  ...textTemplateWords,
  ...notificationWords,
  ...actionReasonWords,
  ...auditLogWords,
  ...auditFieldWords,
  ...setupWords,
  ...approvalWords,
  ...mailWords,
  ...privacyWords,
  ...developerWords,
  ...customerReturnWords,
  ...rescue,
  ...importWords,
  ...exportWords,
  ...exportScheduleWords,
  ...invoicePrintWords,
  ...shipmentWords,
  ...customers,
  ...orderForm,
  ...paymentLinkWords,
  ...peopleWords,
  ...settingsWords,
  ...calendarWords,
}
