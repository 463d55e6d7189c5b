/** Keeps the product's processes running: starts them, starts them again when they die, stops them in order. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../../apps/bff/src/core/start-error.ts'
import { findProcess } from '../../apps/bff/src/db/embedded/process.ts'
import { ROOT } from '../root.ts'
import { endProcesses, recordChildren } from './run-file.ts'

export interface Program {
  name: string
  args: string[]
  cwd?: string
  env: NodeJS.ProcessEnv
  /** Its output goes to the terminal; otherwise to a file of the data folder. */
  shown?: boolean
}

interface Supervised {
  program: Program
  child: ChildProcess
  startedAtMs: number
  quickDeaths: number
}

const QUICK_DEATH_MS = 5_000
const QUICK_DEATHS_ALLOWED = 3
const LOG_KEPT_BYTES = 20_000_000
const LOG_LINES_SHOWN = 15

export class Supervisor {
  /** Rejects when a program dies again and again. */
  readonly failed: Promise<never>
  readonly #dataDir: string
  readonly #beforeRestart: () => Promise<void>
  readonly #running = new Map<string, Supervised>()
  #fail: (error: Error) => void = () => undefined
  #stopping = false

  /** `beforeRestart` resolves when what the programs need is there again. */
  constructor(dataDir: string, beforeRestart: () => Promise<void>) {
    this.#dataDir = dataDir
    this.#beforeRestart = beforeRestart
    this.failed = new Promise((_, fail) => (this.#fail = fail))
    this.failed.catch(() => undefined)
    mkdirSync(join(dataDir, 'log'), { recursive: true, mode: 0o700 })
  }

  start(program: Program, quickDeaths = 0): void {
    if (this.#stopping) return
    const child = this.#spawn(program)
    const supervised = { program, child, startedAtMs: Date.now(), quickDeaths }
    this.#running.set(program.name, supervised)
    recordChildren(this.#dataDir, this.#pids())
    child.once('exit', (code, signal) => this.#onExit(supervised, signal, `exit code ${code}`))
  }

  /** Ends every program, each with time to finish what it has in hand. */
  async stop(): Promise<void> {
    this.#stopping = true
    await endProcesses(
      this.#pids()
        .map((pid) => findProcess(pid))
        .filter((found) => found !== undefined),
    )
  }

  #spawn(program: Program): ChildProcess {
    const log = program.shown ? undefined : this.#openLog(program.name)
    const child = spawn(process.execPath, program.args, {
      cwd: program.cwd ?? ROOT,
      env: program.env,
      stdio: ['ignore', log ?? 'inherit', log ?? 'inherit'],
      // Ctrl-C reaches the starter alone, which stops its programs in the right order.
      detached: true,
    })
    if (log !== undefined) closeSync(log)
    return child
  }

  #onExit(supervised: Supervised, signal: NodeJS.Signals | null, exit: string): void {
    const { program, startedAtMs, quickDeaths } = supervised
    this.#running.delete(program.name)
    if (this.#stopping) return
    // A program that somebody killed is not one that cannot run.
    const isQuick = signal !== 'SIGKILL' && Date.now() - startedAtMs < QUICK_DEATH_MS
    const deaths = isQuick ? quickDeaths + 1 : 0
    const reason = signal ?? exit
    if (deaths >= QUICK_DEATHS_ALLOWED) {
      this.#fail(
        new StartError(`The ${program.name} ended ${deaths} times in a row (${reason}).${this.#lastLines(program)}`),
      )
      return
    }
    console.error(`The ${program.name} ended (${reason}); starting it again.`)
    void this.#startAgain(program, deaths)
  }

  async #startAgain(program: Program, deaths: number): Promise<void> {
    await sleep(250 * 4 ** deaths)
    await this.#beforeRestart()
    this.start(program, deaths)
  }

  #pids(): number[] {
    return [...this.#running.values()].map(({ child }) => child.pid).filter((pid) => pid !== undefined)
  }

  #openLog(name: string): number {
    const file = this.#logFile(name)
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_KEPT_BYTES) renameSync(file, `${file}.1`)
    return openSync(file, 'a', 0o600)
  }

  #lastLines(program: Program): string {
    if (program.shown) return ''
    const lines = readFileSync(this.#logFile(program.name), 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN)
    return ` The end of ${this.#logFile(program.name)}:\n${lines.join('\n')}`
  }

  #logFile(name: string): string {
    return join(this.#dataDir, 'log', `${name}.log`)
  }
}
