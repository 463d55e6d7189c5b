/** What a merchant settled between a person's order and the provider, as it is for one person or program. */
import { type Kysely, sql } from 'kysely'
import { type HoldableAction, NO_RULES, type SafetyRules } from '@choba/shared/states/safety.ts'
import { KEY_PREFIX } from '../core/actor.ts'
import type { Database } from './schema.ts'

/** Ceilings of programs stand under this name. */
export const KEY_ROLE = 'key'

export async function findSafetyRules(db: Kysely<Database>, merchantId: string, userId: string): Promise<SafetyRules> {
  const role = userId.startsWith(KEY_PREFIX)
    ? sql`${KEY_ROLE}`
    : sql`(select coalesce(custom_role_id::text, role) from member where merchant_id = ${merchantId}::uuid and user_id = ${userId})`
  const { rows } = await sql<{
    secondPersonFromYen: number | null
    holdSeconds: number | null
    holdActions: HoldableAction[] | null
    ceilingYen: number | null
  }>`
    select s.second_person_from_yen, s.hold_seconds, s.hold_actions, c.ceiling_yen
      from (select ${role} as role) own
      left join safety_setting s on s.merchant_id = ${merchantId}::uuid
      left join refund_ceiling c on c.merchant_id = ${merchantId}::uuid and c.role = own.role`.execute(db)
  const [row] = rows
  if (row === undefined) return NO_RULES
  const { secondPersonFromYen, holdSeconds, holdActions, ceilingYen } = row
  return { ceilingYen, secondPersonFromYen, holdSeconds: holdSeconds ?? 0, holdActions: holdActions ?? [] }
}
