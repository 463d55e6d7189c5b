import { clientIp } from './client-ip.ts'
import type { App } from './hono-env.ts'

/** Answers a request to the sign-in library, in our own error shape. */
export type AnswerAuth = (request: Request, clientIp: string) => Promise<Response>

/** The few doors of the sign-in library that the console uses, by the library's own name of each; the rest stay shut. */
const DOORS: Readonly<Record<string, string>> = {
  '/api/auth/sign-in/email': '/api/auth/sign-in/email',
  '/api/auth/sign-in/code': '/api/auth/two-factor/verify-totp',
  '/api/auth/sign-in/backup-code': '/api/auth/two-factor/verify-backup-code',
  '/api/auth/sign-out': '/api/auth/sign-out',
  '/api/auth/change-password': '/api/auth/change-password',
}

export function mountAuth(app: App, answer: AnswerAuth, options: { readonly behindProxy: boolean }): void {
  for (const [door, path] of Object.entries(DOORS))
    app.post(door, (c) => answer(new Request(new URL(path, c.req.url), c.req.raw), clientIp(c, options.behindProxy)))
}
