/** A session as a program gets it: the cookie that a browser would be given. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
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

/** Attempts are counted by address: where there is another one, those of the browser are not used up by these. */
const OWN_ADDRESS = process.platform === 'linux' ? { localAddress: '127.0.0.2' } : {}

/** Waits as long as the console asks for when there were too many attempts in this minute. */
export async function signInAs(url: string, { role, email, password }: Credentials): Promise<Session> {
  const { statusCode, headers } = await post(`${url}/api/auth/sign-in/email`, { email, password })
  if (statusCode === 429) {
    await sleep(1000 * (Number(headers['retry-after']) || 10))
    return signInAs(url, { role, email, password })
  }
  const [pair = ''] = headers['set-cookie']?.[0]?.split(';') ?? []
  const [name, value] = pair.split('=')
  if (statusCode !== 200 || !name || !value) throw new Error(`${email} could not sign in: ${statusCode}`)
  return { role, cookie: { name, value } }
}

async function post(url: string, body: object): Promise<IncomingMessage> {
  const asked = request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, ...OWN_ADDRESS })
  asked.end(JSON.stringify(body))
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume()
  return answer
}
