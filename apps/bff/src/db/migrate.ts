/** Brings a database to the present schema: ours by dated migrations, then the job queue's own. */
import { runMigrations } from 'graphile-worker'
import type { Kysely } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import * as auth from './migrations/20261125T0200Z-auth.ts'
import * as inquiryNumber from './migrations/20261125T0300Z-inquiry-number.ts'
import * as search from './migrations/20261125T0310Z-search.ts'
import * as bulk from './migrations/20261125T0400Z-bulk.ts'
import * as books from './migrations/20261125T0100Z-books.ts'
import * as npPostpaid from './migrations/20261126T0100Z-np-postpaid.ts'
import * as npDoor from './migrations/20261126T0110Z-np-door.ts'
import * as contractTerms from './migrations/20261126T0300Z-contract-terms.ts'
import * as statements from './migrations/20261126T0310Z-statements.ts'
import * as coverage from './migrations/20261126T0311Z-coverage.ts'
import * as pollPauses from './migrations/20261126T0601Z-poll-pauses.ts'
import * as rescue from './migrations/20261126T0600Z-rescue.ts'
import * as invoicePrints from './migrations/20261128T1252Z-invoice-prints.ts'
import * as customers from './migrations/20261126T0500Z-customers.ts'
import * as radar from './migrations/20261126T0700Z-radar.ts'
import * as imports from './migrations/20261126T0200Z-imports.ts'
import * as paymentLinks from './migrations/20261126T0800Z-payment-links.ts'
import * as subscriptions from './migrations/20261128T1150Z-subscriptions.ts'
import * as pollFailures from './migrations/20261128T1214Z-poll-failures.ts'
import * as slips from './migrations/20261126T1000Z-slips.ts'
import * as zombies from './migrations/20261128T1200Z-zombies.ts'
import * as linkDoubts from './migrations/20261128T1202Z-link-doubts.ts'
import * as customerReturns from './migrations/20261128T1215Z-customer-returns.ts'
import * as exports from './migrations/20261128T1226Z-exports.ts'
import * as connectionSettings from './migrations/20261128T1230Z-connection-settings.ts'
import * as fixedFees from './migrations/20261128T1230Z-fixed-fees.ts'
import * as simpleRecurring from './migrations/20261128T1258Z-simple-recurring.ts'
import * as statementsInPart from './migrations/20261128T1312Z-statements-in-part.ts'
import * as refundsDue from './migrations/20261128T1325Z-refunds-due.ts'
import * as webhooks from './migrations/20261128T1655Z-webhooks.ts'
import * as merchantSettings from './migrations/20261128T1754Z-merchant-settings.ts'
import * as apiKeys from './migrations/20261128T1650Z-api-keys.ts'
import * as customRoles from './migrations/20261128T1634Z-custom-roles.ts'
import * as invitations from './migrations/20261128T1645Z-invitations.ts'
import * as importWorkbooks from './migrations/20261128T1735Z-import-workbooks.ts'
import * as importEncodings from './migrations/20261128T1705Z-import-encodings.ts'
import * as historyImports from './migrations/20261128T1650Z-history-imports.ts'
import * as shopScope from './migrations/20261128T1659Z-shop-scope.ts'
import * as secondFactor from './migrations/20261128T1710Z-second-factor.ts'
import * as issuers from './migrations/20261128T1738Z-issuers.ts'
import * as postingScope from './migrations/20261128T1741Z-posting-scope.ts'
import * as auditOrigin from './migrations/20261128T1752Z-audit-origin.ts'
import * as auditSeals from './migrations/20261128T1756Z-audit-seals.ts'
import * as paidTwice from './migrations/20261128T1816Z-paid-twice.ts'
import * as auditFilters from './migrations/20261128T2135Z-audit-filters.ts'
import * as installation from './migrations/20261128T2145Z-installation.ts'
import * as approvals from './migrations/20261128T2205Z-approvals.ts'
import * as personalData from './migrations/20261128T2208Z-personal-data.ts'
import * as notes from './migrations/20261128T2216Z-notes.ts'
import * as messageLog from './migrations/20261128T2218Z-message-log.ts'
import * as savedViews from './migrations/20261128T2241Z-saved-views.ts'
import * as calendar from './migrations/20261128T2248Z-calendar.ts'
import * as accountMapping from './migrations/20261128T2256Z-account-mapping.ts'
import * as erasure from './migrations/20261128T2300Z-erasure.ts'
import * as mail from './migrations/20261128T2312Z-mail.ts'
import * as mailLease from './migrations/20261129T0110Z-mail-lease.ts'
import * as tags from './migrations/20261129T0255Z-tags.ts'
import * as reasons from './migrations/20261129T0312Z-reasons.ts'
import * as contractScope from './migrations/20261129T0321Z-contract-scope.ts'
import * as attempts from './migrations/20261129T0353Z-attempts.ts'
import * as exportSchedules from './migrations/20261129T0750Z-export-schedules.ts'
import * as reveals from './migrations/20261129T0800Z-reveals.ts'
import * as notifications from './migrations/20261129T0806Z-notifications.ts'
import * as textTemplates from './migrations/20261129T0832Z-text-templates.ts'
import * as scheduleNews from './migrations/20261129T0836Z-schedule-news.ts'
import * as notificationIndexes from './migrations/20261129T0844Z-notification-indexes.ts'
import * as subscriptionNews from './migrations/20261129T0920Z-subscription-news.ts'
import { openDatabase } from './client.ts'

/** In order of name; a migration that has landed is never changed. */
const MIGRATIONS: Record<string, Migration> = {
  '20261125T0100Z-books': books,
  '20261125T0200Z-auth': auth,
  '20261125T0300Z-inquiry-number': inquiryNumber,
  '20261125T0400Z-bulk': bulk,
  '20261125T0310Z-search': search,
  '20261126T0100Z-np-postpaid': npPostpaid,
  '20261126T0110Z-np-door': npDoor,
  '20261126T0300Z-contract-terms': contractTerms,
  '20261126T0310Z-statements': statements,
  '20261126T0311Z-coverage': coverage,
  '20261128T1252Z-invoice-prints': invoicePrints,
  '20261126T0500Z-customers': customers,
  '20261126T0600Z-rescue': rescue,
  '20261126T0601Z-poll-pauses': pollPauses,
  '20261126T0200Z-imports': imports,
  '20261126T0700Z-radar': radar,
  '20261126T0800Z-payment-links': paymentLinks,
  '20261128T1150Z-subscriptions': subscriptions,
  '20261126T1000Z-slips': slips,
  '20261128T1200Z-zombies': zombies,
  '20261128T1202Z-link-doubts': linkDoubts,
  '20261128T1214Z-poll-failures': pollFailures,
  '20261128T1215Z-customer-returns': customerReturns,
  '20261128T1226Z-exports': exports,
  '20261128T1230Z-connection-settings': connectionSettings,
  '20261128T1230Z-fixed-fees': fixedFees,
  '20261128T1258Z-simple-recurring': simpleRecurring,
  '20261128T1312Z-statements-in-part': statementsInPart,
  '20261128T1325Z-refunds-due': refundsDue,
  '20261128T1634Z-custom-roles': customRoles,
  '20261128T1645Z-invitations': invitations,
  '20261128T1659Z-shop-scope': shopScope,
  '20261128T1650Z-api-keys': apiKeys,
  '20261128T1650Z-history-imports': historyImports,
  '20261128T1655Z-webhooks': webhooks,
  '20261128T1705Z-import-encodings': importEncodings,
  '20261128T1710Z-second-factor': secondFactor,
  '20261128T1735Z-import-workbooks': importWorkbooks,
  '20261128T1738Z-issuers': issuers,
  '20261128T1741Z-posting-scope': postingScope,
  '20261128T1752Z-audit-origin': auditOrigin,
  '20261128T1754Z-merchant-settings': merchantSettings,
  '20261128T1756Z-audit-seals': auditSeals,
  '20261128T1816Z-paid-twice': paidTwice,
  '20261128T2135Z-audit-filters': auditFilters,
  '20261128T2145Z-installation': installation,
  '20261128T2205Z-approvals': approvals,
  '20261128T2208Z-personal-data': personalData,
  '20261128T2216Z-notes': notes,
  '20261128T2218Z-message-log': messageLog,
  '20261128T2241Z-saved-views': savedViews,
  '20261128T2248Z-calendar': calendar,
  '20261128T2256Z-account-mapping': accountMapping,
  '20261128T2300Z-erasure': erasure,
  '20261128T2312Z-mail': mail,
  '20261129T0110Z-mail-lease': mailLease,
  '20261129T0255Z-tags': tags,
  '20261129T0312Z-reasons': reasons,
  '20261129T0321Z-contract-scope': contractScope,
  '20261129T0353Z-attempts': attempts,
  '20261129T0750Z-export-schedules': exportSchedules,
  '20261129T0800Z-reveals': reveals,
  '20261129T0806Z-notifications': notifications,
  '20261129T0832Z-text-templates': textTemplates,
  '20261129T0844Z-notification-indexes': notificationIndexes,
  '20261129T0920Z-subscription-news': subscriptionNews,
  '20261129T0836Z-schedule-news': scheduleNews,
}

const provider: MigrationProvider = { getMigrations: () => Promise.resolve(MIGRATIONS) }

export function migrator(db: Kysely<never> | Kysely<unknown>): Migrator {
  return new Migrator({ db: db as Kysely<unknown>, provider, allowUnorderedMigrations: false })
}

/** Whether this version knows a migration of that name. */
export function isMigration(name: string): boolean {
  return Object.hasOwn(MIGRATIONS, name)
}

/** To the present version, or up to the migration named. @throws the first error one met; the failed one left nothing behind. */
export async function migrate(ownerUrl: string, upTo?: string): Promise<void> {
  const db = openDatabase(ownerUrl, { max: 2 })
  try {
    // The queue comes first: our enqueue function calls it.
    await runMigrations({ pgPool: db.pool })
    const ours = migrator(db.owner as never)
    const { error } = upTo === undefined ? await ours.migrateToLatest() : await ours.migrateTo(upTo)
    if (error) throw error
  } finally {
    await db.close()
  }
}

/** Names of migrations that have not run yet; empty when the database is ready. */
export async function pendingMigrations(db: Kysely<never> | Kysely<unknown>): Promise<string[]> {
  const all = await migrator(db).getMigrations()
  return all.filter((migration) => migration.executedAt === undefined).map((migration) => migration.name)
}
