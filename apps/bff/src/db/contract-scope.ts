/** Refuses what a shop's contract is not for, before it is promised to anybody. */
import { type Asked, outOfScope, termIn, type TermPlace } from '@choba/shared/terms.ts'
import type { Kysely } from 'kysely'
import { AppError } from '../core/app-error.ts'
import type { Database } from './schema.ts'
import { listTerms } from './terms.ts'

/** @throws AppError order.billing_not_contracted, order.site_not_contracted, order.invoice_not_contracted */
export async function requireScope(
  db: Kysely<Database>,
  merchantId: string,
  { shopId, methods, on }: Pick<TermPlace, 'shopId' | 'on'> & { readonly methods: readonly string[] },
  asked: Asked,
): Promise<void> {
  const terms = await listTerms(db, merchantId, { shopId, kinds: ['scope'] })
  for (const method of methods) {
    const beyond = outOfScope(termIn(terms, 'scope', { shopId, method, on }), asked)
    if (beyond !== undefined) throw new AppError(`order.${beyond}_not_contracted`, { method })
  }
}
