import { type Kysely, sql } from 'kysely'
import type { ReasonSettings } from '@choba/shared/contracts/action-reasons.ts'
import type { Database } from '../../db/schema.ts'

/** One at a time: the settings are read, compared and written as a whole. */
export async function lockReasons(tx: Kysely<Database>, merchantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('reasons:' || ${merchantId}, 0))`.execute(tx)
}

export async function putReasonSettings(
  tx: Kysely<Database>,
  merchantId: string,
  { reasons, required }: ReasonSettings,
): Promise<void> {
  const settings = { reasons: JSON.stringify(reasons), required: [...required] }
  await tx
    .insertInto('reasonSetting')
    .values({ merchantId, ...settings })
    .onConflict((conflict) => conflict.column('merchantId').doUpdateSet(settings))
    .execute()
}
