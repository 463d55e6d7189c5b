/** A customer goes, the books stay: refused while anything is open, done in one transaction, written down without a name. */
import { EXPORT_LISTS, EXPORTS_WITHOUT_PEOPLE } from '@choba/shared/contracts/exports.ts'
import type { ErasureOutlook } from '@choba/shared/contracts/privacy.ts'
import { audit } from '../../audit/audit.ts'
import type { Actor } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Db } from '../../db/client.ts'
import {
  countWhatGoes,
  type CustomerKey,
  eraseRows,
  findErasure,
  hasCustomer,
  insertErasure,
  listOpen,
  listReturns,
  lockCustomer,
  putAccountBox,
} from './erasure.queries.ts'
import { eraseSearches } from './searches.service.ts'

export type ErasureDeps = {
  readonly db: Db
  readonly clock: Clock
  /** An account number that is none, sealed as a transfer's is. */
  sealNoAccount(merchantId: string, returnId: string): string
}

export type Erased = { readonly erasureId: string; readonly payments: number; readonly files: number }

const LISTS_WITH_PEOPLE = EXPORT_LISTS.filter((list) => !EXPORTS_WITHOUT_PEOPLE.includes(list))

/** @throws AppError resource.not_found */
export async function getErasure({ db }: ErasureDeps, { merchantId }: Session, id: string): Promise<ErasureOutlook> {
  const reader = db.merchant(merchantId)
  const key = { merchantId, customerId: id }
  if (!(await hasCustomer(reader, key))) throw new AppError('resource.not_found', { customer: id })
  const counts = await countWhatGoes(reader, key, LISTS_WITH_PEOPLE)
  return { ...counts, open: await listOpen(reader, key, LISTS_WITH_PEOPLE) }
}

/**
 * For good. Whoever was erased already answers as the first time.
 * @throws AppError resource.not_found, customer.open
 */
export async function eraseCustomer(
  deps: ErasureDeps,
  key: CustomerKey,
  { actor, reason }: { readonly actor: Actor; readonly reason: string },
): Promise<Erased> {
  const { merchantId, customerId } = key
  return deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      if (!(await lockCustomer(tx, key))) {
        const earlier = await findErasure(tx, key)
        if (earlier === undefined) throw new AppError('resource.not_found', { customer: customerId })
        return earlier
      }
      const open = await listOpen(tx, key, LISTS_WITH_PEOPLE)
      if (open.length > 0) throw new AppError('customer.open', { reasons: open.map((each) => each.reason).join(',') })
      for (const returnId of await listReturns(tx, key))
        await putAccountBox(tx, merchantId, returnId, deps.sealNoAccount(merchantId, returnId))
      const erasureId = uuidv7()
      await eraseSearches(tx, key, markerOf(erasureId))
      const gone = await eraseRows(tx, key, markerOf(erasureId), LISTS_WITH_PEOPLE)
      const erased = { erasureId, ...gone }
      await insertErasure(tx, {
        ...key,
        ...erased,
        actorKind: actor.kind,
        actorId: actor.id,
        erasedAt: deps.clock.now(),
      })
      await audit(tx, {
        merchantId,
        actor,
        action: 'customer.erase',
        subject: { kind: 'customer', id: customerId },
        after: erased,
        ...(reason !== '' && { reason }),
      })
      return erased
    })
}

/** In the place of a name: two erased customers stay two, and their orders together. */
function markerOf(erasureId: string): string {
  return `消去済 ${erasureId.slice(-8)}`
}
