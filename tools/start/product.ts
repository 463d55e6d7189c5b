/** Brings up the whole product: database, sandbox, BFF, demo; and takes it down again in the other order. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../../apps/bff/src/core/start-error.ts'
import type { Demo } from '../../apps/bff/src/demo/seed.ts'
import { migrate } from '../../apps/bff/src/db/migrate.ts'
import { ROOT } from '../root.ts'
import { buildWebIfChanged } from './build.ts'
import { readStartConfig, requireFreePort, type StartConfig } from './config.ts'
import { openRunDatabase, type RunDatabase } from './database.ts'
import {
  consoleUrl,
  newSetupCode,
  playHistory,
  resetSandbox,
  sandboxDir,
  sandboxUrl,
  seedDemo,
  tellSandboxAccounts,
} from './demo.ts'
import { leaveFolder, takeFolder } from './run-file.ts'
import { endSteps, haveStepsEnded } from './step.ts'
import { type Program, Supervisor } from './supervisor.ts'

/** `start` serves built pages; `dev` reloads everything when its source changes. */
export type Mode = 'start' | 'dev'

const READY_WITHIN_MS = 60_000
const DEV_PORT = 5173

interface Running {
  dataDir?: string
  supervisor?: Supervisor
  database?: Promise<RunDatabase>
}

/** Runs until a signal or the end of our parent; sets the exit code. */
export async function runProduct(mode: Mode): Promise<void> {
  const running: Running = {}
  const told = untilTold()
  const failure = bringUp(mode, running).then(
    () => running.supervisor?.failed,
    (error: unknown) => Promise.reject(error),
  )
  let code = 0
  try {
    await Promise.race([told, failure])
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error)
    code = 1
  }
  await takeDown(running)
  process.exit(code)
}

async function bringUp(mode: Mode, running: Running): Promise<void> {
  const config = readStartConfig()
  await takeFolder(config.dataDir)
  running.dataDir = config.dataDir
  await requireFreePort(config.port, config.host, 'PORT')
  if (config.sandbox) await requireFreePort(config.sandboxPort, '127.0.0.1', 'SANDBOX_PORT')

  const lost = Promise.withResolvers<never>()
  running.database = openRunDatabase(config, lost.reject)
  // Nothing but a browser needs the pages, so the history is played meanwhile.
  const pages = mode === 'start' ? buildWebIfChanged() : Promise.resolve()
  pages.catch(lost.reject)
  const database = await Promise.race([running.database, lost.promise])
  await Promise.race([migrate(database.url), lost.promise])

  const supervisor = new Supervisor(config.dataDir, database.whenUp)
  running.supervisor = supervisor
  const up = startPrograms(mode, config, environmentOf(config, database), supervisor)
  const demo = await Promise.race([pages.then(() => up), supervisor.failed, lost.promise])
  const setupCode = demo === undefined ? await newSetupCode(database.url) : undefined
  if (!haveStepsEnded()) printBanner(mode, config, demo, setupCode)
  await Promise.race([supervisor.failed, lost.promise])
}

async function startPrograms(
  mode: Mode,
  config: StartConfig,
  env: NodeJS.ProcessEnv,
  supervisor: Supervisor,
): Promise<Demo | undefined> {
  for (const program of listPrograms(mode, config, env)) supervisor.start(program)
  const ready = waitForAnswer('console', `${consoleUrl(config)}/readyz`)
  if (!config.sandbox) return ready.then(() => undefined)
  const known = waitForAnswer('sandbox', `${sandboxUrl(config)}/sandbox/status`)
  const [demo] = await Promise.all([seedDemo(config, String(env['DATABASE_URL'])), known, ready])
  if (demo?.created === true) await resetSandbox(config)
  await tellSandboxAccounts(config)
  if (demo !== undefined) await playOrSay(config, env, demo)
  return demo
}

/** The product is of use without its demo history, so it stays up when that fails. */
async function playOrSay(config: StartConfig, env: NodeJS.ProcessEnv, demo: Demo): Promise<void> {
  try {
    await playHistory(config, env, demo)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    if (!haveStepsEnded()) console.error(`${error.message} (the next start continues it)`)
  }
}

function listPrograms(mode: Mode, config: StartConfig, env: NodeJS.ProcessEnv): Program[] {
  const watch = mode === 'dev' ? ['--watch', '--watch-preserve-output'] : []
  const shown = mode === 'dev'
  const programs: Program[] = []
  if (config.sandbox) {
    const args = ['--disable-warning=ExperimentalWarning', ...watch, 'apps/sandbox/src/main.ts']
    programs.push({ name: 'sandbox', args, env: { ...env, CHOBA_SANDBOX_DIR: sandboxDir(config) }, shown })
  }
  programs.push({ name: 'console', args: [...watch, 'apps/bff/src/main.ts'], env, shown })
  if (mode === 'dev') {
    const cwd = join(ROOT, 'apps/web')
    const args = [join(cwd, 'node_modules/vite/bin/vite.js'), '--port', String(DEV_PORT), '--strictPort']
    programs.push({ name: 'pages', args, cwd, env: { ...process.env, CHOBA_CONSOLE_URL: consoleUrl(config) }, shown })
  }
  return programs
}

function environmentOf(config: StartConfig, database: RunDatabase): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PORT: String(config.port),
    SANDBOX_PORT: String(config.sandboxPort),
    DATABASE_URL: database.url,
    CHOBA_DATA_DIR: config.dataDir,
    CHOBA_SECRET: config.secret,
    // It stands in the banner: a console that starts again must not end it.
    CHOBA_TELL_SETUP_CODE: 'off',
  }
}

async function waitForAnswer(name: string, url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  let last = 'no answer'
  while (Date.now() < deadline) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) })
      if (answer.ok) return
      last = await answer.text()
    } catch {
      last = 'no answer'
    }
    await sleep(30)
  }
  throw new StartError(`The ${name} did not become ready within ${READY_WITHIN_MS / 1000} s (${last}).`)
}

function printBanner(mode: Mode, config: StartConfig, demo: Demo | undefined, setupCode: string | undefined): void {
  const address = mode === 'dev' ? `http://127.0.0.1:${DEV_PORT}` : (config.publicUrl?.origin ?? consoleUrl(config))
  const lines = ['', `Choba is ready: ${address}`]
  if (config.sandbox) lines.push(`Sandbox provider: ${sandboxUrl(config)}`)
  if (demo) {
    lines.push('Demo sign-ins:')
    for (const { role, email, password } of demo.signIns)
      lines.push(`  ${role.padEnd(11)} ${email.padEnd(26)} ${password}`)
  }
  if (setupCode !== undefined) lines.push(`Set up: ${address}/setup`, `Setup code: ${setupCode}`)
  lines.push(`Data: ${config.dataDir}   Stop: Ctrl-C`, '')
  console.log(lines.join('\n'))
}

/** A signal, or the end of the process that started us: then nobody is left to stop us. */
function untilTold(): Promise<void> {
  return new Promise((done) => {
    let signals = 0
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (signals++ === 0) console.log('Stopping.')
        done()
      })
    }
    process.once('disconnect', () => done())
  })
}

async function takeDown({ dataDir, supervisor, database }: Running): Promise<void> {
  endSteps()
  await supervisor?.stop()
  await database?.then((opened) => opened.stop()).catch(() => undefined)
  if (dataDir) leaveFolder(dataDir)
}
