/** The only reader of the process environment. Everything the BFF can be told from outside stands here, once. */
import { resolve } from 'node:path'
import { StartError } from './core/start-error.ts'
import type { LogLevel } from './core/log.ts'

export type Env = {
  /** PORT, default 8787: where the console answers. */
  readonly port: number
  /** HOST, default 127.0.0.1: the address to bind. Only this machine can reach the console unless it is set. */
  readonly host: string
  /** PUBLIC_URL, default none: the address behind a TLS proxy. Makes cookies secure, sends HSTS and trusts the proxy's X-Forwarded-For. */
  readonly publicUrl: URL | null
  /** SANDBOX_PORT, default 8788: where the pretend provider answers; used when the demo merchant is made. */
  readonly sandboxPort: number
  /** CHOBA_SANDBOX, default on: `off` keeps the pretend provider and the demo merchant away. */
  readonly sandbox: boolean
  /** CHOBA_DEMO, default on: `off` leaves the pretend provider and makes no demo merchant, for whoever begins with their own. */
  readonly demo: boolean
  /** CHOBA_TELL_SETUP_CODE, default on: `off` where the starter tells it. A second code ends the first, and each start would make one. */
  readonly tellSetupCode: boolean
  /** DATABASE_URL: PostgreSQL 15 or later, as the user that owns the schema. The starter sets it to the embedded server. */
  readonly databaseUrl: string
  /** CHOBA_DATA_DIR, default ./.data: where the starter keeps the embedded database and what it generates. */
  readonly dataDir: string
  /** CHOBA_SECRET, at least 32 characters: signs sessions and seals provider secrets. Lost, they are unreadable. */
  readonly secret: string
  /** CHOBA_SECRET_NEW, default none: the one that `secrets rotate` puts in its place. */
  readonly newSecret: string | null
  /** CHOBA_EXPORT_DIR, default none: where scheduled exports are laid, in a folder for each merchant. It has to exist. */
  readonly exportDir: string | null
  /** LOG_LEVEL, default info: debug, info, warn, error or silent. */
  readonly logLevel: LogLevel
}

const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent']
const SECRET_LENGTH = 32

/** @throws StartError with one sentence that names the variable. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  return {
    port: readPort('PORT', source['PORT'], 8787),
    host: source['HOST'] || '127.0.0.1',
    publicUrl: readPublicUrl(source['PUBLIC_URL']),
    sandboxPort: readPort('SANDBOX_PORT', source['SANDBOX_PORT'], 8788),
    sandbox: readSwitch('CHOBA_SANDBOX', source['CHOBA_SANDBOX']),
    demo: readSwitch('CHOBA_DEMO', source['CHOBA_DEMO']),
    tellSetupCode: readSwitch('CHOBA_TELL_SETUP_CODE', source['CHOBA_TELL_SETUP_CODE']),
    databaseUrl: readDatabaseUrl(source['DATABASE_URL']),
    dataDir: resolve(source['CHOBA_DATA_DIR'] || '.data'),
    secret: readSecret(source['CHOBA_SECRET']),
    newSecret: source['CHOBA_SECRET_NEW'] ? readLongSecret('CHOBA_SECRET_NEW', source['CHOBA_SECRET_NEW']) : null,
    exportDir: source['CHOBA_EXPORT_DIR'] ? resolve(source['CHOBA_EXPORT_DIR']) : null,
    logLevel: readLogLevel(source['LOG_LEVEL']),
  }
}

/** Where people reach the console: links begin with it. */
export function consoleAddress({ publicUrl, port }: Pick<Env, 'publicUrl' | 'port'>): string {
  return publicUrl?.origin ?? `http://127.0.0.1:${port}`
}

function readPort(name: string, text: string | undefined, otherwise: number): number {
  if (!text) return otherwise
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) throw new StartError(`${name} must be a port number from 1 to 65535, not "${text}".`)
  return port
}

function readPublicUrl(text: string | undefined): URL | null {
  if (!text) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/') {
    throw new StartError(
      `PUBLIC_URL must be an address without a path, such as https://console.example.jp, not "${text}".`,
    )
  }
  return url
}

function readSwitch(name: string, text: string | undefined): boolean {
  if (!text || text === 'on') return true
  if (text === 'off') return false
  throw new StartError(`${name} must be "on" or "off", not "${text}".`)
}

/** The value stays out of the message: it carries a password. */
function readDatabaseUrl(text: string | undefined): string {
  if (!text)
    throw new StartError(
      'DATABASE_URL is not set: run `npm start`, which brings its own database, or give the address of a PostgreSQL server.',
    )
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw new StartError('DATABASE_URL must look like postgres://user:password@host:5432/database.')
  }
  return text
}

function readSecret(text: string | undefined): string {
  if (!text)
    throw new StartError(
      `CHOBA_SECRET is not set: give at least ${SECRET_LENGTH} random characters, for example from \`openssl rand -hex 32\`.`,
    )
  return readLongSecret('CHOBA_SECRET', text)
}

function readLongSecret(name: string, text: string): string {
  if (text.length < SECRET_LENGTH)
    throw new StartError(`${name} has ${text.length} characters and needs at least ${SECRET_LENGTH}.`)
  return text
}

function readLogLevel(text: string | undefined): LogLevel {
  if (!text) return 'info'
  const level = LOG_LEVELS.find((each) => each === text)
  if (!level) throw new StartError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${text}".`)
  return level
}
