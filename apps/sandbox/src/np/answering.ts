/** Who may call, and how NP writes what it answers. */
import type { Context } from 'hono'
import type { NpAccount } from '../accounts.ts'
import type { Deps } from '../deps.ts'
import { basicCredentials } from '../http.ts'

/** Basic: merchant code and SP code; the header names the integrating system. */
export function authenticate(c: Context, deps: Deps): NpAccount | undefined {
  const credentials = basicCredentials(c.req.header('authorization'))
  const account = credentials && deps.accounts.findNp(credentials.user)
  if (!account || account.spCode !== credentials.password) return undefined
  return c.req.header('x-np-terminal-id') === account.terminalId ? account : undefined
}

export function unauthorized(c: Context): Response {
  c.header('WWW-Authenticate', 'Basic realm="NP"')
  return json(c, 401, JSON.stringify({ errors: [{ codes: ['ESBX0401'] }] }))
}

export function errorAnswer(c: Context, codes: readonly string[], status: 400 | 404 = 400): Response {
  return json(c, status, JSON.stringify({ errors: [{ codes }] }))
}

export function json(c: Context, status: 200 | 400 | 401 | 404, body: string): Response {
  return c.body(body, status, { 'Content-Type': 'application/json; charset=UTF-8' })
}
