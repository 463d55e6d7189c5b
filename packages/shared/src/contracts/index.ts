/** Every endpoint, in one list that tests and the OpenAPI page walk. */
import type { Contract } from '../contract.ts'
import { calendar } from './calendar.ts'
import { chart } from './chart.ts'
import { connections, work } from './connections.ts'
import { actionReasons } from './action-reasons.ts'
import { apiKeys } from './api-keys.ts'
import { customerReturns } from './customer-returns.ts'
import { customers } from './customers.ts'
import { exportSchedules } from './export-schedules.ts'
import { exports } from './exports.ts'
import { imports } from './imports.ts'
import { journal } from './journal.ts'
import { guarantee } from './guarantee.ts'
import { agreements, merchant } from './merchant.ts'
import { messageTemplates } from './message-templates.ts'
import { invoicePrints } from './invoice-prints.ts'
import { invoices } from './invoices.ts'
import { auditLog } from './audit-log.ts'
import { inbox, notes } from './notes.ts'
import { textTemplates } from './text-templates.ts'
import { notificationRules } from './notifications.ts'
import { operations } from './operations.ts'
import { members } from './members.ts'
import { orderEntry } from './order-entry.ts'
import { orderRecord } from './order-record.ts'
import { orders } from './orders.ts'
import { paymentLinks } from './payment-links.ts'
import { payments } from './payments.ts'
import { contractTerms } from './contract-terms.ts'
import { payouts } from './payouts.ts'
import { providerMessages } from './provider-messages.ts'
import { privacy } from './privacy.ts'
import { rescue } from './rescue.ts'
import { reveals } from './reveals.ts'
import { screenings } from './screenings.ts'
import { preferences, session } from './session.ts'
import { mail } from './mail.ts'
import { safety } from './safety.ts'
import { guide } from './setup.ts'
import { security } from './security.ts'
import { shipments } from './shipments.ts'
import { slips } from './slips.ts'
import { subscriptions } from './subscriptions.ts'
import { tags } from './tags.ts'
import { views } from './views.ts'
import { webhooks } from './webhooks.ts'
import { zombies } from './zombies.ts'

const BY_FEATURE = {
  session,
  preferences,
  payments,
  operations,
  orders,
  connections,
  work,
  guarantee,
  invoices,
  invoicePrints,
  providerMessages,
  screenings,
  rescue,
  messageTemplates,
  customers,
  orderEntry,
  imports,
  shipments,
  slips,
  zombies,
  customerReturns,
  payouts,
  contractTerms,
  paymentLinks,
  subscriptions,
  exports,
  exportSchedules,
  journal,
  members,
  security,
  merchant,
  agreements,
  apiKeys,
  webhooks,
  auditLog,
  privacy,
  reveals,
  guide,
  safety,
  mail,
  notes,
  inbox,
  notificationRules,
  textTemplates,
  orderRecord,
  views,
  tags,
  actionReasons,
  calendar,
  chart,
}

export const CONTRACTS: ReadonlyArray<{ readonly name: string; readonly contract: Contract }> = Object.entries(
  BY_FEATURE,
).flatMap(([feature, contracts]) =>
  Object.entries(contracts).map(([name, contract]) => ({ name: `${feature}.${name}`, contract: contract as Contract })),
)
