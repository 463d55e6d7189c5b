/** The subscriptions as CSV: the rows and totals of one snapshot, audited. */
import { sql } from 'kysely'
import { type SubscriptionColumnId, subscriptionColumns } from '@choba/shared/columns/subscriptions.ts'
import type { Output } from '@choba/shared/contract.ts'
import type {
  SubscriptionExportQuery,
  subscriptions,
  SubscriptionTotals,
} from '@choba/shared/contracts/subscriptions.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { label, labels } from '@choba/shared/labels/labels.ts'
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
  attentionSql,
  subscriptionsOrder,
  subscriptionsWhere,
  subscriptionTotalsSql,
  totalsOf,
} from './subscriptions.queries.ts'
import type { SubscriptionDeps } from './subscriptions.service.ts'

type Query = Omit<SubscriptionExportQuery, 'substitute'>
export type SubscriptionDownload = {
  readonly fileName: string
  readonly totals: SubscriptionTotals
  readonly body: ReadableStream<Uint8Array>
  readonly encoding: SubscriptionExportQuery['encoding']
}

/** Characters a person is shown before saying what shall stand for them. */
const MOST_SHOWN = 20

/** How many rows and which sums a download would hold, and what the encoding cannot write. */
export async function checkSubscriptionExport(
  deps: SubscriptionDeps,
  { merchantId }: Session,
  query: Query,
): Promise<Output<typeof subscriptions.checkExport>> {
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
export async function exportSubscriptions(
  deps: SubscriptionDeps,
  session: Session,
  query: SubscriptionExportQuery,
): Promise<SubscriptionDownload> {
  const { merchantId } = session
  const plan = await openPlan(deps, merchantId, query)
  try {
    if (query.encoding === 'cp932' && query.substitute?.includes('geta') !== true) {
      const [first] = await plan.unmappable(1)
      if (first !== undefined) throw new AppError('export.unmappable', { count: first.total })
    }
    const totals = await plan.totals()
    const fileName = `subscriptions_${query.from ?? 'start'}_${query.to ?? dayOf(deps.clock.now())}_JST.csv`
    const { q, substitute: _, ...said } = query
    await audit(deps.db.merchant(merchantId), {
      merchantId,
      actor: person(session),
      action: 'subscriptions.export',
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
  totals(): Promise<SubscriptionTotals>
  unmappable(most: number): Promise<UnmappableCell<object>[]>
  stream(): ReadableStream<Uint8Array>
}

async function openPlan({ db }: SubscriptionDeps, merchantId: string, query: Query): Promise<Plan> {
  const compiler = db.merchant(merchantId)
  const from = sql`from (select s.subscription_id, s.code, s.customer_name, s.status, ${attentionSql} as attention, s.next_on, s.amount_yen, s.item_name,
      s.rhythm_unit, s.rhythm_every::text as rhythm_every, s.rhythm_day::text as rhythm_day, s.kind, s.method, s.created_at, s.shop_id
    from subscription s where ${subscriptionsWhere(merchantId, query)}) s where true`
  const snapshot = await openSnapshot(db, merchantId)
  try {
    const columns = await columnsOf(compiler, merchantId, query)
    return {
      snapshot,
      totals: async () =>
        totalsOf(await snapshot.query<SubscriptionTotals>(subscriptionTotalsSql(merchantId, query).compile(compiler))),
      unmappable(most) {
        const found = unmappableSql<object>(columns, sql`hit.subscription_id`, from, most)
        return found === undefined ? Promise.resolve([]) : snapshot.query(found.compile(compiler))
      },
      stream: () =>
        snapshot.stream({ columns, from, orderBy: subscriptionsOrder(query.sort, query.direction) }, query.encoding),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

async function columnsOf(
  compiler: ReturnType<SubscriptionDeps['db']['merchant']>,
  merchantId: string,
  query: Query,
): Promise<ExportColumn[]> {
  const { language } = query
  const shops = await compiler
    .selectFrom('shop')
    .select(['shopId', 'name'])
    .where('merchantId', '=', merchantId)
    .execute()
  const words: Partial<Record<SubscriptionColumnId, ReadonlyMap<string, string>>> = {
    shopId: new Map(shops.map(({ shopId, name }) => [shopId, name])),
  }
  return subscriptionColumns.map((column) => {
    const ofGroup =
      'labels' in column ? new Map(Object.entries(labels(language)[column.labels as LabelGroup] ?? {})) : undefined
    const known = words[column.id] ?? ofGroup
    const header = label(language, 'subscription_column', column.id)
    return { id: column.id, kind: column.kind, header, ...(known && { words: known }) }
  })
}
