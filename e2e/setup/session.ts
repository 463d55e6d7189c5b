/** A session as a program gets it: the cookie that a browser would be given. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { RoleCode } from '@choba/shared/permissions.ts'

export interface Session {
  role: RoleCode
  cookie: { name: string; value: string }
}

interface Credentials {
  role: RoleCode
  email: string
  password: string
}

/** Waits as long as the console asks for when there were too many attempts in this minute. */
export async function signInAs(url: string, { role, email, password }: Credentials): Promise<Session> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  if (answer.status === 429) {
    await sleep(1000 * (Number(answer.headers.get('retry-after')) || 10))
    return signInAs(url, { role, email, password })
  }
  const [pair = ''] = answer.headers.getSetCookie()[0]?.split(';') ?? []
  const [name, value] = pair.split('=')
  if (!answer.ok || !name || !value) throw new Error(`${email} could not sign in: ${answer.status}`)
  return { role, cookie: { name, value } }
}
