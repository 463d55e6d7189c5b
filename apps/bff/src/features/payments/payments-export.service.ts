import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type PaymentColumnId, paymentColumns } from '@choba/shared/columns/payments.ts'
import type { Output } from '@choba/shared/contract.ts'
import type { PaymentExportQuery, PaymentTotals, payments } from '@choba/shared/contracts/payments.ts'
import { dayOf } from '@choba/shared/dates.ts'
import type { PaymentFilter } from '@choba/shared/filters/payments.ts'
import { label, type Language, labels } from '@choba/shared/labels/labels.ts'
import type { LabelGroup } from '@choba/shared/labels/types.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { selectionOf, whereOf } from '../../db/filter-to-sql.ts'
import { orderBy } from '../../db/keyset.ts'
import type { Database } from '../../db/schema.ts'
import type { ExportColumn } from '../../exports/csv-sql.ts'
import { openSnapshot, type Snapshot } from '../../exports/csv-stream.ts'
import { charactersMissing, unmappableSql } from '../../exports/unmappable.ts'
import { listShops, type ShopName, totalsSql } from './payments.queries.ts'
import type { PaymentDeps } from './payments.service.ts'

type CheckQuery = Omit<PaymentExportQuery, 'substitute'>
type ExportCheck = Output<typeof payments.checkExport>
export type PaymentDownload = {
  readonly fileName: string
  readonly totals: PaymentTotals
  readonly body: ReadableStream<Uint8Array>
  readonly encoding: PaymentExportQuery['encoding']
}

/** Places a person can look through. */
const MOST_PLACES = 200

/** What a download of this view would hold, before it is asked for. */
export async function checkPaymentExport(
  { db }: PaymentDeps,
  { merchantId }: Session,
  query: CheckQuery,
): Promise<ExportCheck> {
  const plan = await openPlan(db, merchantId, query)
  try {
    const cells = query.encoding === 'cp932' ? await plan.unmappable(MOST_PLACES) : []
    return {
      totals: await plan.totals(),
      unmappable: cells.map(({ paymentId, orderNumber, column, value }) => ({
        paymentId,
        orderNumber,
        column,
        characters: charactersMissing(value),
        value,
      })),
      unmappableCount: cells[0]?.total ?? 0,
    }
  } finally {
    await plan.snapshot.close()
  }
}

/**
 * The view as CSV, with the totals of the same snapshot.
 * @throws AppError export.unmappable while CP932 lacks a character and nothing is said to stand for it
 */
export async function exportPayments(
  { db, clock }: PaymentDeps,
  session: Session,
  query: PaymentExportQuery,
): Promise<PaymentDownload> {
  const { merchantId } = session
  const plan = await openPlan(db, merchantId, query)
  try {
    if (query.encoding === 'cp932' && query.substitute?.includes('geta') !== true) {
      const [first] = await plan.unmappable(1)
      if (first !== undefined) throw new AppError('export.unmappable', { count: first.total })
    }
    const totals = await plan.totals()
    const fileName = fileNameOf(query, plan.shops, dayOf(clock.now()))
    const { q, sort, direction, encoding, language, ...rest } = query
    // What was searched for may be a customer's name: that there was a search is enough.
    const after = {
      ...rest,
      searched: (q ?? '').trim() !== '',
      sort,
      direction,
      encoding,
      language,
      columns: plan.columns.map((column) => column.id),
      ...totals,
      fileName,
    }
    await audit(db.merchant(merchantId), {
      merchantId,
      actor: person(session),
      action: 'payments.export',
      subject: { kind: 'export', id: uuidv7() },
      after,
    })
    return { fileName, totals, body: plan.stream(), encoding }
  } catch (error) {
    await plan.snapshot.close()
    throw error
  }
}

type Plan = {
  readonly snapshot: Snapshot
  readonly columns: readonly ExportColumn[]
  readonly shops: readonly ShopName[]
  totals(): Promise<PaymentTotals>
  unmappable(
    most: number,
  ): Promise<ReadonlyArray<{ paymentId: string; orderNumber: string; column: string; value: string; total: number }>>
  stream(): ReadableStream<Uint8Array>
}

async function openPlan(db: PaymentDeps['db'], merchantId: string, query: CheckQuery): Promise<Plan> {
  const chosen = chooseColumns(query.columns)
  const compiler = db.merchant(merchantId)
  const filter = filterOf(query)
  const from = sql`from payment where ${whereOf(selectionOf(merchantId, filter))}`
  const shops = await listShops(compiler, merchantId)
  const snapshot = await openSnapshot(db, merchantId)
  try {
    const words = await wordsOf(snapshot, compiler, chosen, query.language, shops, from)
    const columns = chosen.map(({ id, kind }): ExportColumn => ({
      id,
      kind,
      header: labels(query.language).column[id],
      ...(words.has(id) && { words: words.get(id) as ReadonlyMap<string, string> }),
    }))
    return {
      snapshot,
      columns,
      shops,
      async totals() {
        const [totals] = await snapshot.query<PaymentTotals>(totalsSql(merchantId, filter).compile(compiler))
        return totals as PaymentTotals
      },
      async unmappable(most) {
        const found = unmappableSql<{ paymentId: string; orderNumber: string }>(
          columns,
          sql`hit.payment_id, hit.order_number`,
          from,
          most,
        )
        return found === undefined ? [] : snapshot.query(found.compile(compiler))
      },
      stream: () =>
        snapshot.stream({ columns, from, orderBy: orderBy(query.sort, query.direction === 'desc') }, query.encoding),
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

function filterOf({
  columns: _columns,
  encoding: _encoding,
  language: _language,
  sort: _sort,
  direction: _direction,
  ...filter
}: CheckQuery): PaymentFilter {
  return filter
}

type Chosen = (typeof paymentColumns)[number]

/** In the order asked for; without a choice what a new account sees. @throws AppError request.invalid */
function chooseColumns(asked: string | undefined): readonly Chosen[] {
  if (asked === undefined || asked === '') return paymentColumns.filter((column) => 'shown' in column)
  const ids = [...new Set(asked.split(','))]
  return ids.map((id) => {
    const column = paymentColumns.find((each) => each.id === id)
    if (column === undefined)
      throw new AppError('request.invalid', {
        issues: [{ path: 'columns', message: `no such column: ${id.slice(0, 40)}` }],
      })
    return column
  })
}

/** The words of each column of codes. Reasons are the providers' own, so the selection is asked which it holds. */
async function wordsOf(
  snapshot: Snapshot,
  compiler: Kysely<Database>,
  chosen: readonly Chosen[],
  language: Language,
  shops: readonly ShopName[],
  from: RawBuilder<unknown>,
): Promise<Map<PaymentColumnId, ReadonlyMap<string, string>>> {
  const words = new Map<PaymentColumnId, ReadonlyMap<string, string>>()
  for (const column of chosen) {
    if (column.id === 'shopId') words.set(column.id, new Map(shops.map((shop) => [shop.shopId, shop.name])))
    else if (column.kind === 'list') {
      const held = sql`select distinct unnest(reasons) as code ${from} and reasons <> '{}'`.compile(compiler)
      const codes = await snapshot.query<{ code: string }>(held)
      words.set(column.id, new Map(codes.map(({ code }) => [code, label(language, column.labels, code)])))
    } else if ('labels' in column)
      words.set(column.id, new Map(Object.entries(labels(language)[column.labels as LabelGroup])))
  }
  return words
}

/** `sales_<shop>_<from>_<to>_JST.csv`; an open end says so by its word, and until now by today. */
function fileNameOf({ shop, from, to }: PaymentExportQuery, shops: readonly ShopName[], today: string): string {
  const codes = shops
    .filter(({ shopId }) => shop?.includes(shopId))
    .map(({ code }) => code.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_'))
  return `sales_${codes.length === 0 ? 'all' : codes.join('+')}_${from ?? 'start'}_${to ?? today}_JST.csv`
}
