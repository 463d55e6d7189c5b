import type { Kysely } from 'kysely'
import type { Output } from '@choba/shared/contract.ts'
import type { MemberPlace, members } from '@choba/shared/contracts/members.ts'
import { PERMISSIONS } from '@choba/shared/permissions.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import type { Database } from '../../db/schema.ts'
import { listInvitations } from './invitations.queries.ts'
import { countAdmins, findMember, listMembers, lockPeople, type StoredMember, updateMember } from './members.queries.ts'
import { checkPlace, refuseBeyondOwn } from './place.ts'
import { listRoles } from './roles.queries.ts'

export type MemberDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly sessions: {
    endAll(tx: Kysely<Database>, userId: string): Promise<number>
    forgetPerson(userId: string): void
  }
  /** Open event streams of a person. */
  readonly hub: { dropUser(userId: string): void }
}

type Done = { done: true }

export async function listPeople({ db, clock }: MemberDeps, session: Session): Promise<Output<typeof members.list>> {
  const { merchantId } = session
  const now = clock.now()
  const [people, invitations, roles] = await Promise.all([
    listMembers(db.owner, merchantId, now),
    listInvitations(db.owner, merchantId, now),
    listRoles(db.owner, merchantId),
  ])
  return {
    members: people.map((member) => ({
      ...member,
      deactivatedAt: member.deactivatedAt?.toISOString() ?? null,
      lastSignInAt: member.lastSignInAt?.toISOString() ?? null,
    })),
    invitations: invitations.map((invitation) => ({
      ...invitation,
      invitedAt: invitation.invitedAt.toISOString(),
      expiresAt: invitation.expiresAt.toISOString(),
    })),
    roles: roles.map((role) => ({
      ...role,
      permissions: PERMISSIONS.filter((each) => role.permissions.includes(each)),
    })),
  }
}

/** @throws AppError resource.not_found, member.last_admin, member.beyond_own, request.invalid */
export async function changeMember(
  deps: MemberDeps,
  session: Session,
  userId: string,
  place: MemberPlace,
): Promise<Done> {
  await changing(deps, session, userId, async (tx, before) => {
    await checkPlace(tx, session.merchantId, place)
    await refuseBeyondOwn(tx, session, place)
    await updateMember(tx, { merchantId: session.merchantId, userId }, place)
    return { action: 'member.change', before: placeOf(before), after: placeOf(place) }
  })
  return { done: true }
}

/** Ends their sessions too. @throws AppError resource.not_found, member.last_admin, member.beyond_own */
export async function deactivateMember(deps: MemberDeps, session: Session, userId: string): Promise<Done> {
  await changing(deps, session, userId, async (tx, before) => {
    const ended = await deps.sessions.endAll(tx, userId)
    if (before.deactivatedAt === null)
      await updateMember(tx, { merchantId: session.merchantId, userId }, { deactivatedAt: deps.clock.now() })
    return { action: 'member.deactivate', after: { endedSessions: ended } }
  })
  deps.hub.dropUser(userId)
  return { done: true }
}

/** @throws AppError resource.not_found, member.beyond_own */
export async function reactivateMember(deps: MemberDeps, session: Session, userId: string): Promise<Done> {
  await changing(deps, session, userId, async (tx) => {
    await updateMember(tx, { merchantId: session.merchantId, userId }, { deactivatedAt: null })
    return { action: 'member.reactivate' }
  })
  return { done: true }
}

/** @throws AppError resource.not_found, member.beyond_own */
export async function endMemberSessions(
  deps: MemberDeps,
  session: Session,
  userId: string,
): Promise<{ ended: number }> {
  let ended = 0
  await changing(deps, session, userId, async (tx) => {
    ended = await deps.sessions.endAll(tx, userId)
    return { action: 'member.end_sessions', after: { ended } }
  })
  deps.hub.dropUser(userId)
  return { ended }
}

type Told = { readonly action: string; readonly before?: unknown; readonly after?: unknown }

/** What every change of a person has in common: one at a time, not of one's betters, never of the last admin, audited. */
async function changing(
  { db, sessions }: MemberDeps,
  session: Session,
  userId: string,
  change: (tx: Kysely<Database>, before: StoredMember) => Promise<Told>,
): Promise<void> {
  const { merchantId } = session
  await db.owner.transaction().execute(async (tx) => {
    await lockPeople(tx, merchantId)
    const before = await findMember(tx, merchantId, userId)
    if (before === undefined) throw new AppError('resource.not_found', { id: userId })
    await refuseBeyondOwn(tx, session, before)
    const told = await change(tx, before)
    if ((await countAdmins(tx, merchantId)) === 0) throw new AppError('member.last_admin')
    await audit(tx, { merchantId, actor: person(session), subject: { kind: 'user', id: userId }, ...told })
  })
  sessions.forgetPerson(userId)
}

function placeOf({ role, customRoleId, shopIds }: MemberPlace): MemberPlace {
  return { role, customRoleId, shopIds }
}
