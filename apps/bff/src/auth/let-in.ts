import { type Auth, CLIENT_IP_HEADER } from './auth.ts'

/** The cookies of a new session for somebody we know. */
export async function letIn({ api }: Auth, userId: string, headers: Headers, clientIp: string): Promise<string[]> {
  const from = new Headers(headers)
  from.set(CLIENT_IP_HEADER, clientIp)
  const { headers: answered } = await api.signInTrusted({ body: { userId }, headers: from, returnHeaders: true })
  return answered.getSetCookie()
}
