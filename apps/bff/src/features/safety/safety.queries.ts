import type { Kysely } from 'kysely'
import type { Output } from '@choba/shared/contract.ts'
import type { safety } from '@choba/shared/contracts/safety.ts'
import type { HoldableAction } from '@choba/shared/states/safety.ts'
import type { Database } from '../../db/schema.ts'

export type SafetySettings = Omit<Output<typeof safety.get>, 'roles'>

export async function getSafetySettings(db: Kysely<Database>, merchantId: string): Promise<SafetySettings> {
  const settings = await db
    .selectFrom('safetySetting')
    .select(['secondPersonFromYen', 'holdSeconds', 'holdActions'])
    .where('merchantId', '=', merchantId)
    .executeTakeFirst()
  const ceilings = await db
    .selectFrom('refundCeiling')
    .select(['role', 'ceilingYen'])
    .where('merchantId', '=', merchantId)
    .orderBy('role')
    .execute()
  return {
    secondPersonFromYen: settings?.secondPersonFromYen ?? null,
    holdSeconds: settings?.holdSeconds ?? 0,
    holdActions: (settings?.holdActions ?? []) as HoldableAction[], // the contract lets nothing else in
    ceilings,
  }
}

export async function putSafetySettings(
  tx: Kysely<Database>,
  merchantId: string,
  { ceilings, ...settings }: SafetySettings,
): Promise<void> {
  await tx
    .insertInto('safetySetting')
    .values({ merchantId, ...settings })
    .onConflict((conflict) => conflict.column('merchantId').doUpdateSet(settings))
    .execute()
  await tx.deleteFrom('refundCeiling').where('merchantId', '=', merchantId).execute()
  if (ceilings.length > 0)
    await tx
      .insertInto('refundCeiling')
      .values(ceilings.map((ceiling) => ({ merchantId, ...ceiling })))
      .execute()
}

export function listOwnRoles(db: Kysely<Database>, merchantId: string): Promise<Array<{ id: string; name: string }>> {
  return db
    .selectFrom('customRole')
    .select(['roleId as id', 'name'])
    .where('merchantId', '=', merchantId)
    .orderBy('name')
    .execute()
}
