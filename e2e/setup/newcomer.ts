/** Somebody who joins in a role that nobody of the demo has: invited by the admin, as a program does it. */
import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { INVITATION_ACCEPT_PATH } from '@choba/shared/contracts/members.ts'
import type { Permission, Role } from '@choba/shared/permissions.ts'
import { askConsole } from './api.ts'
import { type Session, signInAs } from './session.ts'

const PASSWORD = '読むだけの人の長い合言葉'

/** A member with a built-in role. */
export function joinAs(role: Role): Promise<Session> {
  return join({ role, customRoleId: null }, addressOf(role))
}

/** A member with a role of the merchant's own, made of these permissions. */
export async function joinWith(name: string, permissions: readonly Permission[]): Promise<Session> {
  const { roleId } = await askConsole<{ roleId: string }>('/api/roles', { as: 'admin', body: { name, permissions } })
  return join({ role: 'custom', customRoleId: roleId }, addressOf('own-role'))
}

/** Each test has a newcomer of its own. */
function addressOf(name: string): string {
  return `${name}-${randomUUID().slice(0, 8)}@newcomer.example`
}

type Place = { readonly role: Session['role']; readonly customRoleId: string | null }

async function join(place: Place, email: string): Promise<Session> {
  const body = { ...place, shopIds: null, email }
  const { token } = await askConsole<{ token: string }>('/api/invitations', { as: 'admin', body })
  const { url } = inject('product')
  const answer = await fetch(`${url}${INVITATION_ACCEPT_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, name: email, password: PASSWORD }),
  })
  if (!answer.ok) throw new Error(`${email} could not join: ${answer.status} ${await answer.text()}`)
  return signInAs(url, { role: place.role, email, password: PASSWORD })
}
