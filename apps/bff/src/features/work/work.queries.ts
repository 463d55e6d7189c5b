import { type Kysely, sql } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database } from '../../db/schema.ts'

export async function countOperations(
  db: ReadonlyKysely<Database>,
  merchantId: string,
): Promise<{ open: number; unknown: number; requested: number }> {
  const rows = await db
    .selectFrom('operation')
    .select(['state', (eb) => eb.fn.countAll<number>().as('n')])
    .where('merchantId', '=', merchantId)
    .where('state', 'in', ['accepted', 'running', 'unknown', 'requested'])
    .groupBy('state')
    .execute()
  const of = (state: string) => rows.find((row) => row.state === state)?.n ?? 0
  return { open: of('accepted') + of('running'), unknown: of('unknown'), requested: of('requested') }
}

export async function countMessages(
  db: ReadonlyKysely<Database>,
  merchantId: string,
): Promise<{ queued: number; waiting: number }> {
  const rows = await db
    .selectFrom('providerMessage')
    .select(['state', (eb) => eb.fn.countAll<number>().as('n')])
    .where('merchantId', '=', merchantId)
    .where('state', 'in', ['received', 'waiting'])
    .groupBy('state')
    .execute()
  const of = (state: string) => rows.find((row) => row.state === state)?.n ?? 0
  return { queued: of('received'), waiting: of('waiting') }
}

/** Every connection with how its last poll went; what was never asked has only its name. */
export function listPolled(db: ReadonlyKysely<Database>, merchantId: string) {
  return db
    .selectFrom('connection as c')
    .leftJoin('connectionPoll as p', (join) =>
      join.onRef('p.merchantId', '=', 'c.merchantId').onRef('p.connectionId', '=', 'c.connectionId'),
    )
    .select(['c.connectionId as id', 'c.shopId', 'c.provider', 'c.connectionMethod', 'c.methods'])
    .select(['p.answeredAt', 'p.failures', 'p.failingSince', 'p.failedBecause', 'p.nextAt'])
    .where('c.merchantId', '=', merchantId)
    .orderBy('c.shopId')
    .orderBy('c.provider')
    .execute()
}

/** Jobs that are due or in hand. The queue belongs to no merchant, so only the owner can count. */
export async function countJobs(owner: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*) as n from graphile_worker._private_jobs where is_available and run_at <= now() or locked_at is not null`.execute(
    owner,
  )
  return rows[0]?.n ?? 0
}
