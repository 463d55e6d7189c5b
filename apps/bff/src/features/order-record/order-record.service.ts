import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { orderRecord, RecordItem } from '@choba/shared/contracts/order-record.ts'
import { may, type Permission } from '@choba/shared/permissions.ts'
import { RECORD_KINDS, type RecordKind } from '@choba/shared/record-kinds.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import { readableMessage } from '../../core/mask-message.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { listNames } from '../../db/people.ts'
import {
  countRecord,
  findOrder,
  listBodies,
  listRecord,
  type OrderKey,
  type RecordRow,
} from './order-record.queries.ts'

export type OrderRecordDeps = { readonly db: Db }

const PAGE = 50
/** An order of one customer; what is longer is read page by page. */
const MOST_TAKEN = 5_000

/** What a kind takes beside the ledger itself. */
const NEEDS: Readonly<Partial<Record<RecordKind, Permission>>> = {
  posting: 'journal.read',
  audit: 'audit.read',
  message: 'messages.read',
}

/** @throws AppError resource.not_found; request.invalid for a cursor of another list */
export async function getRecord(
  deps: OrderRecordDeps,
  session: Session,
  paymentId: string,
  { kind, cursor }: Parsed<typeof orderRecord.list>['query'],
): Promise<Output<typeof orderRecord.list>> {
  const order = await orderOf(deps, session, paymentId)
  const reader = deps.db.merchant(session.merchantId)
  const seen = kindsFor(session)
  const asked = chosen(seen, kind)
  const [page, counts] = await Promise.all([
    asked.length === 0 ? { rows: [], nextCursor: null } : listRecord(reader, order, asked, { cursor, limit: PAGE }),
    countRecord(reader, order, seen),
  ])
  return {
    orderNumber: order.orderNumber,
    items: await toItems(deps, session, page.rows),
    counts,
    nextCursor: page.nextCursor,
  }
}

/** @throws AppError resource.not_found; export.too_many_rows */
export async function takeRecord(
  deps: OrderRecordDeps,
  session: Session,
  paymentId: string,
  kinds: readonly RecordKind[] | null,
): Promise<Output<typeof orderRecord.take>> {
  const order = await orderOf(deps, session, paymentId)
  const { merchantId } = session
  const asked = chosen(kindsFor(session), kinds ?? undefined)
  const { rows, nextCursor } =
    asked.length === 0
      ? { rows: [], nextCursor: null }
      : await listRecord(deps.db.merchant(merchantId), order, asked, { limit: MOST_TAKEN })
  if (nextCursor !== null) throw new AppError('export.too_many_rows', { most: MOST_TAKEN })
  await audit(deps.db.merchant(merchantId), {
    merchantId,
    actor: person(session),
    action: 'order_record.export',
    subject: { kind: 'payment', id: paymentId },
    after: { kinds: asked, count: rows.length },
  })
  return { orderNumber: order.orderNumber, items: await toItems(deps, session, rows) }
}

async function orderOf({ db }: OrderRecordDeps, { merchantId }: Session, paymentId: string): Promise<OrderKey> {
  const order = await findOrder(db.merchant(merchantId), merchantId, paymentId)
  if (order === undefined) throw new AppError('resource.not_found', { id: paymentId })
  return order
}

function kindsFor(session: Session): RecordKind[] {
  return RECORD_KINDS.filter((kind) => {
    const needed = NEEDS[kind]
    return needed === undefined || may(session, needed)
  })
}

function chosen(seen: readonly RecordKind[], asked: readonly RecordKind[] | undefined): readonly RecordKind[] {
  return asked === undefined || asked.length === 0 ? seen : seen.filter((kind) => asked.includes(kind))
}

async function toItems(
  { db }: OrderRecordDeps,
  { merchantId }: Session,
  rows: readonly RecordRow[],
): Promise<RecordItem[]> {
  const messageIds = rows.flatMap(({ kind, id }) => (kind === 'message' ? [id] : []))
  const [names, bodies] = await Promise.all([
    listNames(db, merchantId, [...new Set(rows.flatMap(({ actorId }) => (actorId === null ? [] : [actorId])))]),
    listBodies(db.merchant(merchantId), merchantId, messageIds),
  ])
  const texts = new Map(bodies.map((one) => [one.messageId, readableMessage(one.body, one.contentType)]))
  return rows.map(({ kind, id, at, isDay, paymentId, code, state, amountYen, actorKind, actorId, data }) => ({
    kind,
    id,
    at: at.toISOString(),
    isDay,
    paymentId,
    code,
    state,
    amountYen,
    actor: actorKind === null ? null : { kind: actorKind, name: names.get(actorId ?? '') ?? null },
    data: kind === 'message' ? { ...data, body: texts.get(id) ?? '' } : data,
  }))
}
