/** Takes a customer out of what members keep beside the orders: words and names of saved views and schedules, drafts, mails. */
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { CustomerKey } from './erasure.queries.ts'
import {
  eraseDrafts,
  eraseMails,
  listMeant,
  listSchedules,
  listViews,
  putView,
  stopSchedule,
} from './searches.queries.ts'

/** Before the customer's own rows go: they say what to look for. */
export async function eraseSearches(tx: Kysely<Database>, key: CustomerKey, marker: string): Promise<void> {
  const { merchantId } = key
  const views = await listViews(tx, merchantId)
  const searched = views.map(({ id, search, name }) => ({
    id,
    name,
    words: new URLSearchParams(search).get('q') ?? '',
  }))
  for (const { id, inWords, inName } of await listMeant(tx, key, searched)) {
    const view = views.find((each) => each.id === id)
    if (view === undefined) continue
    await putView(tx, merchantId, {
      id,
      search: inWords ? withoutWords(view.search) : view.search,
      name: inName ? marker : view.name,
    })
  }
  const schedules = await listSchedules(tx, merchantId)
  for (const { id, inName } of await listMeant(tx, key, schedules)) {
    const name = schedules.find((each) => each.id === id)?.name ?? ''
    await stopSchedule(tx, merchantId, { id, name: inName ? marker : name })
  }
  await eraseDrafts(tx, key)
  await eraseMails(tx, key, marker)
}

/** The other conditions stay. */
function withoutWords(search: string): string {
  const query = new URLSearchParams(search)
  query.delete('q')
  return query.toString()
}
