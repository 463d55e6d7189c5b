import type { Kysely } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database } from '../../db/schema.ts'

export type PreferenceOwner = { readonly merchantId: string; readonly userId: string }

export async function listPreferences(
  db: ReadonlyKysely<Database>,
  owner: PreferenceOwner,
): Promise<Record<string, unknown>> {
  const rows = await db
    .selectFrom('preference')
    .select(['key', 'value'])
    .where('merchantId', '=', owner.merchantId)
    .where('userId', '=', owner.userId)
    .execute()
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

export async function putPreference(
  db: Kysely<Database>,
  owner: PreferenceOwner,
  key: string,
  json: string,
): Promise<void> {
  await db
    .insertInto('preference')
    .values({ merchantId: owner.merchantId, userId: owner.userId, key, value: json })
    .onConflict((conflict) =>
      conflict.columns(['merchantId', 'userId', 'key']).doUpdateSet({ value: json, updatedAt: new Date() }),
    )
    .execute()
}
