/** Rows by which each kind of what can be told comes about. */
import { yen } from '@choba/shared/money.ts'
import type { NotificationKind } from '@choba/shared/notification-kinds.ts'
import type { Role } from '@choba/shared/permissions.ts'
import { uuidv7 } from '../core/uuid.ts'
import type { ProviderNews } from '../domain/payment/news.ts'
import { failedCycle } from './failed-cycle.ts'
import { registerPayment, type TestOrder } from './factory.ts'
import type { NewsHouse } from './news-house.ts'

let serial = 0

export async function payment(
  { app, merchant, now }: NewsHouse,
  order: TestOrder,
  ...news: ProviderNews[]
): Promise<string> {
  const at = order.orderedAt ?? new Date(now().getTime() - 3_600_000).toISOString()
  const told = news.map((each) => ({ at, news: each }))
  return app.deps.db.owner
    .transaction()
    .execute((tx) => registerPayment(tx, merchant, { orderedAt: at, ...order }, told))
}

export function screened(
  house: NewsHouse,
  result: 'approved' | 'on_hold' | 'rejected' | 'in_review',
  order: TestOrder = {},
  ...more: ProviderNews[]
) {
  serial += 1
  const reasons = result === 'on_hold' ? ['RE009'] : []
  const screening = { kind: 'screening', providerId: `N${serial}`, result, reasons } as const
  return payment(house, { method: 'np_postpaid', ...order }, screening, ...more)
}

const SHIPPED = { kind: 'shipment_accepted', carrierCode: '11', slipNumber: '1111-1111-1111' } as const
const QUIET = {
  kind: 'np_status',
  state: 'active',
  invoice: null,
  reminders: null,
  paid: null,
  arrivalOn: null,
} as const

export async function statement({ app, merchant }: NewsHouse, state: 'closed' | 'paid'): Promise<string> {
  const { owner } = app.deps.db
  const [shopId] = app.shopIds
  const statementId = uuidv7()
  const days = { closingOn: '2026-11-15', payOn: '2026-11-20', paidOn: state === 'paid' ? '2026-11-20' : null }
  const sums = { grossYen: 3_000, feeYen: 0, taxYen: 0, otherYen: 0, transferYen: 3_000, lines: 1 }
  const row = {
    merchantId: app.merchantId,
    statementId,
    connectionId: merchant.connections[shopId] as string,
    shopId,
    ...days,
    ...sums,
  }
  const of = {
    statementNumber: `S-${++serial}`,
    method: 'np_postpaid',
    state,
    source: 'file' as const,
    issuerNumber: null,
  }
  await owner
    .insertInto('statement')
    .values({ ...row, ...of })
    .execute()
  const line = { grossYen: 3_000, feeYen: 0, feeTaxYen: 0, transferYen: 3_000, feeMonth: null, carried: null }
  await owner
    .insertInto('statementLine')
    .values({
      merchantId: app.merchantId,
      statementId,
      line: 1,
      kind: 'sale',
      paymentId: null,
      providerId: 'X',
      orderNumber: 'X',
      ...line,
    })
    .execute()
  return statementId
}

export async function importRun({ app, ids, now }: NewsHouse, failed: number): Promise<void> {
  const [shopId] = app.shopIds
  const file = {
    fileName: '注文.csv',
    sha256: uuidv7(),
    bytes: 1,
    encoding: 'utf8' as const,
    delimiter: ',',
    header: ['a'],
  }
  const by = { createdBy: ids.staff, createdByName: 'staff', startedBy: ids.staff, startedAt: now(), endedAt: now() }
  const how = { layout: null, mapping: '{}', carrierCode: null, reading: '{}', state: 'done' as const, total: 2 }
  await app.deps.db.owner
    .insertInto('importRun')
    .values({
      merchantId: app.merchantId,
      runId: uuidv7(),
      kind: 'orders',
      shopId,
      ...file,
      ...how,
      ...by,
      counts: JSON.stringify({ failed }),
    })
    .execute()
}

async function exportRun({ app, ids, now }: NewsHouse, state: 'done' | 'failed'): Promise<void> {
  const exportId = uuidv7()
  const asked = { askedBy: ids.accountant, askedAt: now(), endedAt: now(), keptUntil: null, idempotencyKey: exportId }
  const how = { view: '{}', encoding: 'utf8' as const, language: 'ja' as const, substitute: false, requestHash: 'x' }
  const came = { state, fileName: null, rows: null, totals: null, sha256: null, failureCode: null, failureCount: null }
  await app.deps.db.owner
    .insertInto('exportRun')
    .values({ merchantId: app.merchantId, exportId, list: 'payouts', ...asked, ...how, ...came })
    .execute()
}

/** How each kind comes about, and who hears of it. */
export const COMES_ABOUT: Readonly<
  Record<NotificationKind, { readonly to: Role; make(house: NewsHouse): Promise<unknown> }>
> = {
  screening_rejected: { to: 'staff', make: (house) => screened(house, 'rejected') },
  screening_on_hold: { to: 'staff', make: (house) => screened(house, 'on_hold') },
  screening_pending: { to: 'staff', make: (house) => screened(house, 'in_review') },
  approval_lapsing: {
    to: 'staff', // Ninety days after it was given an approval lapses.
    make: (house) =>
      screened(house, 'approved', { orderedAt: new Date(house.now().getTime() - 40 * 86_400_000).toISOString() }),
  },
  dispute_opened: {
    to: 'staff',
    make: (house) => screened(house, 'approved', {}, SHIPPED, { ...QUIET, disputed: true }),
  },
  claim_withdrawn: {
    to: 'staff',
    make: (house) =>
      screened(house, 'approved', {}, SHIPPED, {
        kind: 'claim_withdrawn',
        providerId: `N${serial + 1}`,
        toYen: yen(9_000),
      }),
  },
  became_zombie: {
    to: 'staff',
    async make(house) {
      const orderNumber = `Z-${++serial}`
      const card = { kind: 'authorized', transactionId: null, brand: null } as const
      await payment(house, { orderNumber }, { ...card, providerId: `C1-${serial}` })
      await payment(house, { orderNumber, orderBranch: 1 }, { ...card, providerId: `C2-${serial}` })
    },
  },
  approval_asked: {
    to: 'accountant',
    async make(house) {
      const { app, merchant, ids, now } = house
      const paymentId = await payment(
        house,
        {},
        { kind: 'authorized', providerId: `A${++serial}`, transactionId: null, brand: null },
      )
      const connectionId = merchant.connections[app.shopIds[0]] as string
      const of = { operationId: uuidv7(), paymentId, connectionId, kind: 'cancel', state: 'requested' as const }
      const by = { actorKind: 'person', actorId: ids.staff, amountYen: null, reason: null, requestedAt: now() }
      const rest = { idempotencyKey: of.operationId, requestHash: 'x', request: '{}', startedAt: null, endedAt: null }
      await app.deps.db.owner
        .insertInto('operation')
        .values({ merchantId: app.merchantId, ...of, ...by, ...rest })
        .execute()
    },
  },
  subscription_failed: { to: 'staff', make: failedCycle },
  payout_arrived: { to: 'accountant', make: (house) => statement(house, 'paid') },
  payout_differs: { to: 'accountant', make: (house) => statement(house, 'closed') },
  message_stuck: {
    to: 'staff',
    async make({ app, merchant, now }) {
      const connectionId = merchant.connections[app.shopIds[0]] as string
      const of = { messageId: uuidv7(), connectionId, provider: 'np', kind: 'np_status', uniqueKey: uuidv7() }
      const none = { providerId: null, paymentId: null, operationId: null, appliedAt: null }
      const said = { saidAt: now(), receivedAt: new Date(now().getTime() - 61 * 60_000), contentType: 'text/xml' }
      const state = { direction: 'inbound' as const, state: 'waiting' as const, reason: 'payment.unknown' }
      const row = { merchantId: app.merchantId, ...of, ...none, ...said, ...state, body: Buffer.from('') }
      await app.deps.db.owner.insertInto('providerMessage').values(row).execute()
    },
  },
  connection_failing: {
    to: 'staff',
    async make({ app, merchant, now }) {
      const connectionId = merchant.connections[app.shopIds[0]] as string
      const poll = {
        askedAt: now(),
        failures: 3,
        failedBecause: 'ECONNREFUSED',
        answeredAt: null,
        failingSince: now(),
        nextAt: null,
      }
      await app.deps.db.owner
        .insertInto('connectionPoll')
        .values({ merchantId: app.merchantId, connectionId, ...poll })
        .execute()
    },
  },
  import_failed: { to: 'staff', make: (house) => importRun(house, 1) },
  import_finished: { to: 'staff', make: (house) => importRun(house, 0) },
  export_failed: { to: 'accountant', make: (house) => exportRun(house, 'failed') },
  export_finished: { to: 'accountant', make: (house) => exportRun(house, 'done') },
  schedule_failed: {
    to: 'admin',
    async make({ app, ids, now }) {
      const timing = { cadence: 'daily' as const, weekday: 0, monthDay: 1, hour: 7, minute: 0, nextAt: now() }
      const how = { view: '{}', encoding: 'utf8' as const, language: 'ja' as const, substitute: false }
      const where = { period: 'open' as const, delivery: 'keep' as const, fileName: '', recipients: [], shopIds: null }
      const state = { ownerId: ids.accountant, isPaused: true, stoppedBy: 'export.owner_lost' as const }
      await app.deps.db.owner
        .insertInto('exportSchedule')
        .values({
          merchantId: app.merchantId,
          scheduleId: uuidv7(),
          name: '毎朝の売上',
          list: 'payouts',
          ...timing,
          ...how,
          ...where,
          ...state,
        })
        .execute()
    },
  },
  webhook_given_up: {
    to: 'admin',
    async make({ app, ids, now }) {
      const webhookId = uuidv7()
      const { owner } = app.deps.db
      const hook = {
        name: '基幹',
        url: 'https://shop.example/',
        events: [],
        secretBox: 'v1.none',
        isActive: true,
        cursor: 0,
      }
      await owner
        .insertInto('webhook')
        .values({ merchantId: app.merchantId, webhookId, ...hook, createdBy: ids.admin, createdAt: now() })
        .execute()
      const came = { lastStatus: 500, lastError: null, lastMs: 1, answered: null, leaseUntil: null, nextAt: now() }
      const row = {
        merchantId: app.merchantId,
        webhookId,
        eventKey: '1',
        type: 'x',
        payload: '{}',
        state: 'failed' as const,
        createdAt: now(),
        endedAt: now(),
      }
      await owner
        .insertInto('webhookDelivery')
        .values({ ...row, ...came, deliveryId: uuidv7() })
        .execute()
    },
  },
}
