import type { InboxItem, InboxView } from '@choba/shared/contracts/notes.ts'
import { NOTIFICATION_KIND_NAMES, type NotificationKind, notificationKind } from '@choba/shared/notification-kinds.ts'
import { may } from '@choba/shared/permissions.ts'
import type { Session } from '../../core/session.ts'
import { listNames } from '../../db/people.ts'
import {
  countUnread,
  countUnreadHappened,
  type HappenedRow,
  type InboxRow,
  listHappened,
  listInbox,
  markRead,
  MOST_ITEMS,
} from './inbox.queries.ts'
import type { NoteDeps } from './notes.service.ts'

/** `m:` stands before the note of a mention, `a:` before the payment that was given, `h:` before what happened together. */
const PREFIX = { mentioned: 'm:', assigned: 'a:', happened: 'h:' } as const

/** What was said to the caller or given to them, and what happened, as far as they may see it today. */
export async function getInbox({ db }: NoteDeps, session: Session): Promise<InboxView> {
  const { merchantId } = session
  const reader = db.merchant(merchantId)
  const kinds = kindsOf(session)
  const maySeePayments = may(session, 'sales.read')
  const [said, happened, unreadSaid, unreadHappened] = await Promise.all([
    maySeePayments ? listInbox(reader, session) : [],
    listHappened(reader, session, kinds),
    maySeePayments ? countUnread(reader, session) : 0,
    countUnreadHappened(reader, session, kinds),
  ])
  const names = await listNames(db, merchantId, [...new Set(said.map(({ byId }) => byId))])
  const items = [...said.map((row) => saidItem(row, names)), ...happened.map(happenedItem)]
  return {
    unread: unreadSaid + unreadHappened,
    items: items.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, MOST_ITEMS),
  }
}

function kindsOf(session: Session): NotificationKind[] {
  return NOTIFICATION_KIND_NAMES.filter((kind) => may(session, notificationKind(kind).permission))
}

function saidItem(
  { kind, itemId, byId, body, at, readAt, ...row }: InboxRow,
  names: ReadonlyMap<string, string>,
): InboxItem {
  const common = {
    ...row,
    id: `${PREFIX[kind]}${itemId}`,
    by: { id: byId, name: names.get(byId) ?? byId },
    at: at.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  }
  return kind === 'mentioned' ? { kind, ...common, body: body ?? '' } : { kind, ...common }
}

function happenedItem({ batchId, at, readAt, ...row }: HappenedRow): InboxItem {
  const id = `${PREFIX.happened}${batchId}`
  return { kind: 'happened', id, ...row, at: at.toISOString(), readAt: readAt?.toISOString() ?? null }
}

/** Null: everything there is now. */
export async function readInbox(deps: NoteDeps, session: Session, ids: readonly string[] | null): Promise<InboxView> {
  const of = (prefix: string) => (ids ?? []).filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length))
  const chosen = ids && { notes: of(PREFIX.mentioned), payments: of(PREFIX.assigned), batches: of(PREFIX.happened) }
  await markRead(deps.db.merchant(session.merchantId), session, chosen, deps.clock.now())
  return getInbox(deps, session)
}
