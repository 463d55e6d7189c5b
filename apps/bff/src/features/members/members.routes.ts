import {
  INVITATION_ACCEPT_PATH,
  INVITATION_LOOK_PATH,
  invitationAcceptance,
  invitationLook,
  members,
} from '@choba/shared/contracts/members.ts'
import { idOf } from '../../http/id-param.ts'
import type { App } from '../../http/hono-env.ts'
import { mount, readBody } from '../../http/mount.ts'
import { acceptInvitation, type InvitationDeps, invite, lookAtInvitation, withdraw } from './invitations.service.ts'
import { changeMember, deactivateMember, endMemberSessions, listPeople, reactivateMember } from './members.service.ts'
import { addRole, changeRole, removeRole } from './roles.service.ts'

export function mountMembers(app: App, deps: InvitationDeps): void {
  mount(app, members.list, (_input, session) => listPeople(deps, session))
  mount(app, members.change, ({ userId, body }, session) => changeMember(deps, session, userId, body))
  mount(app, members.deactivate, ({ userId }, session) => deactivateMember(deps, session, userId))
  mount(app, members.reactivate, ({ userId }, session) => reactivateMember(deps, session, userId))
  mount(app, members.endSessions, ({ userId }, session) => endMemberSessions(deps, session, userId))
  mount(app, members.invite, ({ body }, session) => invite(deps, session, body))
  mount(app, members.withdraw, ({ invitationId }, session) => withdraw(deps, session, idOf(invitationId)))
  mount(app, members.addRole, ({ body }, session) => addRole(deps, session, body))
  mount(app, members.changeRole, ({ roleId, body }, session) => changeRole(deps, session, idOf(roleId), body))
  mount(app, members.removeRole, ({ roleId }, session) => removeRole(deps, session, idOf(roleId)))
}

/** Beside sign-in: whoever holds the link has no session yet. */
export function mountInvitations(app: App, deps: InvitationDeps): void {
  app.post(INVITATION_LOOK_PATH, async (c) => {
    const { token } = await readBody(c, invitationLook)
    return c.json(await lookAtInvitation(deps, token))
  })
  app.post(INVITATION_ACCEPT_PATH, async (c) => {
    const acceptance = await readBody(c, invitationAcceptance)
    return c.json(await acceptInvitation(deps, acceptance))
  })
}
