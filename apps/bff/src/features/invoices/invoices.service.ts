/** NP's bills to the customers, as information: what they pay is not the merchant's money. */
import { sql } from 'kysely'
import type { Output } from '@choba/shared/contract.ts'
import type { InvoiceDetail, InvoiceRow, invoices, InvoiceTotals } from '@choba/shared/contracts/invoices.ts'
import { addDays, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import type { InvoiceFilter, InvoicePageQuery } from '@choba/shared/filters/invoices.ts'
import { LATE_FEES } from '@choba/shared/states/invoice.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { loadCalendar } from '../../db/calendar.ts'
import { type Calendar, payerCalendar, rollDay } from '../../domain/calendar.ts'
import {
  findInvoice,
  type InvoiceRecord,
  type InvoiceSource,
  invoiceTotalsSql,
  listBillEvents,
  listInvoices,
  listNpConnections,
  totalsOf,
} from './invoices.queries.ts'

export type InvoiceDeps = { readonly db: Db; readonly clock: Clock; readonly providerClocks: ProviderClocks }

/** Beyond this a total is refused: the person is told so and narrows the filter. */
const TOTALS_TIMEOUT_MS = 10_000

export async function sourceOf({ db, providerClocks }: InvoiceDeps, merchantId: string): Promise<InvoiceSource> {
  const connections = await listNpConnections(db.merchant(merchantId), merchantId)
  const days = connections.map(({ connectionId }) => ({
    connectionId,
    today: dayOf(providerClocks.now(connectionId)),
  }))
  return { merchantId, days }
}

export async function getInvoices(
  deps: InvoiceDeps,
  { merchantId }: Session,
  query: InvoicePageQuery,
): Promise<Output<typeof invoices.list>> {
  const source = await sourceOf(deps, merchantId)
  const db = deps.db.merchant(merchantId)
  const [{ items, nextCursor }, calendar] = await Promise.all([
    listInvoices(db, source, query),
    loadCalendar(db, merchantId),
  ])
  return { items: items.map((record) => withExpectation(record, calendar)), nextCursor }
}

/** A mailed bill goes out on the next business day after the slip was registered (np-postpaid 1.2). */
function withExpectation({ arrivedOn: _, ...row }: InvoiceRecord, calendar: Calendar): InvoiceRow {
  const isExpected = row.state === 'waiting' && row.delivery === 'separate'
  return { ...row, expectedOn: isExpected ? nextBusinessDay(calendar, row.shippedOn as BusinessDate) : null }
}

/** @throws AppError resource.not_found */
export async function getInvoice(
  deps: InvoiceDeps,
  { merchantId }: Session,
  paymentId: string,
): Promise<InvoiceDetail> {
  const db = deps.db.merchant(merchantId)
  const record = await findInvoice(db, await sourceOf(deps, merchantId), paymentId)
  if (record === undefined) throw new AppError('resource.not_found', { invoice: paymentId })
  const events = await listBillEvents(db, merchantId, paymentId)
  const { npIds, ...row } = record
  const isLate = row.state === 'overdue' || row.reminders > 0
  return {
    invoice: withExpectation(row, await loadCalendar(db, merchantId)),
    arrivedOn: row.arrivedOn,
    npIds,
    issues: events.flatMap(({ type, data }) =>
      type === 'invoice_issued' ? [data as unknown as InvoiceDetail['issues'][number]] : [],
    ),
    lateFeeYen: isLate && row.dueOn !== null ? lateFeeOn(row.dueOn) : null,
    history: events.map(({ sequence, type, at, actorKind, data }) => ({
      sequence,
      type,
      at: at.toISOString(),
      actor: { kind: actorKind, name: null },
      data,
    })),
  }
}

/** What NP asks for a bill that fell due on this day and was not paid. */
function lateFeeOn(dueOn: string): number | null {
  return LATE_FEES.findLast((fee) => fee.from <= dueOn)?.yen ?? null
}

function nextBusinessDay(calendar: Calendar, day: BusinessDate): BusinessDate {
  return rollDay(payerCalendar(calendar, 'np_postpaid'), addDays(day, 1), 'next')
}

/** @throws a cancelled query when the scan takes too long */
export async function totalInvoices(
  deps: InvoiceDeps,
  { merchantId }: Session,
  filter: InvoiceFilter,
): Promise<InvoiceTotals> {
  const source = await sourceOf(deps, merchantId)
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await sql`select set_config('statement_timeout', ${String(TOTALS_TIMEOUT_MS)}, true)`.execute(tx)
      return totalsOf((await invoiceTotalsSql(source, filter).execute(tx)).rows)
    })
}
