/** The whole BFF on a database of its own, with a merchant, two shops and one person per role. */
import type { Role } from '@choba/shared/permissions.ts'
import { createApp } from '../app.ts'
import { ensureUser } from '../auth/users.ts'
import type { Clock } from '../core/clock.ts'
import { createLog } from '../core/log.ts'
import { uuidv7 } from '../core/uuid.ts'
import { createDeps, type Deps } from '../deps.ts'
import { readEnv } from '../env.ts'
import type { App } from '../http/hono-env.ts'
import type { ProviderRegistry } from '../providers/port.ts'
import { walkChanges } from './audit-walk.ts'
import { createTestDatabase } from './database.ts'

export const TEST_SECRET = 'a secret of the tests, long enough'
const PASSWORD = 'correct horse battery'

export type TestApp = {
  readonly app: App
  readonly deps: Deps
  readonly merchantId: string
  readonly shopIds: readonly [string, string]
  signIn(role: Role): Promise<TestClient>
  /** Signs in a person of another merchant. */
  signInElsewhere(role: Role): Promise<TestClient & { readonly merchantId: string }>
  close(): Promise<void>
}

export type TestClient = {
  readonly cookie: string
  get(path: string): Promise<Response>
  send(method: string, path: string, body?: unknown): Promise<Response>
}

export async function createTestApp(
  options: {
    readonly clock?: Clock
    readonly env?: Record<string, string>
    readonly providers?: ProviderRegistry
  } = {},
): Promise<TestApp> {
  const database = await createTestDatabase()
  const env = readEnv({ DATABASE_URL: database.url, CHOBA_SECRET: TEST_SECRET, LOG_LEVEL: 'silent', ...options.env })
  const { clock, providers } = options
  const deps = createDeps(env, {
    log: createLog(env.logLevel),
    ...(clock && { clock }),
    ...(providers && { providers }),
  })
  const app = createApp(deps)
  const endWalk = walkChanges(app, deps.db.pool)
  const merchant = await makeMerchant(deps, 'テスト商店')

  async function signInAt(merchantId: string, role: Role): Promise<TestClient> {
    const email = `${role}@${merchantId}.example`
    await ensureUser(deps.db.owner, { email, name: `${role} 太郎`, password: PASSWORD, merchantId, role })
    return clientOf(app, await signInWith(app, email, PASSWORD))
  }

  return {
    app,
    deps,
    ...merchant,
    signIn: (role) => signInAt(merchant.merchantId, role),
    async signInElsewhere(role) {
      const { merchantId } = await makeMerchant(deps, '別の商店')
      return { merchantId, ...(await signInAt(merchantId, role)) }
    },
    async close() {
      deps.hub.close()
      await endWalk()
      await deps.db.close()
      await database.drop()
    },
  }
}

/** The cookie that signing in gives. */
export async function signInWith(app: App, email: string, password: string): Promise<string> {
  const response = await app.request('/api/auth/sign-in/email', jsonInit('POST', { email, password }))
  if (response.status !== 200) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

export function clientOf(app: App, cookie: string): TestClient {
  return {
    cookie,
    get: async (path) => app.request(path, { headers: { Cookie: cookie } }),
    async send(method, path, body) {
      const init = jsonInit(method, body)
      return app.request(path, { ...init, headers: { ...init.headers, Cookie: cookie } })
    },
  }
}

export function jsonInit(
  method: string,
  body?: unknown,
): { method: string; headers: Record<string, string>; body?: string } {
  if (body === undefined) return { method, headers: {} }
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}

/** `error.code` and `error.details` of an answer. */
export async function errorOf(
  response: Response,
): Promise<{ code: string; details: Record<string, unknown>; requestId: string }> {
  const { error } = (await response.json()) as {
    error: { code: string; details: Record<string, unknown>; requestId: string }
  }
  return error
}

async function makeMerchant(deps: Deps, name: string): Promise<{ merchantId: string; shopIds: [string, string] }> {
  const merchantId = uuidv7()
  const shopIds: [string, string] = [uuidv7(), uuidv7()]
  await deps.db.owner.insertInto('merchant').values({ merchantId, name, environment: 'sandbox' }).execute()
  await deps.db.owner
    .insertInto('shop')
    .values(
      shopIds.map((shopId, index) => ({ merchantId, shopId, code: `s${index + 1}`, name: `${name} ${index + 1}号店` })),
    )
    .execute()
  return { merchantId, shopIds }
}
