/**
 * The shops that what runs now may see and act on. A request carries its member's, a job none (which is all): every
 * merchant's connection that is opened meanwhile is bound to them, and row-level security does the rest.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type RawBuilder, sql } from 'kysely'

export type Shops = 'all' | readonly string[]

const scope = new AsyncLocalStorage<Shops>()

export function withShops<T>(shops: Shops, work: () => T): T {
  return scope.run(shops, work)
}

export function currentShops(): Shops {
  return scope.getStore() ?? 'all'
}

/** The customers and their sums: those of the whole merchant are kept, those of some shops are added up. */
export function customerTable(): RawBuilder<unknown> {
  return currentShops() === 'all' ? sql`customer` : sql`customer_of_shops customer`
}
