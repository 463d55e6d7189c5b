/** Kills processes of a product that plays its history, at random moments, and looks whether anything was lost or doubled. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbedded } from '../../apps/bff/src/db/embedded.ts'
import { type Findings, inspect } from './findings.ts'
import { isRunning, killHard, type Victim, VICTIMS } from './processes.ts'
import { Starter } from './starter.ts'

export type CrashOptions = {
  readonly kills: number
  readonly days: number
  readonly payments: number
  readonly port: number
  readonly seed: number
  readonly say: (line: string) => void
}

const REST_MS = 120_000
/** A history that was cut short goes on at the next start; nobody restarts the player alone. */
const PLAYER_AWAY_MS = 4_000

export async function crash(options: CrashOptions): Promise<Findings> {
  const dataDir = mkdtempSync(join(tmpdir(), 'choba-crash-'))
  // PostgreSQL refuses to run as root, and its own account must be able to walk here.
  chmodSync(dataDir, 0o755)
  const starter = new Starter({
    dataDir,
    port: options.port,
    sandboxPort: options.port + 1,
    days: options.days,
    payments: options.payments,
  })
  try {
    starter.start()
    await killAtRandom(options, starter, dataDir)
    await untilPlayed(starter, dataDir)
    await untilAtRest(starter, options.port)
    const { url, stop } = await startEmbedded({ dataDir })
    const findings = await inspect(url, `http://127.0.0.1:${options.port + 1}`)
    await starter.stop()
    await stop()
    return findings
  } finally {
    await starter.stop()
    killHard('everything', starter.pid, join(dataDir, 'pg18'))
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function killAtRandom({ kills, seed, say }: CrashOptions, starter: Starter, dataDir: string): Promise<void> {
  const random = sequence(seed)
  await until(
    () => starter.output.includes('Playing the demo history'),
    120_000,
    () => starter.output,
  )
  for (let done = 0; done < kills;) {
    await sleep(200 + random() * 2_500)
    if (!starter.isUp) starter.start()
    const victim = VICTIMS[Math.floor(random() * VICTIMS.length)] as Victim
    const hit = killHard(victim, starter.pid, join(dataDir, 'pg18'))
    if (hit.length === 0) continue
    done += 1
    say(`${done}/${kills} kill -9 ${victim} (${hit.join(' ')})`)
    if (victim === 'everything') {
      await until(
        () => !starter.isUp,
        10_000,
        () => 'the starter lives on',
      )
      starter.start()
    }
  }
}

/** Until the mark of a finished history, starting again what gave up on the way. */
async function untilPlayed(starter: Starter, dataDir: string): Promise<void> {
  const mark = join(dataDir, 'demo-history-played')
  let away = 0
  await until(
    async () => {
      if (existsSync(mark) && starter.admin) return true
      if (!starter.isUp) starter.start()
      away = isRunning('player', starter.pid) ? 0 : away + 500
      if (away > PLAYER_AWAY_MS && starter.output.includes('Choba is ready')) {
        away = 0
        await starter.stop()
        starter.start()
      }
      return false
    },
    900_000,
    () => starter.output,
  )
}

async function untilAtRest(starter: Starter, port: number): Promise<void> {
  const base = `http://127.0.0.1:${port}`
  const signIn = await fetch(`${base}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(starter.admin),
  })
  const cookie = signIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  await fetch(`${base}/api/connections/sync`, { method: 'POST', headers: { cookie } })
  let quiet = 0
  let last = ''
  await until(
    async () => {
      const answer = await fetch(`${base}/api/work`, { headers: { cookie } }).catch(() => undefined)
      last = (await answer?.text()) ?? 'no answer'
      const isQuiet =
        answer?.ok === true &&
        Object.entries(JSON.parse(last) as Record<string, number>).every(
          ([key, open]) => key === 'queuedJobs' || open === 0,
        )
      quiet = isQuiet ? quiet + 1 : 0
      return quiet >= 6
    },
    REST_MS,
    () => last,
  ).catch(() => undefined) // what does not come to rest is a finding, and inspect() names it
}

async function until(holds: () => boolean | Promise<boolean>, withinMs: number, describe: () => string): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${describe().slice(-1500)}`)
    await sleep(500)
  }
}

/** A small repeatable generator (mulberry32): the same seed kills at the same moments. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
