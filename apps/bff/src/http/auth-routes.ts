import { clientIp } from './client-ip.ts'
import type { App } from './hono-env.ts'

/** Answers a request to the sign-in library, in our own error shape. */
export type AnswerAuth = (request: Request, clientIp: string) => Promise<Response>

/** The few doors of the sign-in library that the console uses; the rest stay shut. */
const DOORS = ['/api/auth/sign-in/email', '/api/auth/sign-out', '/api/auth/change-password']

export function mountAuth(app: App, answer: AnswerAuth, options: { readonly behindProxy: boolean }): void {
  for (const path of DOORS) app.post(path, (c) => answer(c.req.raw, clientIp(c, options.behindProxy)))
}
