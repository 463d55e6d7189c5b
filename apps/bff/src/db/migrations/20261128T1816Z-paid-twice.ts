import { type Kysely, sql } from 'kysely'

/** A transfer of what was paid on a slip although another payment of its order is the sale: the slip ends with it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table customer_return add column paid_twice boolean not null default false`.execute(db)
}
