/** The journal line by line: one predicate for the list, its totals and its export. Debits are positive in the books. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { JournalRow, JournalTotals } from '@choba/shared/contracts/journal.ts'
import type { JournalFilter, JournalPageQuery } from '@choba/shared/filters/journal.ts'
import { DAY_PATTERN, decodePlace, encodePlace, NUMBER_PATTERN, UUID_PATTERN } from '../../db/list-cursor.ts'
import type { Database } from '../../db/schema.ts'
import { parseSearch } from '../../db/search.ts'

type LineRecord = Omit<JournalRow, 'id'> & { line: number }

/** A row of the journal, from entry `e`, its line `l` with the merchant's own names `m`, and its payment `p` or statement `s`. */
export const LINE_SQL = sql`e.entry_id::text as entry_id, e.booked_on, e.kind, l.line, l.account, l.sub_account, l.tax_class,
    case when l.amount_yen > 0 then l.amount_yen end as debit_yen, case when l.amount_yen < 0 then -l.amount_yen end as credit_yen,
    e.payment_id, p.order_number, e.statement_id, s.statement_number, coalesce(p.method, s.method) as method, coalesce(p.shop_id, s.shop_id) as shop_id,
    nullif(m.code, '') as own_code, nullif(m.name, '') as own_name, nullif(m.sub_account, '') as own_sub_account, nullif(m.tax_name, '') as own_tax_name`
/** An entry tells of a payment, or of what a statement says beside its payments. */
export const LINES_SQL = sql`journal_entry e
    join posting l on l.merchant_id = e.merchant_id and l.entry_id = e.entry_id
    left join payment p on p.merchant_id = e.merchant_id and p.payment_id = e.payment_id
    left join statement s on s.merchant_id = e.merchant_id and s.statement_id = e.statement_id`

/** The lines under the names that the merchant's own books have for them on that day. */
export const NAMED_LINES_SQL = sql`${LINES_SQL}
    left join lateral (select a.code, a.name, a.sub_account, a.tax_name from account_mapping a
      where a.merchant_id = e.merchant_id and a.account = l.account and a.valid_from <= e.booked_on order by a.valid_from desc limit 1) m on true`

/** One page. Served by journal_entry_by_day; lines and payments by their keys. */
export async function listJournal(
  db: Kysely<Database>,
  merchantId: string,
  { direction, cursor, limit, ...filter }: JournalPageQuery,
): Promise<{ items: JournalRow[]; nextCursor: string | null }> {
  const order = `bookedOn.${direction}`
  const place =
    cursor === undefined ? undefined : decodePlace(order, cursor, [DAY_PATTERN, UUID_PATTERN, NUMBER_PATTERN])
  const beyond =
    place === undefined
      ? sql`true`
      : direction === 'desc'
        ? // The lines of an entry stand in their own order whichever way the days run.
          sql`((e.booked_on, e.entry_id) < (${place[0]}::date, ${place[1]}::uuid) or (e.booked_on, e.entry_id) = (${place[0]}::date, ${place[1]}::uuid) and l.line > ${place[2]}::smallint)`
        : sql`(e.booked_on, e.entry_id, l.line) > (${place[0]}::date, ${place[1]}::uuid, ${place[2]}::smallint)`
  const range =
    place === undefined ? sql`true` : sql`e.booked_on ${direction === 'desc' ? sql`<=` : sql`>=`} ${place[0]}::date`
  const { rows } = await sql<LineRecord>`
    select ${LINE_SQL} from ${NAMED_LINES_SQL} where ${journalWhere(merchantId, filter)} and ${range} and ${beyond}
      ${journalOrder(direction)} limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ line, ...row }) => ({ ...row, id: `${row.entryId}.${line}` })),
    nextCursor: rows.length > limit && last ? encodePlace(order, [last.bookedOn, last.entryId, last.line]) : null,
  }
}

export function journalOrder(direction: 'asc' | 'desc'): RawBuilder<unknown> {
  const way = direction === 'desc' ? sql`desc` : sql`asc`
  return sql`order by e.booked_on ${way}, e.entry_id ${way}, l.line`
}

/** Over {@link LINES_SQL}. */
export function journalWhere(merchantId: string, filter: JournalFilter): RawBuilder<boolean> {
  const { shop, method, account, kind, from, to, q } = filter
  const search = parseSearch(q)
  const parts: RawBuilder<unknown>[] = [
    sql`e.merchant_id = ${merchantId}::uuid`,
    ...(shop?.length ? [sql`coalesce(p.shop_id, s.shop_id) = any(${shop}::uuid[])`] : []),
    ...(method?.length ? [sql`coalesce(p.method, s.method) = any(${method}::text[])`] : []),
    ...(account?.length ? [sql`l.account = any(${account}::text[])`] : []),
    ...(kind?.length ? [sql`e.kind = any(${kind}::text[])`] : []),
    ...(from === undefined ? [] : [sql`e.booked_on >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`e.booked_on <= ${to}::date`]),
    ...(search === undefined
      ? []
      : [
          sql`e.payment_id = any(array(select payment_id from payment where merchant_id = ${merchantId}::uuid and ${search.indexed(merchantId)}))`,
        ]),
  ]
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

export function journalTotalsSql(merchantId: string, filter: JournalFilter): RawBuilder<JournalTotals> {
  return sql`select count(*) as count, count(distinct e.entry_id) as entries, coalesce(sum(l.amount_yen) filter (where l.amount_yen > 0), 0)::bigint as debit_yen,
      coalesce(-sum(l.amount_yen) filter (where l.amount_yen < 0), 0)::bigint as credit_yen
    from ${LINES_SQL} where ${journalWhere(merchantId, filter)}`
}

export type Moved = {
  readonly account: string
  readonly subAccount: string | null
  readonly provider: string
  readonly openingYen: number
  readonly debitYen: number
  readonly creditYen: number
}

/** Each account, and the receivable by provider and method: what stood there before `from`, and what moved until `to`. */
export async function listMoved(
  db: Kysely<Database>,
  merchantId: string,
  { from, to, shop }: { readonly from: string; readonly to: string; readonly shop: string | undefined },
): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    select l.account, l.sub_account, c.provider,
        coalesce(sum(l.amount_yen) filter (where e.booked_on < ${from}::date), 0)::bigint as opening_yen,
        coalesce(sum(l.amount_yen) filter (where e.booked_on >= ${from}::date and l.amount_yen > 0), 0)::bigint as debit_yen,
        coalesce(-sum(l.amount_yen) filter (where e.booked_on >= ${from}::date and l.amount_yen < 0), 0)::bigint as credit_yen
      from ${LINES_SQL} join connection c on c.merchant_id = e.merchant_id and c.connection_id = coalesce(p.connection_id, s.connection_id)
      where e.merchant_id = ${merchantId}::uuid and e.booked_on <= ${to}::date and ${shop === undefined ? sql`true` : sql`coalesce(p.shop_id, s.shop_id) = ${shop}::uuid`}
      group by l.account, l.sub_account, c.provider`.execute(db)
  return rows
}
