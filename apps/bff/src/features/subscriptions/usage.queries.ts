/** Cycles whose amount depends on what was used. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { Cycle, Subscription } from './scheduler.queries.ts'

/** In order of their ids, as everybody locks who locks several. By subscription_code. */
export function lockByCodes(
  tx: Kysely<Database>,
  merchantId: string,
  codes: readonly string[],
): Promise<Subscription[]> {
  return tx
    .selectFrom('subscription')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where(sql<boolean>`code = any(${[...codes]}::text[])`)
    .orderBy('subscriptionId')
    .forUpdate()
    .execute()
}

/** Metered cycles that nobody has sent yet, the earliest first. By subscription_cycle_open. */
export function lockUnsentCycles(
  tx: Kysely<Database>,
  merchantId: string,
  subscriptionIds: readonly string[],
): Promise<Cycle[]> {
  return tx
    .selectFrom('subscriptionCycle')
    .selectAll()
    .where('merchantId', '=', merchantId)
    .where(sql<boolean>`subscription_id = any(${[...subscriptionIds]}::uuid[])`)
    .where('state', 'in', ['awaiting_usage', 'generated'])
    .where('meter', 'is not', null)
    .orderBy('subscriptionId')
    .orderBy('number')
    .forUpdate()
    .execute()
}

export type CycleUsage = Pick<Cycle, 'subscriptionId' | 'number' | 'usage' | 'amountYen' | 'dueOn' | 'goods'>

/** The amounts are fixed, and the cycles are to be charged. */
export async function saveUsage(
  tx: Kysely<Database>,
  merchantId: string,
  cycles: readonly CycleUsage[],
): Promise<void> {
  const rows = cycles.map((cycle) => ({
    s: cycle.subscriptionId,
    n: cycle.number,
    u: cycle.usage,
    y: cycle.amountYen,
    d: cycle.dueOn,
    g: cycle.goods,
  }))
  await sql`
    update subscription_cycle c set state = 'generated', usage = t.u, amount_yen = t.y, due_on = t.d, goods = t.g
      from json_to_recordset(${JSON.stringify(rows)}::json) as t (s uuid, n integer, u integer, y bigint, d date, g jsonb)
      where c.merchant_id = ${merchantId}::uuid and c.subscription_id = t.s and c.number = t.n`.execute(tx)
}

export type TellingRecord = {
  readonly subscriptionId: string
  readonly idempotencyKey: string
  readonly requestHash: string
  readonly number: number
  readonly amountYen: number
}

/** What the same telling did before. By subscription_event_key. */
export async function listTold(
  tx: Kysely<Database>,
  merchantId: string,
  subscriptionIds: readonly string[],
  keys: readonly string[],
): Promise<TellingRecord[]> {
  const { rows } = await sql<TellingRecord>`
    select subscription_id, idempotency_key, request_hash, (detail ->> 'number')::integer as number, (detail ->> 'amountYen')::bigint as amount_yen
      from subscription_event where merchant_id = ${merchantId}::uuid and subscription_id = any(${[...subscriptionIds]}::uuid[])
        and idempotency_key = any(${[...keys]}::text[])`.execute(tx)
  return rows
}
