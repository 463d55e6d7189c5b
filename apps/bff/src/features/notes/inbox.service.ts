import type { InboxView } from '@choba/shared/contracts/notes.ts'
import type { Session } from '../../core/session.ts'
import { listNames } from '../../db/people.ts'
import { countUnread, listInbox, markRead } from './inbox.queries.ts'
import type { NoteDeps } from './notes.service.ts'

/** `m:` stands before the note of a mention, `a:` before the payment that was given. */
const PREFIX = { mentioned: 'm:', assigned: 'a:' } as const

/** What was said to the caller or given to them, as far as they may see the payment today. */
export async function getInbox({ db }: NoteDeps, session: Session): Promise<InboxView> {
  const { merchantId } = session
  const reader = db.merchant(merchantId)
  const [rows, unread] = await Promise.all([listInbox(reader, session), countUnread(reader, session)])
  const names = await listNames(db, merchantId, [...new Set(rows.map(({ byId }) => byId))])
  return {
    unread,
    items: rows.map(({ kind, itemId, byId, at, readAt, ...row }) => ({
      ...row,
      kind,
      id: `${PREFIX[kind]}${itemId}`,
      by: { id: byId, name: names.get(byId) ?? byId },
      at: at.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    })),
  }
}

/** Null: everything there is now. */
export async function readInbox(deps: NoteDeps, session: Session, ids: readonly string[] | null): Promise<InboxView> {
  const chosen = ids && {
    notes: ids.filter((id) => id.startsWith(PREFIX.mentioned)).map((id) => id.slice(2)),
    payments: ids.filter((id) => id.startsWith(PREFIX.assigned)).map((id) => id.slice(2)),
  }
  await markRead(deps.db.merchant(session.merchantId), session, chosen, deps.clock.now())
  return getInbox(deps, session)
}
