import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { ISSUER_BACK_PATH, ISSUER_GO_PATH, ISSUERS_PATH, security } from '@choba/shared/contracts/security.ts'
import { AppError } from '../../core/app-error.ts'
import { clientIp } from '../../http/client-ip.ts'
import type { App, HonoEnv } from '../../http/hono-env.ts'
import { idOf } from '../../http/id-param.ts'
import { mount } from '../../http/mount.ts'
import { comeFromIssuer, goToIssuer, type IssuerDeps, openIssuers, readIssuer, setIssuer } from './issuer.service.ts'

type Env = { readonly env: { readonly publicUrl: URL | null } }

export function mountIssuerSettings(app: App, deps: IssuerDeps & Env): void {
  mount(app, security.getIssuer, (_input, session, c) => readIssuer(deps, session, backOf(c, deps)))
  mount(app, security.setIssuer, ({ body }, session) => setIssuer(deps, session, body))
}

type DoorDeps = IssuerDeps &
  Env & {
    readonly letIn: (userId: string, headers: Headers, clientIp: string) => Promise<readonly string[]>
    readonly refused: (claimed: { readonly userId: string }) => void
  }

const COOKIE = 'choba.issuer'
const KEPT_SECONDS = 600

/** Beside sign-in: whoever goes out and comes back has no session yet. */
export function mountIssuerDoor(app: App, deps: DoorDeps): void {
  app.get(ISSUERS_PATH, async (c) => c.json({ issuers: await openIssuers(deps) }))

  app.get(ISSUER_GO_PATH, (c) =>
    orBack(c, async () => {
      const { location, kept } = await goToIssuer(deps, idOf(c.req.param('merchantId') ?? ''), backOf(c, deps))
      c.header('Set-Cookie', cookie(deps, kept, KEPT_SECONDS))
      return location
    }),
  )

  app.get(ISSUER_BACK_PATH, (c) =>
    orBack(c, async () => {
      c.header('Set-Cookie', cookie(deps, '', 0))
      const returned = new URL(c.req.url)
      const { userId } = await comeFromIssuer(
        deps,
        getCookie(c, COOKIE) ?? '',
        new URL(`${backOf(c, deps)}${returned.search}`),
      )
      const ip = clientIp(c, deps.env.publicUrl !== null)
      for (const each of await deps.letIn(userId, c.req.raw.headers, ip)) c.header('Set-Cookie', each, { append: true })
      return '/'
    }),
  )
}

/** A browser stands here, not a program: what goes wrong is said on the sign-in page. */
async function orBack(c: Context<HonoEnv>, go: () => Promise<string>): Promise<Response> {
  try {
    return c.redirect(await go())
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return c.redirect('/sign-in?why=issuer')
  }
}

/** It has to come back with a visit from another site, which is a top-level GET: Lax lets it. */
function cookie({ env }: Env, value: string, seconds: number): string {
  const secure = env.publicUrl?.protocol === 'https:' ? '; Secure' : ''
  return `${COOKIE}=${value}; Path=/api/auth; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}

function backOf(c: Context<HonoEnv>, { env }: Env): string {
  return `${env.publicUrl?.origin ?? new URL(c.req.url).origin}${ISSUER_BACK_PATH}`
}
