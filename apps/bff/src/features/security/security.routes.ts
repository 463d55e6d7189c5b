import type { Context } from 'hono'
import {
  PASSKEY_OPTIONS_PATH,
  PASSKEY_SIGN_IN_PATH,
  passkeySignIn,
  security,
} from '@choba/shared/contracts/security.ts'
import { AppError } from '../../core/app-error.ts'
import { clientIp } from '../../http/client-ip.ts'
import type { App, HonoEnv } from '../../http/hono-env.ts'
import { mount, readBody } from '../../http/mount.ts'
import { type MerchantSecurityDeps, readMerchantSecurity, setMerchantSecurity } from './merchant-security.service.ts'
import {
  addPasskey,
  askForPasskey,
  type Asking,
  confirmCodes,
  endOneSession,
  type OwnSecurityDeps,
  readOwnSecurity,
  removePasskey,
  renewBackupCodes,
  startCodes,
  stopCodes,
} from './own-security.service.ts'

export type SecurityDeps = OwnSecurityDeps & MerchantSecurityDeps & { readonly env: { readonly publicUrl: URL | null } }

export function mountSecurity(app: App, deps: SecurityDeps): void {
  const ipOf = (c: Context<HonoEnv>) => clientIp(c, deps.env.publicUrl !== null)
  const asking = (c: Context<HonoEnv>): Asking => ({ headers: c.req.raw.headers, origin: originOf(c, deps) })

  mount(app, security.own, (_input, session, c) => readOwnSecurity(deps, session, asking(c)))
  mount(app, security.startCodes, async ({ body }, _session, c) =>
    pass(c, await startCodes(deps, asking(c), body.password)),
  )
  mount(app, security.confirmCodes, async ({ body }, session, c) => {
    pass(c, await confirmCodes(deps, session, asking(c), body.code))
    return { done: true as const }
  })
  mount(app, security.stopCodes, async ({ body }, session, c) => {
    pass(c, await stopCodes(deps, session, asking(c), body.password))
    return { done: true as const }
  })
  mount(app, security.renewBackupCodes, ({ body }, session, c) =>
    renewBackupCodes(deps, session, asking(c), body.password),
  )
  mount(app, security.askForPasskey, async ({ body }, session, c) => {
    const { options, challenge } = await askForPasskey(deps, session, asking(c), body.password)
    return { options: options as Record<string, unknown>, challenge } // the library's own object
  })
  mount(app, security.addPasskey, ({ body }, session, c) => addPasskey(deps, session, asking(c), body))
  mount(app, security.removePasskey, ({ id }, session) => removePasskey(deps, session, id))
  mount(app, security.endSession, ({ id }, session) => endOneSession(deps, session, id))
  mount(app, security.get, (_input, session, c) => readMerchantSecurity(deps, session, ipOf(c)))
  mount(app, security.set, ({ body }, session, c) => setMerchantSecurity(deps, session, body, ipOf(c)))
}

export type PasskeyDoorDeps = Pick<SecurityDeps, 'env'> & {
  readonly passkeys: {
    askForSignIn(place: { readonly origin: string }): Promise<{ options: unknown; challenge: string }>
    open(
      place: { readonly origin: string },
      answer: { readonly challenge: string; readonly response: unknown },
    ): Promise<{ readonly userId: string }>
  }
  /** Makes a session for somebody whose passkey was checked. */
  readonly letIn: (userId: string, headers: Headers, clientIp: string) => Promise<readonly string[]>
  readonly refused: (claimed: { readonly credentialId: string }) => void
}

/** Beside sign-in: whoever knocks has no session yet. */
export function mountPasskeyDoor(app: App, deps: PasskeyDoorDeps): void {
  app.post(PASSKEY_OPTIONS_PATH, async (c) =>
    c.json((await deps.passkeys.askForSignIn({ origin: originOf(c, deps) })) as object),
  )
  app.post(PASSKEY_SIGN_IN_PATH, async (c) => {
    const answer = await readBody(c, passkeySignIn)
    const { userId } = await deps.passkeys.open({ origin: originOf(c, deps) }, answer).catch((error: unknown) => {
      if (error instanceof AppError) deps.refused({ credentialId: credentialOf(answer.response) })
      throw error
    })
    const ip = clientIp(c, deps.env.publicUrl !== null)
    for (const cookie of await deps.letIn(userId, c.req.raw.headers, ip))
      c.header('Set-Cookie', cookie, { append: true })
    return c.json({ done: true })
  })
}

function credentialOf(response: unknown): string {
  const id = typeof response === 'object' && response !== null && 'id' in response ? response.id : ''
  return typeof id === 'string' ? id : ''
}

/** PUBLIC_URL, or where the browser says it is: csrf.ts has compared that with the address it called. */
function originOf(c: Context<HonoEnv>, { env }: Pick<SecurityDeps, 'env'>): string {
  return env.publicUrl?.origin ?? c.req.header('Origin') ?? new URL(c.req.url).origin
}

function pass<T extends { readonly cookies: readonly string[] }>(c: Context<HonoEnv>, given: T): T {
  for (const cookie of given.cookies) c.header('Set-Cookie', cookie, { append: true })
  return given
}
