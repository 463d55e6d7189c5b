import type { Kysely } from 'kysely'
import type { AccountMapping } from '@choba/shared/contracts/chart.ts'
import type { Database } from '../../db/schema.ts'

/** Served by the primary key. */
export async function listMappings(db: Kysely<Database>, merchantId: string): Promise<AccountMapping[]> {
  const rows = await db
    .selectFrom('accountMapping')
    .select(['account', 'validFrom', 'code', 'name', 'subAccount', 'taxName'])
    .where('merchantId', '=', merchantId)
    .orderBy('account')
    .orderBy('validFrom')
    .execute()
  return rows as AccountMapping[] // written only after the account's name was checked
}

export async function putMapping(tx: Kysely<Database>, merchantId: string, mapping: AccountMapping): Promise<void> {
  const { account: _, validFrom: _from, ...names } = mapping
  await tx
    .insertInto('accountMapping')
    .values({ merchantId, ...mapping })
    .onConflict((conflict) => conflict.columns(['merchantId', 'account', 'validFrom']).doUpdateSet(names))
    .execute()
}
