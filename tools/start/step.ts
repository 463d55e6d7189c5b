/** A program that runs to its end before the start goes on. */
import { type ChildProcess, spawn } from 'node:child_process'
import { StartError } from '../../apps/bff/src/core/start-error.ts'
import { ROOT } from '../root.ts'

export interface StepOptions {
  env: NodeJS.ProcessEnv
  cwd?: string
  /** Its output goes to the terminal as it comes. */
  shown?: boolean
}

const running = new Set<ChildProcess>()
let ended = false

/**
 * Runs Node with the arguments and gives what was printed on stdout.
 * @throws StartError with the program's own words when it fails.
 */
export async function runStep(what: string, args: string[], options: StepOptions): Promise<string> {
  if (ended) throw new StartError(`${what} was not begun: stopping.`)
  const output = options.shown ? 'inherit' : 'pipe'
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? ROOT,
    env: options.env,
    stdio: ['ignore', output, output],
  })
  running.add(child)
  let stdout = ''
  let all = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    all += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (all += text))
  const code = await new Promise<number | NodeJS.Signals | null>((done, fail) => {
    child.once('error', fail)
    child.once('close', (exitCode, signal) => done(exitCode ?? signal))
  })
  running.delete(child)
  if (code === 0) return stdout
  throw new StartError(`${what} failed: ${all.trim() || `it ended with ${String(code)}`}`)
}

/** Ends what runs, and lets nothing begin any more. */
export function endSteps(): void {
  ended = true
  for (const child of running) child.kill('SIGTERM')
}

export function haveStepsEnded(): boolean {
  return ended
}
