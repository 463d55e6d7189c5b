import type { Kysely } from 'kysely'
import type { ViewList } from '@choba/shared/contracts/views.ts'
import type { Database } from '../../db/schema.ts'

type Tx = Kysely<Database>
export type ViewReader = { readonly merchantId: string; readonly userId: string }
export type ViewContent = {
  readonly list: ViewList
  readonly name: string
  readonly isShared: boolean
  readonly search: string
  readonly columns: string[] | null
}
export type StoredView = ViewContent & { readonly viewId: string; readonly ownerId: string }

const COLUMNS = ['viewId', 'list', 'name', 'ownerId', 'isShared', 'search', 'columns'] as const

/** Own ones and everybody's. Served by saved_view_by_owner and saved_view_shared. */
export async function listViews(db: Tx, { merchantId, userId }: ViewReader, list: ViewList): Promise<StoredView[]> {
  const rows = await db
    .selectFrom('savedView')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .where('list', '=', list)
    .where((eb) => eb.or([eb('ownerId', '=', userId), eb('isShared', '=', true)]))
    .orderBy('name')
    .orderBy('viewId')
    .execute()
  return rows.map((row) => ({ ...row, list }))
}

/** Locked: what is decided about it holds until it is written. Nobody else's own one is found. */
export async function lockView(
  tx: Tx,
  { merchantId, userId }: ViewReader,
  viewId: string,
): Promise<StoredView | undefined> {
  const row = await tx
    .selectFrom('savedView')
    .select(COLUMNS)
    .where('merchantId', '=', merchantId)
    .where('viewId', '=', viewId)
    .where((eb) => eb.or([eb('ownerId', '=', userId), eb('isShared', '=', true)]))
    .forUpdate()
    .executeTakeFirst()
  return row && { ...row, list: row.list as ViewList } // written by putView alone
}

/** Answers false when the id is somebody else's. */
export async function putView(
  tx: Tx,
  { merchantId, userId }: ViewReader,
  viewId: string,
  { list, ...content }: ViewContent,
  changedAt: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('savedView')
    .values({ merchantId, viewId, ownerId: userId, list, ...content, changedAt })
    .onConflict((conflict) =>
      conflict
        .columns(['merchantId', 'viewId'])
        .doUpdateSet({ ...content, changedAt })
        .where((eb) =>
          eb.and([
            eb('savedView.list', '=', list),
            eb.or([eb('savedView.ownerId', '=', userId), eb('savedView.isShared', '=', true)]),
          ]),
        ),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Whoever had it as their default has none then; so has everybody else when it is shared no more. */
export async function removeView(tx: Tx, merchantId: string, viewId: string): Promise<void> {
  await tx.deleteFrom('savedView').where('merchantId', '=', merchantId).where('viewId', '=', viewId).execute()
}

export async function dropDefaultsOfOthers(tx: Tx, merchantId: string, view: StoredView): Promise<void> {
  await tx
    .deleteFrom('savedViewDefault')
    .where('merchantId', '=', merchantId)
    .where('viewId', '=', view.viewId)
    .where('userId', '<>', view.ownerId)
    .execute()
}

export async function findDefault(db: Tx, { merchantId, userId }: ViewReader, list: ViewList): Promise<string | null> {
  const row = await db
    .selectFrom('savedViewDefault')
    .select('viewId')
    .where('merchantId', '=', merchantId)
    .where('userId', '=', userId)
    .where('list', '=', list)
    .executeTakeFirst()
  return row?.viewId ?? null
}

export async function putDefault(
  tx: Tx,
  { merchantId, userId }: ViewReader,
  list: ViewList,
  viewId: string | null,
): Promise<void> {
  if (viewId === null)
    await tx
      .deleteFrom('savedViewDefault')
      .where('merchantId', '=', merchantId)
      .where('userId', '=', userId)
      .where('list', '=', list)
      .execute()
  else
    await tx
      .insertInto('savedViewDefault')
      .values({ merchantId, userId, list, viewId })
      .onConflict((conflict) => conflict.columns(['merchantId', 'userId', 'list']).doUpdateSet({ viewId }))
      .execute()
}
