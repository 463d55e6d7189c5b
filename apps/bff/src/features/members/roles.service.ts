/** Roles of the merchant's own. */
import type { Parsed } from '@choba/shared/contract.ts'
import type { members } from '@choba/shared/contracts/members.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { lockPeople } from './members.queries.ts'
import type { MemberDeps } from './members.service.ts'
import { refuseMore } from './place.ts'
import { deleteRole, findRole, listRoles, putRole, roleNameTaken } from './roles.queries.ts'

type RoleBody = Parsed<typeof members.addRole>['body']

/** @throws AppError role.known, member.beyond_own */
export async function addRole(deps: MemberDeps, session: Session, role: RoleBody): Promise<{ roleId: string }> {
  const roleId = uuidv7()
  await writeRole(deps, session, { roleId, role, isNew: true })
  return { roleId }
}

/** Its holders may do the new at once. @throws AppError role.known, member.beyond_own, resource.not_found */
export async function changeRole(
  deps: MemberDeps,
  session: Session,
  roleId: string,
  role: RoleBody,
): Promise<{ done: true }> {
  await writeRole(deps, session, { roleId, role, isNew: false })
  return { done: true }
}

/** @throws AppError role.in_use, member.beyond_own, resource.not_found */
export async function removeRole({ db }: MemberDeps, session: Session, roleId: string): Promise<{ done: true }> {
  const { merchantId } = session
  await db.owner.transaction().execute(async (tx) => {
    await lockPeople(tx, merchantId)
    const known = (await listRoles(tx, merchantId)).find((role) => role.roleId === roleId)
    if (known === undefined) throw new AppError('resource.not_found', { id: roleId })
    refuseMore(session, known.permissions)
    if (known.holders > 0) throw new AppError('role.in_use', { holders: known.holders })
    await deleteRole(tx, { merchantId, roleId })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'role.remove',
      subject: { kind: 'role', id: roleId },
      before: { name: known.name, permissions: known.permissions },
    })
  })
  return { done: true }
}

async function writeRole(
  { db }: MemberDeps,
  session: Session,
  { roleId, role, isNew }: { readonly roleId: string; readonly role: RoleBody; readonly isNew: boolean },
): Promise<void> {
  const { merchantId } = session
  const key = { merchantId, roleId }
  await db.owner.transaction().execute(async (tx) => {
    await lockPeople(tx, merchantId)
    const before = await findRole(tx, key)
    if (before === undefined && !isNew) throw new AppError('resource.not_found', { id: roleId })
    refuseMore(session, [...(before?.permissions ?? []), ...role.permissions])
    if (await roleNameTaken(tx, key, role.name)) throw new AppError('role.known')
    await putRole(tx, key, { name: role.name, permissions: [...new Set(role.permissions)] })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: isNew ? 'role.add' : 'role.change',
      subject: { kind: 'role', id: roleId },
      ...(before && { before }),
      after: role,
    })
  })
}
