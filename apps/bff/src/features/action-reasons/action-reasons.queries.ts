import type { Kysely } from 'kysely'
import type { ReasonSettings } from '@choba/shared/contracts/action-reasons.ts'
import type { Database } from '../../db/schema.ts'

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
