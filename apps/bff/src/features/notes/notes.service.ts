/** Notes on a payment, who is meant by them, and whose the payment is. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { notes } from '@choba/shared/contracts/notes.ts'
import { allows, ROLES } from '@choba/shared/permissions.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { tellPages } from '../../db/tell-pages.ts'
import { listNames } from '../../db/people.ts'
import {
  findAssignee,
  findNote,
  findNotedPayment,
  insertMentions,
  insertNote,
  listNotes,
  listReaders,
  lockPayment,
  type NotedPayment,
  type PaymentKey,
  putAssignee,
  type Reader,
  removeAssignee,
  removeNote,
} from './notes.queries.ts'

export type NoteDeps = { readonly db: Db; readonly clock: Clock }
type Talk = Output<typeof notes.get>

/** @throws AppError resource.not_found */
export async function getTalk(deps: NoteDeps, session: Session, paymentId: string): Promise<Talk> {
  const { key, payment } = await noted(deps, session, paymentId)
  const reader = deps.db.merchant(key.merchantId)
  const [rows, assignee, people] = await Promise.all([
    listNotes(reader, key),
    findAssignee(reader, key),
    readersOf(deps, key, payment),
  ])
  const said = rows.flatMap((row) => [row.authorId, ...row.mentions])
  const names = await listNames(deps.db, key.merchantId, [
    ...new Set([...said, ...(assignee === null ? [] : [assignee])]),
  ])
  const named = (id: string) => ({ id, name: names.get(id) ?? id })
  return {
    notes: rows.map((row) => ({
      id: row.noteId,
      author: named(row.authorId),
      writtenAt: row.writtenAt.toISOString(),
      body: row.body,
      isRemoved: row.removedAt !== null,
      mentions: row.removedAt === null ? row.mentions.map(named) : [],
    })),
    assignee: assignee === null ? null : named(assignee),
    people,
  }
}

/** @throws AppError resource.not_found; request.invalid for a mention of somebody who may not see the payment; idempotency.conflict when the id is another note's */
export async function addNote(
  deps: NoteDeps,
  session: Session,
  paymentId: string,
  note: Parsed<typeof notes.add>['body'],
): Promise<Talk> {
  const { key, payment } = await noted(deps, session, paymentId)
  const mentions = [...new Set(note.mentions)]
  if (mentions.length > 0) refuseUnreachable(mentions, await readersOf(deps, key, payment))
  const { merchantId } = key
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const { id: noteId, body } = note
      const row = { ...key, noteId, shopId: payment.shopId, authorId: session.userId, body }
      if (!(await insertNote(tx, row))) return refuseOther(await findNote(tx, merchantId, noteId), row)
      const now = deps.clock.now()
      // Whoever names themselves has read it.
      const readAt = (userId: string) => (userId === session.userId ? now : null)
      await insertMentions(
        tx,
        row,
        mentions.map((userId) => ({ userId, readAt: readAt(userId) })),
      )
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'payment.note',
        subject: { kind: 'payment', id: key.paymentId },
        // Not its words: they can be taken back, the log cannot.
        after: { noteId, mentions },
      })
      await tellPages(tx, merchantId, [key.paymentId])
    })
  return getTalk(deps, session, paymentId)
}

/** @throws AppError resource.not_found, also for somebody else's note */
export async function takeBackNote(deps: NoteDeps, session: Session, paymentId: string, noteId: string): Promise<Talk> {
  const { key } = await noted(deps, session, paymentId)
  const { merchantId } = key
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const note = await findNote(tx, merchantId, noteId)
      if (note === undefined || note.paymentId !== key.paymentId || note.authorId !== session.userId)
        throw new AppError('resource.not_found', { id: noteId })
      if (!(await removeNote(tx, merchantId, noteId, deps.clock.now()))) return
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'payment.note_remove',
        subject: { kind: 'payment', id: key.paymentId },
        before: { noteId },
      })
      await tellPages(tx, merchantId, [key.paymentId])
    })
  return getTalk(deps, session, paymentId)
}

/** Null clears it. @throws AppError resource.not_found; request.invalid for somebody who may not see the payment */
export async function assignPayment(
  deps: NoteDeps,
  session: Session,
  paymentId: string,
  userId: string | null,
): Promise<Talk> {
  const { key, payment } = await noted(deps, session, paymentId)
  if (userId !== null) refuseUnreachable([userId], await readersOf(deps, key, payment))
  const { merchantId } = key
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await lockPayment(tx, key)
      const before = await findAssignee(tx, key)
      if (before === userId) return
      const now = deps.clock.now()
      if (userId === null) await removeAssignee(tx, key)
      else
        await putAssignee(tx, key, {
          shopId: payment.shopId,
          userId,
          assignedBy: session.userId,
          assignedAt: now,
          readAt: userId === session.userId ? now : null,
        })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'payment.assign',
        subject: { kind: 'payment', id: key.paymentId },
        before: { userId: before },
        after: { userId },
      })
      await tellPages(tx, merchantId, [key.paymentId])
    })
  return getTalk(deps, session, paymentId)
}

async function noted(
  { db }: NoteDeps,
  { merchantId }: Session,
  paymentId: string,
): Promise<{ readonly key: PaymentKey; readonly payment: NotedPayment }> {
  const key = { merchantId, paymentId }
  const payment = await findNotedPayment(db.merchant(merchantId), key)
  if (payment === undefined) throw new AppError('resource.not_found', { id: paymentId })
  return { key, payment }
}

function readersOf({ db }: NoteDeps, { merchantId }: PaymentKey, { shopId }: NotedPayment): Promise<Reader[]> {
  const roles = ROLES.filter((role) => allows(role, 'sales.read'))
  return listReaders(db.owner, { merchantId, shopId }, roles)
}

function refuseUnreachable(userIds: readonly string[], readers: readonly Reader[]): void {
  const unreachable = userIds.filter((id) => !readers.some((reader) => reader.id === id))
  if (unreachable.length > 0)
    throw new AppError('request.invalid', {
      issues: unreachable.map((id) => ({ path: 'people', message: `not somebody who may see the payment: ${id}` })),
    })
}

/** The same note sent again is the note there is; one taken back since stays so. */
function refuseOther(
  stored: Awaited<ReturnType<typeof findNote>>,
  note: PaymentKey & { readonly authorId: string; readonly body: string; readonly noteId: string },
): void {
  const isSame =
    stored !== undefined &&
    stored.paymentId === note.paymentId &&
    stored.authorId === note.authorId &&
    (stored.removedAt !== null || stored.body === note.body)
  if (!isSame) throw new AppError('idempotency.conflict', { id: note.noteId })
}
