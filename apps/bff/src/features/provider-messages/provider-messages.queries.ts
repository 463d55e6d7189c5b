import { type Kysely, sql } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { MessageDirection, MessageState, ProviderMessageRow } from '@choba/shared/contracts/provider-messages.ts'
import type { Database } from '../../db/schema.ts'

const PAGE = 50
const ROW = [
  'messageId',
  'provider',
  'kind',
  'direction',
  'state',
  'reason',
  'providerId',
  'paymentId',
  'attempts',
  'receivedAt',
  'appliedAt',
] as const

export type MessageFilter = {
  readonly state: MessageState
  readonly direction?: MessageDirection | undefined
  readonly provider?: string | undefined
  readonly providerId?: string | undefined
  readonly cursor?: string | undefined
}

const OPEN: readonly MessageState[] = ['received', 'waiting']

/**
 * What is open by its age, the rest with the newest first: ids are made in order of time. Served by provider_message_open
 * where the state is an open one, by provider_message_by_provider_id where that is asked for, and else by the key.
 */
export async function listMessages(
  db: ReadonlyKysely<Database>,
  merchantId: string,
  { state, direction, provider, providerId, cursor }: MessageFilter,
): Promise<{ items: ProviderMessageRow[]; nextCursor: string | null }> {
  let select = db
    .selectFrom('providerMessage')
    .select(ROW)
    .where('merchantId', '=', merchantId)
    .where('state', '=', state)
  if (direction !== undefined) select = select.where('direction', '=', direction)
  if (provider !== undefined) select = select.where('provider', '=', provider)
  if (providerId !== undefined) select = select.where('providerId', '=', providerId)
  const isOpen = OPEN.includes(state)
  if (cursor !== undefined) select = select.where('messageId', isOpen ? '>' : '<', cursor)
  const rows = await select
    .orderBy('messageId', isOpen ? 'asc' : 'desc')
    .limit(PAGE + 1)
    .execute()
  const items = rows.slice(0, PAGE)
  const last = items.at(-1)
  return { items: items.map(messageView), nextCursor: rows.length > PAGE && last ? last.messageId : null }
}

export async function findMessage(
  db: ReadonlyKysely<Database>,
  merchantId: string,
  messageId: string,
): Promise<ProviderMessageRow | undefined> {
  const row = await db
    .selectFrom('providerMessage')
    .select(ROW)
    .where('merchantId', '=', merchantId)
    .where('messageId', '=', messageId)
    .executeTakeFirst()
  return row && messageView(row)
}

export async function findWholeMessage(
  db: ReadonlyKysely<Database>,
  merchantId: string,
  messageId: string,
): Promise<(ProviderMessageRow & { saidAt: Date; contentType: string; body: Buffer }) | undefined> {
  const row = await db
    .selectFrom('providerMessage')
    .select([...ROW, 'saidAt', 'contentType', 'body'])
    .where('merchantId', '=', merchantId)
    .where('messageId', '=', messageId)
    .executeTakeFirst()
  return row && { ...messageView(row), saidAt: row.saidAt, contentType: row.contentType, body: row.body }
}

type Selected = Omit<ProviderMessageRow, 'id' | 'receivedAt' | 'appliedAt'> & {
  messageId: string
  receivedAt: Date
  appliedAt: Date | null
}

function messageView({ messageId, receivedAt, appliedAt, ...row }: Selected): ProviderMessageRow {
  return { ...row, id: messageId, receivedAt: receivedAt.toISOString(), appliedAt: appliedAt?.toISOString() ?? null }
}

/** Puts a waiting message back to be applied. Answers false when it does not wait. */
export async function putBack(tx: Kysely<Database>, merchantId: string, messageId: string): Promise<boolean> {
  const updated = await tx
    .updateTable('providerMessage')
    .set({ state: 'received', reason: null })
    .where('merchantId', '=', merchantId)
    .where('messageId', '=', messageId)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return updated.numUpdatedRows > 0n
}

/** Puts back what waits and was not tried too often. Answers every merchant with messages to apply. */
export async function putBackWaiting(owner: Kysely<Database>, maxAttempts: number): Promise<string[]> {
  await owner
    .updateTable('providerMessage')
    .set({ state: 'received' })
    .where('state', '=', 'waiting')
    .where('attempts', '<', maxAttempts)
    .execute()
  const rows = await owner
    .selectFrom('providerMessage')
    .select('merchantId')
    .distinct()
    .where('state', '=', 'received')
    .execute()
  return rows.map((row) => row.merchantId)
}

/** One job at a time applies a merchant's messages; held until the transaction ends. Answers false when another does. */
export async function claimApplying(tx: Kysely<Database>, merchantId: string): Promise<boolean> {
  const { rows } = await sql<{
    free: boolean
  }>`select pg_try_advisory_xact_lock(hashtextextended(${`apply:${merchantId}`}, 0)) as free`.execute(tx)
  return rows[0]?.free === true
}

export function listReceived(tx: Kysely<Database>, merchantId: string, limit: number) {
  return tx
    .selectFrom('providerMessage')
    .select(['messageId', 'connectionId', 'kind', 'providerId', 'contentType', 'body', 'context', 'saidAt'])
    .where('merchantId', '=', merchantId)
    .where('state', '=', 'received')
    .orderBy('messageId')
    .limit(limit)
    .forUpdate()
    .execute()
}

export type MessageEnd = {
  readonly messageId: string
  readonly state: 'applied' | 'waiting'
  readonly reason: string | null
  readonly paymentId: string | null
}

export async function endMessages(
  tx: Kysely<Database>,
  merchantId: string,
  ends: readonly MessageEnd[],
): Promise<void> {
  if (ends.length === 0) return
  await sql`
    update provider_message m set state = e.state, reason = e.reason, payment_id = coalesce(e."paymentId", m.payment_id), attempts = m.attempts + 1,
        applied_at = case when e.state = 'applied' then now() end
      from json_to_recordset(${JSON.stringify(ends)}::json) as e ("messageId" uuid, state text, reason text, "paymentId" uuid)
      where m.merchant_id = ${merchantId}::uuid and m.message_id = e."messageId"
        and m.message_id = any(${ends.map((end) => end.messageId)}::uuid[])`.execute(tx)
}

/** The payments of statements, by the statements' numbers within their connections. */
export async function listStatementPayments(
  tx: Kysely<Database>,
  merchantId: string,
  statements: ReadonlyArray<{ connectionId: string; statementNumber: string }>,
): Promise<Array<{ connectionId: string; statementNumber: string; paymentId: string }>> {
  if (statements.length === 0) return []
  const rows = await sql<{ connectionId: string; statementNumber: string; paymentId: string }>`
    select distinct s.connection_id, s.statement_number, l.payment_id
      from json_to_recordset(${JSON.stringify(statements)}::json) as n ("connectionId" uuid, "statementNumber" text)
      join statement s on s.merchant_id = ${merchantId}::uuid and s.connection_id = n."connectionId" and s.statement_number = n."statementNumber"
      join statement_line l on l.merchant_id = s.merchant_id and l.statement_id = s.statement_id
      where l.payment_id is not null`.execute(tx)
  return rows.rows
}
