/** The slip table as CSV: the rows and totals of one snapshot, audited. */
import { sql } from 'kysely'
import { type SlipColumnId, slipColumns } from '@choba/shared/columns/slips.ts'
import type { Output } from '@choba/shared/contract.ts'
import type { SlipExportQuery, slips, SlipTotals } from '@choba/shared/contracts/slips.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import { STORE_CODES, STORES } from '@choba/shared/methods.ts'
import type { LabelGroup } from '@choba/shared/labels/types.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { ExportColumn } from '../../exports/csv-sql.ts'
import { openSnapshot, type Snapshot } from '../../exports/csv-stream.ts'
import { charactersMissing, type UnmappableCell, unmappableSql } from '../../exports/unmappable.ts'
import { slipsOrder, slipsWhere, slipTotalsSql, totalsOf, warningsSql } from './slips.queries.ts'
import type { SlipDeps } from './slips.service.ts'

type Query = Omit<SlipExportQuery, 'substitute'>
export type SlipDownload = {
  readonly fileName: string
  readonly totals: SlipTotals
  readonly body: ReadableStream<Uint8Array>
  readonly encoding: SlipExportQuery['encoding']
}

/** Characters a person is shown before saying what shall stand for them. */
const MOST_SHOWN = 20

/** How many rows and which sums a download would hold, and what the encoding cannot write. */
export async function checkSlipExport(
  deps: SlipDeps,
  { merchantId }: Session,
  query: Query,
): Promise<Output<typeof slips.checkExport>> {
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
export async function exportSlips(deps: SlipDeps, session: Session, query: SlipExportQuery): Promise<SlipDownload> {
  const { merchantId } = session
  const plan = await openPlan(deps, merchantId, query)
  try {
    if (query.encoding === 'cp932' && query.substitute?.includes('geta') !== true) {
      const [first] = await plan.unmappable(1)
      if (first !== undefined) throw new AppError('export.unmappable', { count: first.total })
    }
    const totals = await plan.totals()
    const fileName = `slips_${query.from ?? 'start'}_${query.to ?? dayOf(deps.clock.now())}_JST.csv`
    const { q, substitute: _, ...said } = query
    await audit(deps.db.merchant(merchantId), {
      merchantId,
      actor: person(session),
      action: 'slips.export',
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
  totals(): Promise<SlipTotals>
  unmappable(most: number): Promise<UnmappableCell<object>[]>
  stream(): ReadableStream<Uint8Array>
}

async function openPlan({ db }: SlipDeps, merchantId: string, query: Query): Promise<Plan> {
  const compiler = db.merchant(merchantId)
  const where = slipsWhere(merchantId, query)
  const from = sql`from (select s.*, ${warningsSql} as warnings, p.customer_name, p.status
      from convenience_store_slip s join payment p on p.merchant_id = s.merchant_id and p.payment_id = s.payment_id) s where ${where}`
  const snapshot = await openSnapshot(db, merchantId)
  try {
    const columns = await columnsOf(compiler, merchantId, query)
    return {
      snapshot,
      totals: async () =>
        totalsOf(await snapshot.query<SlipTotals>(slipTotalsSql(merchantId, query).compile(compiler))),
      unmappable(most) {
        const found = unmappableSql<object>(columns, sql`hit.payment_id`, from, most)
        return found === undefined ? Promise.resolve([]) : snapshot.query(found.compile(compiler))
      },
      stream: () =>
        snapshot.stream({ columns, from, orderBy: slipsOrder(query.sort, query.direction) }, query.encoding),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

async function columnsOf(
  compiler: ReturnType<SlipDeps['db']['merchant']>,
  merchantId: string,
  query: Query,
): Promise<ExportColumn[]> {
  const { language } = query
  const shops = await compiler
    .selectFrom('shop')
    .select(['shopId', 'name'])
    .where('merchantId', '=', merchantId)
    .execute()
  const words: Partial<Record<SlipColumnId, ReadonlyMap<string, string>>> = {
    shopId: new Map(shops.map(({ shopId, name }) => [shopId, name])),
    store: new Map(STORE_CODES.map((code) => [code, labels(language).store[STORES[code]]])),
  }
  return slipColumns.map((column) => {
    const ofGroup =
      'labels' in column ? new Map(Object.entries(labels(language)[column.labels as LabelGroup] ?? {})) : undefined
    const known = words[column.id] ?? ofGroup
    const header = labels(language).slip_column[column.id]
    return { id: column.id, kind: column.kind, header, ...(known && { words: known }) }
  })
}
