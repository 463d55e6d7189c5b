import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database } from '../../db/schema.ts'

export type Workplace = {
  readonly merchant: { id: string; name: string }
  readonly environment: 'live' | 'sandbox'
  readonly shops: Array<{ id: string; name: string; code: string }>
}

/** The merchant a session works for, and its shops by code. */
export async function getWorkplace(db: ReadonlyKysely<Database>, merchantId: string): Promise<Workplace> {
  const [merchant, shops] = await Promise.all([
    db
      .selectFrom('merchant')
      .select(['merchantId as id', 'name', 'environment'])
      .where('merchantId', '=', merchantId)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('shop')
      .select(['shopId as id', 'name', 'code'])
      .where('merchantId', '=', merchantId)
      .orderBy('code')
      .execute(),
  ])
  return { merchant: { id: merchant.id, name: merchant.name }, environment: merchant.environment, shops }
}
