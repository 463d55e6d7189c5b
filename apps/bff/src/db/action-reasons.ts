/** The merchant's reasons for what it asks of its providers; the usual ones until it settled its own. */
import type { Kysely } from 'kysely'
import { DEFAULT_REASONS, type ReasonSettings } from '@choba/shared/contracts/action-reasons.ts'
import type { Database } from './schema.ts'

export async function findReasonSettings(db: Kysely<Database>, merchantId: string): Promise<ReasonSettings> {
  const row = await db
    .selectFrom('reasonSetting')
    .select(['reasons', 'required'])
    .where('merchantId', '=', merchantId)
    .executeTakeFirst()
  return row === undefined ? DEFAULT_REASONS : (row as ReasonSettings) // the contract lets nothing else in
}
