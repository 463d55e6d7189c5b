import { type Kysely, sql } from 'kysely'
import type { TermChange } from '@choba/shared/contracts/contract-terms.ts'
import type { Database } from '../../db/schema.ts'

export type Contracted = {
  readonly shopId: string
  readonly method: string
  readonly connectionId: string
  readonly since: string
  /** The newest statement that was closed for the shop and method; null before the first. */
  readonly closedOn: string | null
}

/** Each shop and method that a connection serves; where several do, the newest. */
export async function listContracted(db: Kysely<Database>, merchantId: string): Promise<Contracted[]> {
  const { rows } = await sql<Contracted>`
    select distinct on (c.shop_id, m.method) c.shop_id, m.method, c.connection_id, c.valid_from as since,
        (select max(s.closing_on) from statement s where s.merchant_id = c.merchant_id and s.shop_id = c.shop_id and s.method = m.method) as closed_on
      from connection c cross join unnest(c.methods) m(method) where c.merchant_id = ${merchantId}::uuid
      order by c.shop_id, m.method, c.valid_from desc`.execute(db)
  return rows
}

/** Writes a term; one that begins on the same day is replaced. Answers what stood there. */
export async function putTerm(
  tx: Kysely<Database>,
  merchantId: string,
  { shopId, method, kind, validFrom, value, assumed }: TermChange,
): Promise<{ value: unknown; assumed: boolean } | undefined> {
  const key = { merchantId, shopId, method, kind, validFrom }
  const before = await tx
    .selectFrom('contractTerm')
    .select(['value', 'assumed'])
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .where('method', '=', method)
    .where('kind', '=', kind)
    .where('validFrom', '=', validFrom)
    .forUpdate()
    .executeTakeFirst()
  await tx
    .insertInto('contractTerm')
    .values({ ...key, value: JSON.stringify(value), assumed })
    .onConflict((conflict) =>
      conflict
        .constraint('contract_term_pkey')
        .doUpdateSet({ value: JSON.stringify(value), assumed, recordedAt: new Date() }),
    )
    .execute()
  return before
}
