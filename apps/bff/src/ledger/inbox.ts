/** Where a provider's words are kept before anything is made of them: raw bytes, and a key that makes a repeat a no-op. */
import { type Kysely, sql } from 'kysely'
import { uuidv7 } from '../core/uuid.ts'
import type { Database } from '../db/schema.ts'

export type NewMessage = {
  readonly connectionId: string
  readonly provider: string
  readonly kind: string
  /** outbound: the answer to a call of ours; inbound: said unasked or when polled. */
  readonly direction: 'inbound' | 'outbound'
  readonly state: 'received' | 'applied' | 'waiting' | 'ignored'
  readonly reason?: string
  readonly uniqueKey: string
  readonly providerId: string | null
  readonly paymentId?: string | null
  readonly operationId?: string | null
  readonly contentType: string
  readonly body: Uint8Array
  readonly context?: Readonly<Record<string, unknown>>
  readonly saidAt: string
}

/** Answers the ids of what was new. */
export async function keepMessages(
  tx: Kysely<Database>,
  merchantId: string,
  messages: readonly NewMessage[],
): Promise<string[]> {
  if (messages.length === 0) return []
  const rows = await tx
    .insertInto('providerMessage')
    .values(
      messages.map(({ context, saidAt, body, reason, ...message }) => ({
        ...message,
        merchantId,
        messageId: uuidv7(),
        paymentId: message.paymentId ?? null,
        operationId: message.operationId ?? null,
        reason: reason ?? null,
        body: Buffer.from(body),
        context: JSON.stringify(context ?? {}),
        saidAt: new Date(saidAt),
        appliedAt: message.state === 'applied' ? new Date() : null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['merchantId', 'connectionId', 'uniqueKey']).doNothing())
    .returning('messageId')
    .execute()
  return rows.map((row) => row.messageId)
}

/** Messages that waited for a payment nobody knew yet are tried again, and statements that have a line of it. Answers whether there are any. */
export async function wakeMessages(
  tx: Kysely<Database>,
  merchantId: string,
  providerIds: readonly string[],
): Promise<boolean> {
  if (providerIds.length === 0) return false
  // Each half by its own index: many may wait while a rush of notices comes before its registrations.
  const woken = await sql`
    update provider_message set state = 'received', reason = null
      where merchant_id = ${merchantId}::uuid and state = 'waiting' and message_id in (
        select message_id from provider_message
          where merchant_id = ${merchantId}::uuid and state = 'waiting' and provider_id = any(${providerIds}::text[])
        union all
        select m.message_id from statement_line l
          join statement s on s.merchant_id = l.merchant_id and s.statement_id = l.statement_id
          join provider_message m on m.merchant_id = s.merchant_id and m.connection_id = s.connection_id and m.unique_key = 'statement:' || s.statement_number
          where l.merchant_id = ${merchantId}::uuid and l.provider_id = any(${providerIds}::text[]) and l.payment_id is null and l.kind in ('sale', 'cancellation'))`.execute(
    tx,
  )
  return (woken.numAffectedRows ?? 0n) > 0n
}
