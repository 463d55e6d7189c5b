import { type Kysely, sql } from 'kysely'

/**
 * Customers' personal data is read by permission. Roles and keys that a merchant made before keep what they saw; who only
 * reads, by the built-in role, sees it masked from now on. A kept file says whether it was written masked.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update custom_role set permissions = permissions || 'personal_data.read'::text where 'sales.read' = any (permissions)`.execute(
    db,
  )
  await sql`update api_key set permissions = permissions || 'personal_data.read'::text where 'sales.read' = any (permissions)`.execute(
    db,
  )
  await sql`alter table export_run add column is_masked boolean not null default false`.execute(db)
}
