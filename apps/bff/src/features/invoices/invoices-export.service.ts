/** The invoice table as CSV: the rows and totals of one snapshot, audited. */
import { sql } from 'kysely'
import { invoiceColumns } from '@choba/shared/columns/invoices.ts'
import type { Output } from '@choba/shared/contract.ts'
import type { InvoiceExportQuery, invoices, InvoiceTotals } from '@choba/shared/contracts/invoices.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import type { LabelGroup } from '@choba/shared/labels/types.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { ExportColumn } from '../../exports/csv-sql.ts'
import { openSnapshot, type Snapshot } from '../../exports/csv-stream.ts'
import { charactersMissing, type UnmappableCell, unmappableSql } from '../../exports/unmappable.ts'
import {
  invoicesOrder,
  invoicesWhere,
  invoiceTotalsSql,
  type StateTotal,
  stateSql,
  totalsOf,
} from './invoices.queries.ts'
import { type InvoiceDeps, sourceOf } from './invoices.service.ts'

type Query = Omit<InvoiceExportQuery, 'substitute'>
export type InvoiceDownload = {
  readonly fileName: string
  readonly totals: InvoiceTotals
  readonly body: ReadableStream<Uint8Array>
  readonly encoding: InvoiceExportQuery['encoding']
}

/** Characters a person is shown before saying what shall stand for them. */
const MOST_SHOWN = 20

/** How many rows and which sums a download would hold, and what the encoding cannot write. */
export async function checkInvoiceExport(
  deps: InvoiceDeps,
  { merchantId }: Session,
  query: Query,
): Promise<Output<typeof invoices.checkExport>> {
  const plan = await openPlan(deps, merchantId, query)
  try {
    const cells = query.encoding === 'cp932' ? await plan.unmappable(MOST_SHOWN) : []
    return {
      totals: await plan.totals(),
      unmappable: [...new Set(cells.flatMap(({ value }) => [...charactersMissing(value)]))],
      unmappableCount: cells[0]?.total ?? 0,
    }
  } finally {
    await plan.snapshot.close()
  }
}

/** @throws AppError export.unmappable while CP932 lacks a character and nothing is said to stand for it */
export async function exportInvoices(
  deps: InvoiceDeps,
  session: Session,
  query: InvoiceExportQuery,
): Promise<InvoiceDownload> {
  const { merchantId } = session
  const plan = await openPlan(deps, merchantId, query)
  try {
    if (query.encoding === 'cp932' && query.substitute?.includes('geta') !== true) {
      const [first] = await plan.unmappable(1)
      if (first !== undefined) throw new AppError('export.unmappable', { count: first.total })
    }
    const totals = await plan.totals()
    const fileName = `invoices_${query.from ?? 'start'}_${query.to ?? dayOf(deps.clock.now())}_JST.csv`
    const { q, substitute: _, ...said } = query
    await audit(deps.db.merchant(merchantId), {
      merchantId,
      actor: person(session),
      action: 'invoices.export',
      subject: { kind: 'export', id: uuidv7() },
      // What was searched for may be a customer's name: that there was a search is enough.
      after: { ...said, searched: (q ?? '').trim() !== '', count: totals.count, amountYen: totals.amountYen, fileName },
    })
    return { fileName, totals, body: plan.stream(), encoding: query.encoding }
  } catch (error) {
    await plan.snapshot.close()
    throw error
  }
}

type Plan = {
  readonly snapshot: Snapshot
  totals(): Promise<InvoiceTotals>
  unmappable(most: number): Promise<UnmappableCell<object>[]>
  stream(): ReadableStream<Uint8Array>
}

async function openPlan(deps: InvoiceDeps, merchantId: string, query: Query): Promise<Plan> {
  const compiler = deps.db.merchant(merchantId)
  const source = await sourceOf(deps, merchantId)
  const from = sql`from (select n.*, ${stateSql(source)} as state, n.invoice_delivery as delivery, n.customer_paid_on as paid_on,
      p.order_number, p.customer_name, p.phone, p.amount_yen, p.status, p.provider_id
      from np_postpaid n join payment p on p.merchant_id = n.merchant_id and p.payment_id = n.payment_id
      where ${invoicesWhere(source, query)}) n`
  const columns = await columnsOf(compiler, merchantId, query)
  const snapshot = await openSnapshot(deps.db, merchantId)
  return {
    snapshot,
    totals: async () => totalsOf(await snapshot.query<StateTotal>(invoiceTotalsSql(source, query).compile(compiler))),
    unmappable(most) {
      const found = unmappableSql<object>(columns, sql`hit.payment_id`, from, most)
      return found === undefined ? Promise.resolve([]) : snapshot.query(found.compile(compiler))
    },
    stream: () =>
      snapshot.stream({ columns, from, orderBy: invoicesOrder(query.sort, query.direction) }, query.encoding),
  }
}

async function columnsOf(
  compiler: ReturnType<InvoiceDeps['db']['merchant']>,
  merchantId: string,
  { language }: Query,
): Promise<ExportColumn[]> {
  const shops = await compiler
    .selectFrom('shop')
    .select(['shopId', 'name'])
    .where('merchantId', '=', merchantId)
    .execute()
  const shopNames = new Map(shops.map(({ shopId, name }) => [shopId, name]))
  return invoiceColumns.map((column) => {
    const ofGroup =
      'labels' in column ? new Map(Object.entries(labels(language)[column.labels as LabelGroup] ?? {})) : undefined
    const words = column.id === 'shopId' ? shopNames : ofGroup
    const header = labels(language).invoice_column[column.id]
    return { id: column.id, kind: column.kind, header, ...(words && { words }) }
  })
}
