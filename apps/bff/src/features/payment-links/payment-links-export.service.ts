/** The payment links as CSV: the rows and totals of one snapshot, audited. */
import { sql } from 'kysely'
import { type PaymentLinkColumnId, paymentLinkColumns } from '@choba/shared/columns/payment-links.ts'
import type { Output } from '@choba/shared/contract.ts'
import type { PaymentLinkExportQuery, paymentLinks, PaymentLinkTotals } from '@choba/shared/contracts/payment-links.ts'
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
import { linksOrder, linksWhere, linkTotalsSql, type StateTotal, totalsOf } from './payment-links.queries.ts'
import type { LinkDeps } from './payment-links.service.ts'

type Query = Omit<PaymentLinkExportQuery, 'substitute'>
export type LinkDownload = {
  readonly fileName: string
  readonly totals: PaymentLinkTotals
  readonly body: ReadableStream<Uint8Array>
  readonly encoding: PaymentLinkExportQuery['encoding']
}

/** Characters a person is shown before saying what shall stand for them. */
const MOST_SHOWN = 20

/** How many rows and which sums a download would hold, and what the encoding cannot write. */
export async function checkLinkExport(
  deps: LinkDeps,
  { merchantId }: Session,
  query: Query,
): Promise<Output<typeof paymentLinks.checkExport>> {
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
export async function exportLinks(
  deps: LinkDeps,
  session: Session,
  query: PaymentLinkExportQuery,
): Promise<LinkDownload> {
  const { merchantId } = session
  const plan = await openPlan(deps, merchantId, query)
  try {
    if (query.encoding === 'cp932' && query.substitute !== 'geta') {
      const [first] = await plan.unmappable(1)
      if (first !== undefined) throw new AppError('export.unmappable', { count: first.total })
    }
    const totals = await plan.totals()
    const fileName = `payment_links_${query.from ?? 'start'}_${query.to ?? dayOf(deps.clock.now())}_JST.csv`
    const { q, substitute: _, ...said } = query
    await audit(deps.db.merchant(merchantId), {
      merchantId,
      actor: person(session),
      action: 'payment_links.export',
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
  totals(): Promise<PaymentLinkTotals>
  unmappable(most: number): Promise<UnmappableCell<object>[]>
  stream(): ReadableStream<Uint8Array>
}

async function openPlan({ db }: LinkDeps, merchantId: string, query: Query): Promise<Plan> {
  const compiler = db.merchant(merchantId)
  const where = linksWhere(merchantId, query)
  const from = sql`from payment_link l where ${where}`
  const snapshot = await openSnapshot(db, merchantId)
  try {
    const columns = await columnsOf(compiler, merchantId, query)
    return {
      snapshot,
      totals: async () =>
        totalsOf(await snapshot.query<StateTotal>(linkTotalsSql(merchantId, query).compile(compiler))),
      unmappable(most) {
        const found = unmappableSql<object>(columns, sql`hit.link_id`, from, most)
        return found === undefined ? Promise.resolve([]) : snapshot.query(found.compile(compiler))
      },
      stream: () =>
        snapshot.stream({ columns, from, orderBy: linksOrder(query.sort, query.direction) }, query.encoding),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

async function columnsOf(
  compiler: ReturnType<LinkDeps['db']['merchant']>,
  merchantId: string,
  query: Query,
): Promise<ExportColumn[]> {
  const { language } = query
  const shops = await compiler
    .selectFrom('shop')
    .select(['shopId', 'name'])
    .where('merchantId', '=', merchantId)
    .execute()
  const words: Partial<Record<PaymentLinkColumnId, ReadonlyMap<string, string>>> = {
    shopId: new Map(shops.map(({ shopId, name }) => [shopId, name])),
  }
  return paymentLinkColumns.map((column) => {
    const ofGroup =
      'labels' in column && column.kind === 'code'
        ? new Map(Object.entries(labels(language)[column.labels as LabelGroup] ?? {}))
        : undefined
    const known = words[column.id] ?? ofGroup
    const header = labels(language).payment_link_column[column.id]
    return { id: column.id, kind: column.kind, header, ...(known && { words: known }) }
  })
}
