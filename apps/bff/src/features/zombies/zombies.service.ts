import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { ZombieClaim, zombies } from '@choba/shared/contracts/zombies.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { paymentCan, type PaymentStatus } from '@choba/shared/states/payment.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { actionFacts, type PaymentState } from '../../domain/payment/payment.ts'
import { type ClaimRecord, listZombies } from './zombies.queries.ts'

export type ZombieDeps = { readonly db: Db; readonly providerClocks: ProviderClocks }

const PAGE = 100

export async function getZombies(
  deps: ZombieDeps,
  session: Session,
  query: Parsed<typeof zombies.list>['query'],
): Promise<Output<typeof zombies.list>> {
  const { merchantId } = session
  const { rows, nextCursor } = await listZombies(deps.db.merchant(merchantId), merchantId, { ...query, limit: PAGE })
  return {
    items: rows.map(({ place: _, orderedAt, claim, other, ...row }) => ({
      ...row,
      orderedAt: orderedAt.toISOString(),
      claim: claimOf(deps, session, claim),
      other: other && claimOf(deps, session, other),
    })),
    nextCursor,
  }
}

/** With the answer of the one action table: a sold claim cannot be cancelled, and the row says why. */
function claimOf(deps: ZombieDeps, { permissions }: Session, record: ClaimRecord): ZombieClaim {
  const { state, connectionId, status, ...claim } = record
  const today = dayOf(deps.providerClocks.now(connectionId))
  const verdict = paymentCan('cancel', actionFacts(state as PaymentState, claim.inFlight), { permissions, today })
  return {
    ...claim,
    status: status as PaymentStatus,
    cancel: verdict.allowed ? { allowed: true, reason: null } : { allowed: false, reason: verdict.reason },
  }
}
