/** Somebody who joins in a role that nobody of the demo has: invited by the admin, as a program does it. */
import { randomUUID } from 'node:crypto'
import { INVITATION_ACCEPT_PATH } from '@choba/shared/contracts/members.ts'
import type { Permission } from '@choba/shared/permissions.ts'
import { type Session, signInAs } from './session.ts'

const PASSWORD = '読むだけの人の長い合言葉'

type House = { readonly url: string; readonly sessions: readonly Session[] }
type Newcomer = { readonly role: Session['role']; readonly customRoleId: string | null; readonly name: string }

/** A member with a role of the merchant's own, made of these permissions. */
export async function joinWith(house: House, name: string, permissions: readonly Permission[]): Promise<Session> {
  const { roleId } = (await ask(house, '/api/roles', { name, permissions })) as { roleId: string }
  return join(house, { role: 'custom', customRoleId: roleId, name: '記帳 太郎' })
}

export async function join(house: House, { name, ...place }: Newcomer): Promise<Session> {
  const email = `${place.role}-${randomUUID().slice(0, 8)}@newcomer.example`
  const { token } = (await ask(house, '/api/invitations', { ...place, shopIds: null, email })) as { token: string }
  await ask(house, INVITATION_ACCEPT_PATH, { token, name, password: PASSWORD })
  return signInAs(house.url, { role: place.role, email, password: PASSWORD })
}

async function ask({ url, sessions }: House, path: string, body: object): Promise<unknown> {
  const cookie = sessions.find(({ role }) => role === 'admin')?.cookie
  if (cookie === undefined) throw new Error('nobody is signed in as admin')
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `${cookie.name}=${cookie.value}` },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}
