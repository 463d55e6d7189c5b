import type { Output, Parsed } from '@choba/shared/contract.ts'
import { VIEW_READERS, type ViewList, type views } from '@choba/shared/contracts/views.ts'
import { may } from '@choba/shared/permissions.ts'
import { isMasked, maskText } from '@choba/shared/personal.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import { requirePermission } from '../../core/require-permission.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { listNames } from '../../db/people.ts'
import {
  dropDefaultsOfOthers,
  findDefault,
  listViews,
  lockView,
  putDefault,
  putView,
  removeView,
  type StoredView,
} from './views.queries.ts'

export type ViewDeps = { readonly db: Db; readonly clock: Clock }
type Answer = Output<typeof views.list>

export async function getViews({ db }: ViewDeps, session: Session, list: ViewList): Promise<Answer> {
  requirePermission(session, VIEW_READERS[list])
  const reader = db.merchant(session.merchantId)
  const [rows, defaultId] = await Promise.all([listViews(reader, session, list), findDefault(reader, session, list)])
  const names = await listNames(db, session.merchantId, [...new Set(rows.map(({ ownerId }) => ownerId))])
  return {
    items: rows.map(({ viewId, ownerId, ...view }) => ({
      ...view,
      id: viewId,
      by: { id: ownerId, name: names.get(ownerId) ?? ownerId },
      mayChange: view.isShared ? may(session, 'views.share') : true,
    })),
    defaultId,
  }
}

/** @throws AppError resource.not_found for an id that is somebody else's; auth.forbidden without the right to share */
export async function keepView(
  deps: ViewDeps,
  session: Session,
  viewId: string,
  asked: Parsed<typeof views.put>['body'],
): Promise<Answer> {
  requirePermission(session, VIEW_READERS[asked.list])
  const { merchantId } = session
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const before = await lockView(tx, session, viewId)
      if (before !== undefined) requirePermission(session, VIEW_READERS[before.list])
      const view = { ...asked, search: unmasked(asked.search, before?.search) }
      if (view.isShared || before?.isShared === true) requirePermission(session, 'views.share')
      if (before !== undefined && isSame(before, view)) return
      if (!(await putView(tx, session, viewId, view, deps.clock.now())))
        throw new AppError('resource.not_found', { id: viewId })
      if (before?.isShared === true && !view.isShared) await dropDefaultsOfOthers(tx, merchantId, before)
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: before === undefined ? 'view.add' : 'view.change',
        subject: { kind: 'view', id: viewId },
        ...(before !== undefined && { before: contentOf(before) }),
        after: contentOf(view),
      })
    })
  return getViews(deps, session, asked.list)
}

/** Words that were masked for whoever writes are never written back: they stay what they were. */
function unmasked(sent: string, before: string | undefined): string {
  const query = new URLSearchParams(sent)
  if (!isMasked(query.get('q') ?? '')) return sent
  if (before !== undefined && maskText('search', before) === sent) return before
  const kept = new URLSearchParams(before ?? '').get('q')
  if (kept === null) query.delete('q')
  else query.set('q', kept)
  return query.toString()
}

/** @throws AppError resource.not_found, auth.forbidden */
export async function dropView(deps: ViewDeps, session: Session, viewId: string): Promise<{ done: true }> {
  const { merchantId } = session
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const before = await lockView(tx, session, viewId)
      if (before === undefined) throw new AppError('resource.not_found', { id: viewId })
      requirePermission(session, VIEW_READERS[before.list])
      if (before.isShared) requirePermission(session, 'views.share')
      await removeView(tx, merchantId, viewId)
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'view.remove',
        subject: { kind: 'view', id: viewId },
        before: contentOf(before),
      })
    })
  return { done: true }
}

/** A person's own habit, kept like a preference. @throws AppError resource.not_found */
export async function chooseDefault(
  deps: ViewDeps,
  session: Session,
  { list, viewId }: Parsed<typeof views.setDefault>['body'],
): Promise<Answer> {
  requirePermission(session, VIEW_READERS[list])
  await deps.db
    .merchant(session.merchantId)
    .transaction()
    .execute(async (tx) => {
      const view = viewId === null ? undefined : await lockView(tx, session, viewId)
      if (viewId !== null && view?.list !== list) throw new AppError('resource.not_found', { id: viewId })
      await putDefault(tx, session, list, viewId)
    })
  return getViews(deps, session, list)
}

type Content = Pick<StoredView, 'list' | 'name' | 'isShared' | 'search' | 'columns'>

/** What is searched for may be a person's name: the log says only that it is. */
function contentOf({ list, name, isShared, search, columns }: Content) {
  const conditions = [...new URLSearchParams(search).keys()]
  return { list, name, isShared, conditions, columns }
}

function isSame(one: Content, other: Content): boolean {
  return (
    one.list === other.list &&
    one.name === other.name &&
    one.isShared === other.isShared &&
    one.search === other.search &&
    JSON.stringify(one.columns) === JSON.stringify(other.columns)
  )
}
