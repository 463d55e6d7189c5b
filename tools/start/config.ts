/** What the starter is told from outside: the BFF's own rules, before the database address and the secret are known. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { StartError } from '../../apps/bff/src/core/start-error.ts'
import { startErrorOfFolder } from '../../apps/bff/src/db/embedded/data-folder.ts'
import { type Env, readEnv } from '../../apps/bff/src/env.ts'

export interface StartConfig extends Omit<Env, 'databaseUrl'> {
  /** Undefined: the starter brings its own database. */
  databaseUrl: string | undefined
}

/** @throws StartError with one sentence that names the variable. */
export function readStartConfig(source: NodeJS.ProcessEnv = process.env): StartConfig {
  const databaseUrl = source['DATABASE_URL'] || undefined
  const given = { ...source, DATABASE_URL: databaseUrl ?? 'postgres://127.0.0.1/none' }
  const { dataDir } = readEnv({ ...given, CHOBA_SECRET: source['CHOBA_SECRET'] || 'x'.repeat(32) })
  prepareFolder(dataDir)
  const secret = source['CHOBA_SECRET'] || (source['CHOBA_SANDBOX'] === 'off' ? undefined : keepSecret(dataDir))
  const env = readEnv({ ...given, CHOBA_SECRET: secret })
  if (env.sandbox && env.port === env.sandboxPort) {
    throw new StartError(`PORT and SANDBOX_PORT are both ${env.port}: give them different numbers.`)
  }
  return { ...env, databaseUrl }
}

/** @throws StartError naming the port and its variable when another program holds it. */
export async function requireFreePort(port: number, host: string, variable: string): Promise<void> {
  const server = createServer()
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail)
      server.listen({ port, host, exclusive: true }, done)
    })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') {
      throw new StartError(`Port ${port} is taken by another program: stop it, or set ${variable} to a free port.`)
    }
    throw new StartError(`Port ${port} on ${host} cannot be opened (${String(code)}): set ${variable} to another port.`)
  }
  await new Promise((done) => server.close(done))
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw startErrorOfFolder(folder, error)
  }
}

/** For the demo only: who runs the product for real gives a secret that does not lie beside the data. */
function keepSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    const secret = randomBytes(32).toString('hex')
    try {
      writeFileSync(file, `${secret}\n`, { mode: 0o600 })
      chmodSync(file, 0o600)
    } catch (error) {
      throw startErrorOfFolder(dataDir, error)
    }
    return secret
  }
}
