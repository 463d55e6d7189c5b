/** Everything that features are given. Built once by whoever starts a process; nothing imports an instance. */
import { type Addresses, createAddresses } from './auth/addresses.ts'
import { type Auth, createAuth } from './auth/auth.ts'
import { type Callers, createCallers } from './auth/callers.ts'
import { createIssuers, type Issuers } from './auth/issuer.ts'
import { createPasskeys, type Passkeys } from './auth/passkeys.ts'
import { createSecondFactor, type SecondFactor } from './auth/second-factor.ts'
import { createSessions, type Sessions } from './auth/sessions.ts'
import { type Clock, systemClock } from './core/clock.ts'
import { createLog, type Log } from './core/log.ts'
import { type ProviderClocks, providerClocks } from './core/provider-clock.ts'
import { type SecretBox, secretBox } from './core/secret-box.ts'
import { type Db, openDatabase } from './db/client.ts'
import type { Env } from './env.ts'
import { createMetrics, type Metrics } from './http/metrics.ts'
import type { ProviderRegistry } from './providers/port.ts'
import { PROVIDERS } from './providers/registry.ts'
import { createHub, type Hub } from './realtime/hub.ts'

export type Deps = {
  readonly env: Env
  readonly log: Log
  readonly clock: Clock
  readonly db: Db
  readonly auth: Auth
  readonly sessions: Sessions
  readonly secondFactor: SecondFactor
  readonly passkeys: Passkeys
  readonly addresses: Addresses
  readonly issuers: Issuers
  /** Whoever calls: a person by their session, a program by its key. */
  readonly callers: Callers
  /** Opens the secrets of a connection: `secrets.open(connection.secretBox, connectionContext(merchantId, connectionId))`. */
  readonly secrets: SecretBox
  readonly providerClocks: ProviderClocks
  readonly providers: ProviderRegistry
  readonly hub: Hub
  readonly metrics: Metrics
}

const POOL_SIZE = 12

export function createDeps(env: Env, given: Partial<Pick<Deps, 'log' | 'clock' | 'providers'>> = {}): Deps {
  const log = given.log ?? createLog(env.logLevel)
  const db = openDatabase(env.databaseUrl, { max: POOL_SIZE })
  const clock = given.clock ?? systemClock
  const auth = createAuth({ pool: db.pool, secret: env.secret, port: env.port, publicUrl: env.publicUrl, log })
  const sessions = createSessions(auth, db.owner)
  return {
    env,
    log,
    clock,
    db,
    auth,
    sessions,
    secondFactor: createSecondFactor(auth),
    passkeys: createPasskeys(db.owner, env.secret),
    addresses: createAddresses(db.owner),
    issuers: createIssuers(secretBox(env.secret), { allowLoopback: env.sandbox }),
    callers: createCallers({ sessions, owner: db.owner, clock }),
    secrets: secretBox(env.secret),
    providerClocks: providerClocks(clock),
    providers: given.providers ?? PROVIDERS,
    hub: createHub(),
    metrics: createMetrics({ owner: db.owner, pool: db.pool }),
  }
}
