/** `npm start` as a child: told its folder and ports, watched for its banner, started again after a kill. */
import { type ChildProcess, spawn } from 'node:child_process'
import { ROOT } from '../root.ts'

export type Settings = {
  readonly dataDir: string
  readonly port: number
  readonly sandboxPort: number
  readonly days: number
  readonly payments: number
}

export class Starter {
  readonly #settings: Settings
  #child: ChildProcess | undefined
  output = ''

  constructor(settings: Settings) {
    this.#settings = settings
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  get isUp(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** The admin of the demo, once the banner was printed. */
  get admin(): { readonly email: string; readonly password: string } | undefined {
    const match = /admin\s+(\S+@\S+)\s+(\S+)/.exec(this.output)
    return match?.[1] && match[2] ? { email: match[1], password: match[2] } : undefined
  }

  start(): void {
    const { dataDir, port, sandboxPort, days, payments } = this.#settings
    const env = {
      ...process.env,
      CHOBA_DATA_DIR: dataDir,
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      CHOBA_DEMO_DAYS: String(days),
      CHOBA_DEMO_PAYMENTS: String(payments),
      DATABASE_URL: '',
      CHOBA_SECRET: '',
    }
    this.output = ''
    const child = spawn(process.execPath, ['tools/start.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    this.#child = child
  }

  /** Ctrl-C, and everything it should take along. */
  async stop(): Promise<void> {
    const child = this.#child
    if (!child || !this.isUp) return
    const gone = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await gone
  }
}
