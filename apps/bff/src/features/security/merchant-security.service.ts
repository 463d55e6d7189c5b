/** What a merchant asks of everybody who signs in. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { security } from '@choba/shared/contracts/security.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { findSecurity, putSecurity } from './security.queries.ts'

export type MerchantSecurityDeps = {
  readonly db: Db
  readonly addresses: {
    isWithin(address: string, networks: readonly string[]): boolean
    forget(merchantId: string): void
  }
}

export async function readMerchantSecurity(
  { db }: MerchantSecurityDeps,
  { merchantId }: Session,
  ownAddress: string,
): Promise<Output<typeof security.get>> {
  return { ...(await findSecurity(db.owner, merchantId)), ownAddress }
}

/** @throws AppError request.invalid for what is no network, security.locks_you_out */
export async function setMerchantSecurity(
  { db, addresses }: MerchantSecurityDeps,
  session: Session,
  wanted: Parsed<typeof security.set>['body'],
  ownAddress: string,
): Promise<{ done: true }> {
  const { merchantId } = session
  const { allowedAddresses } = wanted
  await db.owner.transaction().execute(async (tx) => {
    const before = await findSecurity(tx, merchantId)
    await putSecurity(tx, merchantId, wanted).catch((error: unknown) => {
      throw isNoNetwork(error)
        ? new AppError('request.invalid', { issues: [{ path: 'allowedAddresses', message: 'not a network' }] })
        : error
    })
    if (allowedAddresses.length > 0 && !addresses.isWithin(ownAddress, allowedAddresses))
      throw new AppError('security.locks_you_out', { ownAddress })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'security.change',
      subject: { kind: 'merchant', id: merchantId },
      before,
      after: wanted,
    })
  })
  addresses.forget(merchantId)
  return { done: true }
}

/** PostgreSQL's words for a text that is no address, and for bits to the right of the mask. */
function isNoNetwork(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '22P02'
}
