/** The composition root: every route and every job of the BFF is named here. */
import '@choba/shared/labels/all.ts'
import { fileURLToPath } from 'node:url'
import type { TaskList } from 'graphile-worker'
import { Hono } from 'hono'
import { sql } from 'kysely'
import { audit } from './audit/audit.ts'
import { answerAuth } from './auth/answer.ts'
import { pruneAuth } from './auth/prune.ts'
import { randomPassword } from './auth/passwords.ts'
import { isWithin } from './auth/addresses.ts'
import { letIn } from './auth/let-in.ts'
import { createAccount, isPassword } from './auth/users.ts'
import { person } from './core/actor.ts'
import type { Session } from './core/session.ts'
import type { Claimed, SignInMethod } from './core/sign-in.ts'
import { emptyDatabase } from './backup/empty.ts'
import { sandboxOf } from './demo/sandbox-account.ts'
import { pendingMigrations } from './db/migrate.ts'
import type { Deps } from './deps.ts'
import { consoleAddress } from './env.ts'
import { mountActionReasons } from './features/action-reasons/action-reasons.routes.ts'
import { mountApiKeys } from './features/api-keys/api-keys.routes.ts'
import { mountCalendar } from './features/calendar/calendar.routes.ts'
import { CONNECTIONS_CRONTAB, connectionJobs } from './features/connections/connections.jobs.ts'
import { mountConnections } from './features/connections/connections.routes.ts'
import { mountCustomerReturns } from './features/customer-returns/customer-returns.routes.ts'
import { mountCustomers } from './features/customers/customers.routes.ts'
import { mountDeveloper } from './features/developer/developer.routes.ts'
import { EXPORTS_CRONTAB, exportJobs, type ExportJobsDeps } from './features/exports/exports.jobs.ts'
import { mountExports } from './features/exports/exports.routes.ts'
import { mountExportSchedules } from './features/exports/schedules.routes.ts'
import { exportables } from './exportables.ts'
import type { ImportDeps } from './features/imports/import-kind.ts'
import { importJobs } from './features/imports/imports.jobs.ts'
import { mountImports } from './features/imports/imports.routes.ts'
import { PAYMENT_CRONTAB, paymentJobs } from './features/payments/payments.jobs.ts'
import { mountContracts } from './features/contracts/contracts.routes.ts'
import { PAYMENT_LINK_CRONTAB, paymentLinkJobs } from './features/payment-links/payment-links.jobs.ts'
import { mountPaymentLinks } from './features/payment-links/payment-links.routes.ts'
import { countDifferences } from './features/payouts/payouts.service.ts'
import { listMovedPayouts } from './features/payouts/moved.service.ts'
import { mountPayouts } from './features/payouts/payouts.routes.ts'
import { mountPayments } from './features/payments/payments.routes.ts'
import { mountGuarantee } from './features/guarantee/guarantee.routes.ts'
import { mountInvoicePrints } from './features/invoice-prints/invoice-prints.routes.ts'
import { mountInvoices } from './features/invoices/invoices.routes.ts'
import { mountJournal } from './features/journal/journal.routes.ts'
import { operationJobs } from './features/operations/operations.jobs.ts'
import { mountOperations } from './features/operations/operations.routes.ts'
import { createOperations } from './features/operations/operations.service.ts'
import { mountOrderEntry } from './features/order-entry/order-entry.routes.ts'
import { mountOrderRecord } from './features/order-record/order-record.routes.ts'
import { mountOrders } from './features/orders/orders.routes.ts'
import { createOrders } from './features/orders/orders.service.ts'
import { mountInvitations, mountMembers } from './features/members/members.routes.ts'
import { addAgreement } from './features/merchant/agreements.service.ts'
import { MAIL_CRONTAB, mailJobs } from './features/mail/mail.jobs.ts'
import { mountMail } from './features/mail/mail.routes.ts'
import { mountMerchant } from './features/merchant/merchant.routes.ts'
import { mountMessageTemplates } from './features/message-templates/message-templates.routes.ts'
import { mountTextTemplates } from './features/text-templates/text-templates.routes.ts'
import { mountTags } from './features/tags/tags.routes.ts'
import { mountNotificationRules } from './features/notifications/rules.routes.ts'
import { NOTIFICATIONS_CRONTAB, notificationJobs } from './features/notifications/notifications.jobs.ts'
import { mountNotes } from './features/notes/notes.routes.ts'
import { mountPreferences } from './features/preferences/preferences.routes.ts'
import { MESSAGES_CRONTAB, messageJobs } from './features/provider-messages/provider-messages.jobs.ts'
import { mountAuditLog } from './features/audit-log/audit-log.routes.ts'
import { accountContext } from './features/customer-returns/customer-returns.service.ts'
import type { ErasureDeps } from './features/privacy/erasure.service.ts'
import { PRIVACY_CRONTAB, privacyJobs } from './features/privacy/privacy.jobs.ts'
import { mountPrivacy } from './features/privacy/privacy.routes.ts'
import { mountProviderMessages } from './features/provider-messages/provider-messages.routes.ts'
import { mountRescue } from './features/rescue/rescue.routes.ts'
import { mountScreenings } from './features/screenings/screenings.routes.ts'
import { mountIssuerDoor, mountIssuerSettings } from './features/security/issuer.routes.ts'
import { mountPasskeyDoor, mountSecurity } from './features/security/security.routes.ts'
import { SESSION_CRONTAB, sessionJobs } from './features/session/session.jobs.ts'
import { mountSession } from './features/session/session.routes.ts'
import { createSignIns, type SignIns, tellAttempts } from './features/session/sign-ins.service.ts'
import { mountShipments } from './features/shipments/shipments.routes.ts'
import { mountSlips } from './features/slips/slips.routes.ts'
import { mountSafety } from './features/safety/safety.routes.ts'
import { mountSetup, mountSetupDoor } from './features/setup/setup.routes.ts'
import { SUBSCRIPTIONS_CRONTAB, subscriptionJobs } from './features/subscriptions/subscriptions.jobs.ts'
import { listMovedCycles, moveCycles } from './features/subscriptions/moved-cycles.service.ts'
import { simpleSubscriptions } from './features/subscriptions/simple.service.ts'
import { mountSubscriptions } from './features/subscriptions/subscriptions.routes.ts'
import { mountViews } from './features/views/views.routes.ts'
import { WEBHOOKS_CRONTAB, webhookJobs } from './features/webhooks/webhooks.jobs.ts'
import { mountWebhooks } from './features/webhooks/webhooks.routes.ts'
import { mountWork } from './features/work/work.routes.ts'
import { mountZombies } from './features/zombies/zombies.routes.ts'
import { accessLog } from './http/access-log.ts'
import { mountAuth } from './http/auth-routes.ts'
import { clientIp } from './http/client-ip.ts'
import { csrf } from './http/csrf.ts'
import { mountEvents } from './http/events.ts'
import { mountHealth } from './http/health.ts'
import type { App, HonoEnv } from './http/hono-env.ts'
import { limitApiBody, limitBody, NOTICE_BODY_BYTES } from './http/limits.ts'
import { mountMetrics } from './http/metrics.ts'
import { notFound, onError } from './http/on-error.ts'
import { rememberOrigin } from './http/origin.ts'
import { requestId } from './http/request-id.ts'
import { securityHeaders } from './http/security.ts'
import { withSession } from './http/session.ts'
import { mountSpa } from './http/spa.ts'
import { joinHandlers } from './jobs/handlers.ts'
import { LEDGER_CRONTAB, ledgerJobs } from './ledger/ledger.jobs.ts'

const SPA_FOLDER = fileURLToPath(new URL('../../web/dist', import.meta.url))

/** One line per feature, in the order of the navigation. */
function mountFeatures(app: App, deps: Deps): void {
  mountSession(app, deps)
  mountPreferences(app, deps)
  mountOrderEntry(app, deps)
  mountOrders(app, deps)
  mountCustomers(app, deps)
  mountOperations(app, deps)
  mountSafety(app, deps)
  mountActionReasons(app, deps)
  mountConnections(app, deps)
  mountMerchant(app, deps)
  mountMail(app, deps)
  mountSetup(app, setupDeps(deps))
  mountScreenings(app, deps)
  mountRescue(app, deps)
  mountMessageTemplates(app, deps)
  mountTextTemplates(app, deps)
  mountShipments(app, deps)
  mountInvoicePrints(app, deps)
  mountSlips(app, deps)
  mountSubscriptions(app, deps)
  mountZombies(app, deps)
  mountCustomerReturns(app, deps)
  mountImports(app, importDeps(deps))
  mountExports(app, exportDeps(deps))
  mountExportSchedules(app, exportDeps(deps))
  mountWork(app, deps)
  // Its notices have addresses of their own, before those of other notices.
  mountPaymentLinks(app, { ...deps, recurring: simpleSubscriptions })
  mountProviderMessages(app, deps)
  mountNotes(app, deps)
  mountNotificationRules(app, deps)
  mountTags(app, deps)
  mountOrderRecord(app, deps)
  mountViews(app, deps)
  mountPayments(app, deps)
  mountPayouts(app, deps)
  mountJournal(app, deps)
  mountContracts(app, deps)
  mountCalendar(app, {
    ...deps,
    moves: { payouts: (...of) => listMovedPayouts(deps, ...of), cycles: listMovedCycles, moveCycles },
  })
  mountGuarantee(app, deps)
  mountInvoices(app, deps)
  mountMembers(app, invitationDeps(deps))
  mountIssuerSettings(app, deps)
  mountSecurity(app, {
    ...deps,
    addresses: { ...deps.addresses, isWithin },
    passwords: { isRight: (userId, password) => isPassword(deps.db.owner, userId, password) },
  })
  mountDeveloper(app)
  mountApiKeys(app, deps)
  mountWebhooks(app, deps)
  mountAuditLog(app, deps)
  mountPrivacy(app, erasureDeps(deps))
}

function erasureDeps(deps: Deps): Deps & ErasureDeps {
  return {
    ...deps,
    sealNoAccount: (merchantId, returnId) => deps.secrets.seal('', accountContext(merchantId, returnId)),
  }
}

/** Files go through the same doors as people: what a door needs of a session is who asks, for whom and in which role. */
function importDeps(deps: Deps): ImportDeps {
  const nameless = { name: '', email: '' }
  return {
    ...deps,
    doors: {
      takeOrders: (sender, orders) =>
        createOrders(deps, { merchantId: sender.merchantId, actor: person(sender) }, orders),
      actOn: (sender, requests) => createOperations(deps, { ...sender, ...nameless }, { operations: [...requests] }),
    },
  }
}

/** One entry per feature that has jobs; together they cover jobs/tasks.ts exactly. */
export function taskHandlers(deps: Deps): TaskList {
  return joinHandlers([
    ledgerJobs(deps),
    operationJobs(deps),
    importJobs(importDeps(deps)),
    messageJobs(deps),
    connectionJobs(deps),
    sessionJobs({
      prune: () => pruneAuth(deps.db.owner, deps.clock.now()),
      // Sign-ins are counted by the database's clock, which is the real one.
      tellAttempts: () => tellAttempts(deps.db.owner, new Date()),
    }),
    paymentJobs(deps),
    paymentLinkJobs(deps),
    webhookJobs(deps),
    privacyJobs(erasureDeps(deps)),
    mailJobs(deps),
    exportJobs(exportDeps(deps)),
    notificationJobs({ ...deps, address: consoleAddress(deps.env), countDifferences }),
    subscriptionJobs({ ...deps, takeOrders: (orderer, orders) => createOrders(deps, orderer, orders) }),
  ])
}

function exportDeps(deps: Deps): ExportJobsDeps {
  const { exportDir } = deps.env
  return { ...deps, exportables: exportables(deps), exportDir, address: consoleAddress(deps.env) }
}

function invitationDeps(deps: Deps): Parameters<typeof mountMembers>[1] {
  return { ...deps, accounts: { create: createAccount }, address: consoleAddress(deps.env) }
}

function setupDeps(deps: Deps): Parameters<typeof mountSetup>[1] {
  const { env, db, clock } = deps
  return {
    ...deps,
    hasSandbox: env.sandbox,
    sandbox: env.sandbox ? sandboxOf(db.owner, { port: env.sandboxPort, consoleAddress: consoleAddress(env) }) : null,
    connect: (session, connection) => addAgreement(deps, session, connection),
    makeCode: randomPassword,
    emptyDatabase: (mayEmpty) => emptyDatabase(db.pool, mayEmpty, clock.now()),
  }
}

/** What runs by the clock, in UTC. */
export const CRONTAB = [
  LEDGER_CRONTAB,
  MESSAGES_CRONTAB,
  CONNECTIONS_CRONTAB,
  SESSION_CRONTAB,
  PAYMENT_CRONTAB,
  PAYMENT_LINK_CRONTAB,
  WEBHOOKS_CRONTAB,
  SUBSCRIPTIONS_CRONTAB,
  EXPORTS_CRONTAB,
  MAIL_CRONTAB,
  NOTIFICATIONS_CRONTAB,
  PRIVACY_CRONTAB,
].join('\n')

export function createApp(deps: Deps, options: { readonly spaFolder?: string } = {}): App {
  const app = new Hono<HonoEnv>()
  app.onError(onError)
  app.notFound(notFound)
  app.use(requestId(deps.log))
  app.use(rememberOrigin(deps.env.publicUrl !== null))
  app.use(accessLog(deps.metrics.observeRequest))
  app.use(securityHeaders({ https: deps.env.publicUrl?.protocol === 'https:' }))
  app.use('/notices/*', limitBody(NOTICE_BODY_BYTES))
  app.use('/api/*', csrf(deps.env.publicUrl), limitApiBody())

  const signIns = createSignIns({ owner: deps.db.owner, log: deps.log })
  mountAuth(app, (request, clientIp) => signInOrOut(deps, signIns, request, clientIp), {
    behindProxy: deps.env.publicUrl !== null,
  })
  const door = (method: SignInMethod) => ({
    letIn: async (userId: string, ...from: [Headers, string]) => {
      const cookies = await letIn(deps.auth, userId, ...from)
      await signIns.signedIn(userId, method)
      return cookies
    },
    refused: (claimed: Claimed) => signIns.failed(claimed, method),
  })
  mountPasskeyDoor(app, { ...deps, ...door('passkey') })
  mountIssuerDoor(app, { ...deps, ...door('issuer') })
  mountInvitations(app, invitationDeps(deps))
  mountSetupDoor(app, { ...deps, hasSandbox: deps.env.sandbox, accounts: { create: createAccount } })
  app.use(
    '/api/*',
    withSession(deps.callers.resolve, async (session, c) => {
      const isAllowed = await deps.addresses.isAllowed(session.merchantId, clientIp(c, deps.env.publicUrl !== null))
      if (!isAllowed) signIns.addressRefused(session)
      return isAllowed
    }),
  )
  mountFeatures(app, deps)
  mountEvents(app, deps.hub, deps.callers.resolve)

  mountHealth(app, () => findMissing(deps))
  mountMetrics(app, deps.metrics)
  mountSpa(app, options.spaFolder ?? SPA_FOLDER)
  return app
}

/** The library has changed it in a transaction of its own: the log hears of it right after. */
async function tellPasswordChange({ db }: Deps, session: Session): Promise<void> {
  await audit(db.owner, {
    merchantId: session.merchantId,
    actor: person(session),
    action: 'password.change',
    subject: { kind: 'user', id: session.userId },
  })
}

async function signInOrOut(deps: Deps, signIns: SignIns, request: Request, clientIp: string): Promise<Response> {
  const [isOut, isChange] = ['/sign-out', '/change-password'].map((end) => request.url.endsWith(end))
  const caller = isOut || isChange ? await deps.sessions.resolve(request.headers) : undefined
  try {
    const answer = await answerAuth(deps.auth, request, { clientIp, log: signIns })
    if (caller) await (isOut ? signIns.signedOut(caller.session) : tellPasswordChange(deps, caller.session))
    return answer
  } finally {
    deps.sessions.forget(request.headers)
  }
}

/** What keeps us from serving: the database, or a schema older than this code. */
async function findMissing({ db }: Deps): Promise<string[]> {
  await sql`select 1`.execute(db.owner)
  return (await pendingMigrations(db.owner as never)).map((name) => `migration ${name}`)
}
