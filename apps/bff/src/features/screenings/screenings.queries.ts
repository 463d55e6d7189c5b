/** The screening table: one predicate for the list, its totals and its export. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { ScreeningRow, ScreeningTotals } from '@choba/shared/contracts/screenings.ts'
import { addDays, startOfDay } from '@choba/shared/dates.ts'
import type { ScreeningFilter, ScreeningPageQuery, ScreeningSort } from '@choba/shared/filters/screenings.ts'
import { SCREENING_RESULTS, SCREENING_WIRE_CODE, type ScreeningResult } from '@choba/shared/states/screening.ts'
import {
  decodePlace,
  encodePlace,
  INSTANT_PATTERN,
  instantText,
  NUMBER_PATTERN,
  UUID_PATTERN,
} from '../../db/list-cursor.ts'
import type { Database } from '../../db/schema.ts'
import { parseSearch } from '../../db/search.ts'

type AttemptRecord = Omit<ScreeningRow, 'id' | 'wireCode' | 'decidedAt'> & { decidedAt: Date; place: string }

const SORT_KEYS: Readonly<
  Record<ScreeningSort, { column: RawBuilder<unknown>; type: RawBuilder<unknown>; text: string; pattern: RegExp }>
> = {
  decidedAt: {
    column: sql`s.decided_at`,
    type: sql`timestamptz`,
    text: instantText('s.decided_at'),
    pattern: INSTANT_PATTERN,
  },
  amountYen: { column: sql`s.amount_yen`, type: sql`bigint`, text: 's.amount_yen::text', pattern: NUMBER_PATTERN },
}

/** One page. Served by screening_by_time, screening_by_result or screening_by_amount, each row's payment by its key. */
export async function listScreenings(
  db: Kysely<Database>,
  merchantId: string,
  { sort, direction, cursor, limit, ...filter }: ScreeningPageQuery,
): Promise<{ items: ScreeningRow[]; nextCursor: string | null }> {
  const { column, type, text, pattern } = SORT_KEYS[sort]
  const order = `${sort}.${direction}`
  const place = cursor === undefined ? undefined : decodePlace(order, cursor, [pattern, UUID_PATTERN, NUMBER_PATTERN])
  const beyond =
    place === undefined
      ? sql`true`
      : sql`(${column}, s.payment_id, s.attempt) ${direction === 'desc' ? sql`<` : sql`>`} (${place[0]}::${type}, ${place[1]}::uuid, ${place[2]}::smallint)`
  async function read(attempts: RawBuilder<unknown>): Promise<AttemptRecord[]> {
    const { rows } = await sql<AttemptRecord>`
      select s.payment_id, s.attempt, s.shop_id, p.order_number, p.customer_name, p.phone, s.amount_yen, s.result, s.reasons, s.decided_at, s.np_id,
          p.connection_method, s.site, p.status, ${sql.raw(text)} as place
        from ${attempts} join payment p on p.merchant_id = s.merchant_id and p.payment_id = s.payment_id
        ${screeningsOrder(sort, direction)} limit ${limit + 1}`.execute(db)
    return rows
  }
  const { q, ...conditions } = filter
  const search = parseSearch(q)
  // A common term fills a page from the first attempts of the order; looking all of its payments up takes seconds.
  const first =
    search &&
    (await read(
      sql`(select s.* from (select * from screening s where ${screeningsWhere(merchantId, conditions)} and ${beyond}
            ${screeningsOrder(sort, direction)} limit ${search.newest}) s
          where exists (select 1 from payment where merchant_id = s.merchant_id and payment_id = s.payment_id and ${search.predicate})) s`,
    ))
  const rows =
    first !== undefined && first.length > limit
      ? first
      : await read(sql`(select * from screening s where ${screeningsWhere(merchantId, filter)} and ${beyond}) s`)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ decidedAt, place: _, ...row }) => ({
      ...row,
      id: `${row.paymentId}.${row.attempt}`,
      wireCode: SCREENING_WIRE_CODE[row.result],
      decidedAt: decidedAt.toISOString(),
    })),
    nextCursor: rows.length > limit && last ? encodePlace(order, [last.place, last.paymentId, last.attempt]) : null,
  }
}

export function screeningsOrder(sort: ScreeningSort, direction: 'asc' | 'desc'): RawBuilder<unknown> {
  const way = direction === 'desc' ? sql`desc` : sql`asc`
  return sql`order by ${SORT_KEYS[sort].column} ${way}, s.payment_id ${way}, s.attempt ${way}`
}

/** Over `screening s`; payments are asked only for what was typed. */
export function screeningsWhere(merchantId: string, filter: ScreeningFilter): RawBuilder<boolean> {
  const { shop, site, reason, from, to, q } = filter
  const result = resultsOf(filter)
  const search = parseSearch(q)
  const parts: RawBuilder<unknown>[] = [
    sql`s.merchant_id = ${merchantId}::uuid`,
    ...(shop === undefined || shop.length === 0 ? [] : [sql`s.shop_id = any(${shop}::uuid[])`]),
    ...(result === undefined ? [] : [sql`s.result = any(${[...result]}::text[])`]),
    ...(site === undefined || site.length === 0 ? [] : [sql`s.site = any(${site}::text[])`]),
    ...(reason === undefined ? [] : [sql`${reason} = any(s.reasons)`]),
    ...(from === undefined ? [] : [sql`s.decided_at >= ${startOfDay(from)}`]),
    ...(to === undefined ? [] : [sql`s.decided_at < ${startOfDay(addDays(to, 1))}`]),
    ...(search === undefined
      ? []
      : [
          sql`s.payment_id = any(array(select payment_id from payment where merchant_id = ${merchantId}::uuid and ${search.indexed(merchantId)}))`,
        ]),
  ]
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** A reason belongs to one result, which has an index: RE… are holds, NG… rejections, error codes refusals. */
function resultsOf({ result, reason }: ScreeningFilter): readonly ScreeningResult[] | undefined {
  const asked = result === undefined || result.length === 0 ? undefined : result
  const implied: ScreeningResult | undefined =
    reason === undefined
      ? undefined
      : /^RE\d/.test(reason)
        ? 'on_hold'
        : /^NG\d/.test(reason)
          ? 'rejected'
          : reason.startsWith('E')
            ? 'refused'
            : undefined
  if (implied === undefined) return asked
  return asked === undefined || asked.includes(implied) ? [implied] : []
}

export function screeningTotalsSql(merchantId: string, filter: ScreeningFilter): RawBuilder<ResultTotal> {
  return sql`select s.result, count(*) as count, sum(s.amount_yen)::bigint as amount_yen from screening s where ${screeningsWhere(merchantId, filter)} group by s.result`
}

export type ResultTotal = { readonly result: ScreeningResult; readonly count: number; readonly amountYen: number }

/** In the order the product names results. Counts of a bare connection come as text. */
export function totalsOf(rows: readonly ResultTotal[]): ScreeningTotals {
  const byResult = SCREENING_RESULTS.flatMap((result) => {
    const row = rows.find((each) => each.result === result)
    return row === undefined ? [] : [{ result, count: Number(row.count), amountYen: Number(row.amountYen) }]
  })
  return {
    count: byResult.reduce((sum, row) => sum + row.count, 0),
    amountYen: byResult.reduce((sum, row) => sum + row.amountYen, 0),
    byResult,
  }
}
