/** Claims that outlived their order, as the view names them, with the payments they are about. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { ZombieFilter, ZombieTotals } from '@choba/shared/contracts/zombies.ts'
import type { ZombieKind } from '@choba/shared/states/zombie.ts'
import { decodePlace, encodePlace, INSTANT_PATTERN, instantText, UUID_PATTERN } from '../../db/list-cursor.ts'
import type { Database } from '../../db/schema.ts'

export type ClaimRecord = {
  readonly paymentId: string
  readonly orderBranch: number
  readonly method: string
  readonly status: string
  readonly amountYen: number
  readonly nextOn: string | null
  readonly inFlight: string | null
  readonly connectionId: string
  /** As the door wrote it. */
  readonly state: unknown
}
export type ZombieRecord = {
  readonly id: string
  readonly kind: ZombieKind
  readonly shopId: string
  readonly orderNumber: string
  readonly customerName: string
  readonly orderedAt: Date
  readonly place: string
  readonly claim: ClaimRecord
  readonly other: ClaimRecord | null
}

const ORDER = 'orderedAt.desc'

/** Few at any time: the view begins at later branches and failed cancels, which have indexes of their own. */
export async function listZombies(
  db: Kysely<Database>,
  merchantId: string,
  { cursor, limit, ...filter }: ZombieFilter & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ rows: ZombieRecord[]; nextCursor: string | null }> {
  const place = cursor === undefined ? undefined : decodePlace(ORDER, cursor, [INSTANT_PATTERN, UUID_PATTERN])
  const beyond = place ? sql`(p.ordered_at, p.payment_id) < (${place[0]}::timestamptz, ${place[1]}::uuid)` : sql`true`
  const { rows } = await sql<ZombieRecord>`
    select p.payment_id as id, z.kind, p.shop_id, p.order_number, p.customer_name, p.ordered_at, ${sql.raw(instantText('p.ordered_at'))} as place,
        ${claimSql('p')} as claim, case when o.payment_id is not null then ${claimSql('o')} end as other
      from zombie z join payment p on p.merchant_id = z.merchant_id and p.payment_id = z.payment_id
      left join payment o on o.merchant_id = z.merchant_id and o.payment_id = z.other_id
      where ${zombiesWhere(merchantId, filter)} and ${beyond}
      order by p.ordered_at desc, p.payment_id desc limit ${limit + 1}`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, nextCursor: rows.length > limit && last ? encodePlace(ORDER, [last.place, last.id]) : null }
}

export async function totalZombies(
  db: Kysely<Database>,
  merchantId: string,
  filter: ZombieFilter,
): Promise<ZombieTotals> {
  const { rows } = await zombieTotalsSql(merchantId, filter).execute(db)
  return rows[0] ?? { count: 0, amountYen: 0 }
}

export function zombieTotalsSql(merchantId: string, filter: ZombieFilter): RawBuilder<ZombieTotals> {
  return sql`select count(*) as count, coalesce(sum(p.amount_yen), 0)::bigint as amount_yen
      from zombie z join payment p on p.merchant_id = z.merchant_id and p.payment_id = z.payment_id
      where ${zombiesWhere(merchantId, filter)}`
}

/** As {@link listZombies}, a line each. */
export function zombieLinesSql(merchantId: string, filter: ZombieFilter): RawBuilder<unknown> {
  return sql`select p.payment_id as id, z.kind, p.shop_id, p.order_number, p.customer_name, p.ordered_at,
        p.order_branch::text as order_branch, p.method, p.status, p.amount_yen, p.next_on,
        o.order_branch::text as other_branch, o.method as other_method, o.status as other_status, o.amount_yen as other_amount_yen
      from zombie z join payment p on p.merchant_id = z.merchant_id and p.payment_id = z.payment_id
      left join payment o on o.merchant_id = z.merchant_id and o.payment_id = z.other_id
      where ${zombiesWhere(merchantId, filter)}`
}

/** Over `zombie z join payment p`. */
function zombiesWhere(merchantId: string, { shop, kind }: ZombieFilter): RawBuilder<boolean> {
  return sql<boolean>`${sql.join(
    [
      sql`z.merchant_id = ${merchantId}::uuid`,
      ...(shop?.length ? [sql`p.shop_id = any(${shop}::uuid[])`] : []),
      ...(kind?.length ? [sql`z.kind = any(${kind}::text[])`] : []),
    ],
    sql` and `,
  )}`
}

function claimSql(alias: 'p' | 'o'): RawBuilder<unknown> {
  return sql.raw(
    `jsonb_build_object(${[
      ['paymentId', 'payment_id'],
      ['orderBranch', 'order_branch'],
      ['method', 'method'],
      ['status', 'status'],
      ['amountYen', 'amount_yen'],
      ['nextOn', 'next_on'],
      ['inFlight', 'in_flight'],
      ['connectionId', 'connection_id'],
      ['state', 'state'],
    ]
      .map(([name, column]) => `'${name}', ${alias}.${column}`)
      .join(', ')})`,
  )
}
