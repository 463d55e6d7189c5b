/** Keeping what providers send unasked, and trying again what waits. */
import { parseJstCompact } from '@choba/shared/dates.ts'
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { ProviderMessageRow, providerMessages } from '@choba/shared/contracts/provider-messages.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { Connection } from '../../core/connection.ts'
import { readableMessage } from '../../core/mask-message.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { SecretBox } from '../../core/secret-box.ts'
import type { Session } from '../../core/session.ts'
import { type Db, readonly } from '../../db/client.ts'
import { findConnectionByAccount } from '../../db/connections.ts'
import { enqueueApply } from '../../jobs/apply-messages.ts'
import { keepMessages } from '../../ledger/inbox.ts'
import type { NoticeRead, NoticeReply, ProviderRegistry } from '../../providers/port.ts'
import { findMessage, findWholeMessage, listMessages, putBack } from './provider-messages.queries.ts'

export type MessagesDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly secrets: SecretBox
  readonly providerClocks: ProviderClocks
  readonly providers: ProviderRegistry
}

/**
 * A notice counts as heard once its bytes are kept: only then is it answered OK. What cannot be authenticated is
 * answered NG and leaves nothing behind.
 */
export async function receiveNotice(
  deps: MessagesDeps,
  provider: string,
  account: string,
  body: Uint8Array,
  contentType: string,
): Promise<NoticeReply | undefined> {
  const reader = deps.providers[provider]?.notices
  if (reader === undefined) return undefined
  const connection = await findConnectionByAccount(deps.db.owner, deps, provider, account)
  if (connection === undefined) return reader.refuse('unknown account')
  const read = reader.read(connection, body)
  if (read.kind === 'refused') return reader.refuse(read.reason)
  await keep(deps, connection, { ...read, body, contentType })
  return reader.accept(read.functionId)
}

type Kept = Extract<NoticeRead, { kind: 'notice' }> & { readonly body: Uint8Array; readonly contentType: string }

async function keep({ db, clock }: MessagesDeps, connection: Connection, notice: Kept): Promise<void> {
  const { merchantId, connectionId, provider } = connection
  const saidAt = parseJstCompact(notice.requestDate)?.toISOString() ?? clock.now().toISOString()
  connection.heard(saidAt)
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const { uniqueKey, providerId, body, contentType } = notice
      const kept = await keepMessages(tx, merchantId, [
        {
          connectionId,
          provider,
          kind: `${provider}_notice`,
          direction: 'inbound',
          state: 'received',
          uniqueKey,
          providerId,
          contentType,
          body,
          saidAt,
        },
      ])
      if (kept.length > 0) await enqueueApply(tx, merchantId)
    })
}

export function listWaiting(
  { db }: MessagesDeps,
  { merchantId }: Session,
  query: Parsed<typeof providerMessages.list>['query'],
): Promise<Output<typeof providerMessages.list>> {
  return listMessages(readonly(db.merchant(merchantId)), merchantId, query)
}

/** @throws AppError resource.not_found */
export async function getMessage(
  { db }: MessagesDeps,
  { merchantId }: Session,
  messageId: string,
): Promise<Output<typeof providerMessages.get>> {
  const message = await findWholeMessage(readonly(db.merchant(merchantId)), merchantId, messageId)
  if (message === undefined) throw new AppError('resource.not_found', { id: messageId })
  const { body, saidAt, ...row } = message
  return { ...row, saidAt: saidAt.toISOString(), text: readableMessage(body, row.contentType) }
}

/** @throws AppError resource.not_found, message.not_replayable */
export async function replayMessage(
  { db }: MessagesDeps,
  session: Session,
  messageId: string,
): Promise<ProviderMessageRow> {
  const { merchantId } = session
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const message = await findMessage(readonly(tx), merchantId, messageId)
      if (message === undefined) throw new AppError('resource.not_found', { id: messageId })
      if (!(await putBack(tx, merchantId, messageId)))
        throw new AppError('message.not_replayable', { state: message.state })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'message.replay',
        subject: { kind: 'provider_message', id: messageId },
      })
      await enqueueApply(tx, merchantId)
      return { ...message, state: 'received', reason: null }
    })
}
