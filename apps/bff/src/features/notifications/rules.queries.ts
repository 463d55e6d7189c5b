import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { NotificationRuleTable } from '../../db/tables/notifications.ts'

type Tx = Kysely<Database>
export type RuleRecord = Selectable<NotificationRuleTable>
export type RuleKey = Pick<RuleRecord, 'merchantId' | 'ruleId'>

/** In the order they were made. A merchant has some dozens. */
export function listRules(db: Tx, merchantId: string): Promise<RuleRecord[]> {
  return db
    .selectFrom('notificationRule')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .orderBy('createdAt')
    .orderBy('ruleId')
    .execute()
}

/** All merchants', for the job that looks. */
export function listActiveRules(owner: Tx): Promise<RuleKey[]> {
  return owner
    .selectFrom('notificationRule')
    .select(['merchantId', 'ruleId'])
    .where('isActive', '=', true)
    .orderBy('merchantId')
    .orderBy('createdAt')
    .orderBy('ruleId')
    .execute()
}

/** Undefined while another process looks for it, or once it rests. */
export function lockRule(tx: Tx, { merchantId, ruleId }: RuleKey): Promise<RuleRecord | undefined> {
  return tx
    .selectFrom('notificationRule')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where('ruleId', '=', ruleId)
    .where('isActive', '=', true)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

export async function insertRule(tx: Tx, rule: Omit<RuleRecord, 'begunAt' | 'createdAt'>): Promise<void> {
  await tx.insertInto('notificationRule').values(rule).execute()
}

export async function updateRule(
  tx: Tx,
  { merchantId, ruleId }: RuleKey,
  change: Partial<Omit<RuleRecord, 'merchantId' | 'ruleId' | 'createdAt' | 'kind'>>,
): Promise<void> {
  await tx
    .updateTable('notificationRule')
    .set(change)
    .where('merchantId', '=', merchantId)
    .where('ruleId', '=', ruleId)
    .execute()
}

export async function deleteRule(tx: Tx, { merchantId, ruleId }: RuleKey): Promise<void> {
  await tx.deleteFrom('notificationRule').where('merchantId', '=', merchantId).where('ruleId', '=', ruleId).execute()
}

export async function countOwnShops(tx: Tx, merchantId: string, shopIds: readonly string[]): Promise<number> {
  const rows = await tx
    .selectFrom('shop')
    .select('shopId')
    .where('merchantId', '=', merchantId)
    .where('shopId', 'in', [...shopIds])
    .execute()
  return rows.length
}

/** The merchant's own roles with what they may do. */
export function listOwnRoles(db: Tx, merchantId: string) {
  return db
    .selectFrom('customRole')
    .select(['roleId', 'name', 'permissions'])
    .where('merchantId', '=', merchantId)
    .orderBy('name')
    .execute()
}
