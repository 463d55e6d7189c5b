/** Which role, for which shops: checked for being one of the merchant's, and for not being more than its giver holds. */
import type { Kysely } from 'kysely'
import type { MemberPlace } from '@choba/shared/contracts/members.ts'
import { may, permissionsOf } from '@choba/shared/permissions.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { Database } from '../../db/schema.ts'
import { countShops } from './members.queries.ts'
import { findRole } from './roles.queries.ts'

type Tx = Kysely<Database>

/** @throws AppError request.invalid, resource.not_found for a role or shop that is not the merchant's */
export async function checkPlace(
  tx: Tx,
  merchantId: string,
  { role, customRoleId, shopIds }: MemberPlace,
): Promise<void> {
  if ((role === 'custom') !== (customRoleId !== null)) throw invalid('customRoleId', 'goes with the role custom')
  if (role === 'admin' && shopIds !== null) throw invalid('shopIds', 'an admin sees every shop')
  if (shopIds !== null && (await countShops(tx, merchantId, shopIds)) !== new Set(shopIds).size)
    throw new AppError('resource.not_found', { id: shopIds.join(', ') })
}

/**
 * Nobody gives or takes what they do not hold themselves: else managing people would be every permission.
 * @throws AppError member.beyond_own, resource.not_found for a role that is not the merchant's
 */
export async function refuseBeyondOwn(tx: Tx, session: Session, place: MemberPlace): Promise<void> {
  refuseMore(session, await permissionsAt(tx, session.merchantId, place))
  if (session.shops === 'all') return
  const { shops } = session
  if (place.shopIds === null || place.shopIds.some((id) => !shops.includes(id)))
    throw new AppError('member.beyond_own', { shops: true })
}

/** @throws AppError member.beyond_own */
export function refuseMore(session: Session, permissions: readonly string[]): void {
  const beyond = permissions.filter((each) => !may(session, each as never))
  if (beyond.length > 0) throw new AppError('member.beyond_own', { permissions: beyond })
}

async function permissionsAt(tx: Tx, merchantId: string, place: MemberPlace): Promise<readonly string[]> {
  if (place.role !== 'custom') return permissionsOf(place.role)
  const roleId = place.customRoleId ?? ''
  const role = await findRole(tx, { merchantId, roleId })
  if (role === undefined) throw new AppError('resource.not_found', { id: roleId })
  return role.permissions
}

function invalid(path: string, message: string): AppError {
  return new AppError('request.invalid', { issues: [{ path, message }] })
}
