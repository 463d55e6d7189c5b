/** The screening table as CSV: the rows and totals of one snapshot, audited. */
import { sql } from 'kysely'
import { type ScreeningColumnId, screeningColumns } from '@choba/shared/columns/screenings.ts'
import type { Output } from '@choba/shared/contract.ts'
import type { ScreeningExportQuery, screenings, ScreeningTotals } from '@choba/shared/contracts/screenings.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { label, labels } from '@choba/shared/labels/labels.ts'
import type { LabelGroup } from '@choba/shared/labels/types.ts'
import { SCREENING_RESULTS, SCREENING_WIRE_CODE } from '@choba/shared/states/screening.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { ExportColumn } from '../../exports/csv-sql.ts'
import { openSnapshot, type Snapshot } from '../../exports/csv-stream.ts'
import { charactersMissing, type UnmappableCell, unmappableSql } from '../../exports/unmappable.ts'
import {
  type ResultTotal,
  screeningsOrder,
  screeningsWhere,
  screeningTotalsSql,
  totalsOf,
} from './screenings.queries.ts'
import type { ScreeningDeps } from './screenings.service.ts'

type Query = Omit<ScreeningExportQuery, 'substitute'>
export type ScreeningDownload = {
  readonly fileName: string
  readonly totals: ScreeningTotals
  readonly body: ReadableStream<Uint8Array>
  readonly encoding: ScreeningExportQuery['encoding']
}

/** Characters a person is shown before saying what shall stand for them. */
const MOST_SHOWN = 20

/** How many rows and which sums a download would hold, and what the encoding cannot write. */
export async function checkScreeningExport(
  deps: ScreeningDeps,
  { merchantId }: Session,
  query: Query,
): Promise<Output<typeof screenings.checkExport>> {
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
export async function exportScreenings(
  deps: ScreeningDeps,
  session: Session,
  query: ScreeningExportQuery,
): Promise<ScreeningDownload> {
  const { merchantId } = session
  const plan = await openPlan(deps, merchantId, query)
  try {
    if (query.encoding === 'cp932' && query.substitute?.includes('geta') !== true) {
      const [first] = await plan.unmappable(1)
      if (first !== undefined) throw new AppError('export.unmappable', { count: first.total })
    }
    const totals = await plan.totals()
    const fileName = `screenings_${query.from ?? 'start'}_${query.to ?? dayOf(deps.clock.now())}_JST.csv`
    const { q, substitute: _, ...said } = query
    await audit(deps.db.merchant(merchantId), {
      merchantId,
      actor: person(session),
      action: 'screenings.export',
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
  totals(): Promise<ScreeningTotals>
  unmappable(most: number): Promise<UnmappableCell<object>[]>
  stream(): ReadableStream<Uint8Array>
}

async function openPlan({ db }: ScreeningDeps, merchantId: string, query: Query): Promise<Plan> {
  const compiler = db.merchant(merchantId)
  const where = screeningsWhere(merchantId, query)
  const from = sql`from (select s.*, ${wireCode()} as wire_code, p.order_number, p.customer_name, p.phone, p.status, p.connection_method
      from screening s join payment p on p.merchant_id = s.merchant_id and p.payment_id = s.payment_id) s where ${where}`
  const snapshot = await openSnapshot(db, merchantId)
  try {
    const columns = await columnsOf(snapshot, compiler, merchantId, query)
    return {
      snapshot,
      totals: async () =>
        totalsOf(await snapshot.query<ResultTotal>(screeningTotalsSql(merchantId, query).compile(compiler))),
      unmappable(most) {
        const found = unmappableSql<object>(columns, sql`hit.payment_id`, from, most)
        return found === undefined ? Promise.resolve([]) : snapshot.query(found.compile(compiler))
      },
      stream: () =>
        snapshot.stream({ columns, from, orderBy: screeningsOrder(query.sort, query.direction) }, query.encoding),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

function wireCode() {
  const cases = SCREENING_RESULTS.map((result) => sql`when ${result} then ${SCREENING_WIRE_CODE[result] ?? ''}`)
  return sql`case s.result ${sql.join(cases, sql` `)} end`
}

/** Reasons are NP's own words: the selection is asked which it holds. */
async function columnsOf(
  snapshot: Snapshot,
  compiler: ReturnType<ScreeningDeps['db']['merchant']>,
  merchantId: string,
  query: Query,
): Promise<ExportColumn[]> {
  const { language } = query
  const shops = await compiler
    .selectFrom('shop')
    .select(['shopId', 'name'])
    .where('merchantId', '=', merchantId)
    .execute()
  const held = sql`select distinct unnest(s.reasons) as code from screening s where ${screeningsWhere(merchantId, query)}`
  const codes = await snapshot.query<{ code: string }>(held.compile(compiler))
  const words: Partial<Record<ScreeningColumnId, ReadonlyMap<string, string>>> = {
    shopId: new Map(shops.map(({ shopId, name }) => [shopId, name])),
    reasons: new Map(codes.map(({ code }) => [code, label(language, 'reason', code)])),
  }
  return screeningColumns.map((column) => {
    const ofGroup =
      'labels' in column && column.kind === 'code'
        ? new Map(Object.entries(labels(language)[column.labels as LabelGroup] ?? {}))
        : undefined
    const known = words[column.id] ?? ofGroup
    const header = labels(language).screening_column[column.id]
    return { id: column.id, kind: column.kind, header, ...(known && { words: known }) }
  })
}
