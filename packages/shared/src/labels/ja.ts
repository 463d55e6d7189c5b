/** Every word a person reads, in Japanese: the language the others are typed after. */
import type { Method } from '../methods.ts'
import type { PaymentColumnId } from '../columns/payments.ts'
import type { ErrorCode } from '../errors.ts'
import type { PaymentAction, PaymentStatus } from '../states/payment.ts'
import type { RefusalReason } from '../states/verdict.ts'
import { books } from './ja/books.ts'
import { checks } from './ja/checks.ts'
import { customerReturnWords } from './ja/customer-returns.ts'
import { customers } from './ja/customers.ts'
import { detail } from './ja/detail.ts'
import { events } from './ja/events.ts'
import { exportScheduleWords } from './ja/export-schedules.ts'
import { exportWords } from './ja/exports.ts'
import { importWords } from './ja/imports.ts'
import { guarantee } from './ja/guarantee.ts'
import { invoices } from './ja/invoices.ts'
import { journalWords } from './ja/journal.ts'
import { ledger } from './ja/ledger.ts'
import { orderForm } from './ja/order-form.ts'
import { errorWords } from './ja/errors.ts'
import { outcomes } from './ja/outcomes.ts'
import { connectionWords } from './ja/connections.ts'
import { contracts } from './ja/contracts.ts'
import { paymentLinkWords } from './ja/payment-links.ts'
import { payouts } from './ja/payouts.ts'
import { peopleWords } from './ja/people.ts'
import { calendarWords } from './ja/calendar.ts'
import { settingsWords } from './ja/settings.ts'
import { reasons } from './ja/reasons.ts'
import { rescue } from './ja/rescue.ts'
import { screenings } from './ja/screenings.ts'
import { shell } from './ja/shell.ts'
import { invoicePrintWords } from './ja/invoice-prints.ts'
import { shipmentWords } from './ja/shipments.ts'
import { slipWords } from './ja/slips.ts'
import { subscriptionFormWords } from './ja/subscription-form.ts'
import { subscriptionWords } from './ja/subscriptions.ts'
import { words } from './ja/words.ts'
import { auditLogWords } from './ja/audit-log.ts'
import { auditFieldWords } from './ja/audit-fields.ts'
import { setupWords } from './ja/setup.ts'
import { approvalWords } from './ja/approvals.ts'
import { mailWords } from './ja/mail.ts'
import { privacyWords } from './ja/privacy.ts'
import { developerWords } from './ja/developer.ts'
import { noteWords } from './ja/notes.ts'
import { actionReasonWords } from './ja/action-reasons.ts'
import { notificationWords } from './ja/notifications.ts'
import { textTemplateWords } from './ja/text-templates.ts'
import { tagWords } from './ja/tags.ts'
import { viewWords } from './ja/views.ts'
import { orderRecordWords } from './ja/order-record.ts'
import { zombieWords } from './ja/zombies.ts'

/** What the tables of the product name must have a word: a missing one does not compile. */
type Complete = {
  readonly status: Readonly<Record<PaymentStatus, string>>
  readonly method: Readonly<Record<Method, string>>
  readonly column: Readonly<Record<PaymentColumnId, string>>
  readonly error: Readonly<Record<ErrorCode, string>>
  readonly refusal: Readonly<Record<RefusalReason, string>>
  readonly action: Readonly<Record<PaymentAction, string>>
}

export const ja = {
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
} as const satisfies Complete
