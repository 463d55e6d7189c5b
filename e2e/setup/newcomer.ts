/** Somebody who joins in a role of the merchant's own: invited by the admin, as a program does it. */
import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { INVITATION_ACCEPT_PATH } from '@choba/shared/contracts/members.ts'
import type { Permission } from '@choba/shared/permissions.ts'
import { askConsole } from './api.ts'
import { type Session, signInAs } from './session.ts'

const PASSWORD = '自分の役割の人の長い合言葉'

/** A member in a role of that name, made of these permissions. */
export async function joinWith(name: string, permissions: readonly Permission[]): Promise<Session> {
  const email = `${randomUUID().slice(0, 8)}@newcomer.example`
  const { roleId } = await askConsole<{ roleId: string }>('/api/roles', { as: 'admin', body: { name, permissions } })
  const place = { role: 'custom', customRoleId: roleId, shopIds: null } as const
  const body = { ...place, name: `${name} 太郎`, email }
  const { token } = await askConsole<{ token: string }>('/api/invitations', { as: 'admin', body })
  await askConsole(INVITATION_ACCEPT_PATH, { as: 'admin', body: { token, name: body.name, password: PASSWORD } })
  return signInAs(inject('product').url, { role: 'custom', email, password: PASSWORD })
}
