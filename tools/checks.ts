/** The static checks: each is a program that says nothing when all is well. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './root.ts'

export interface CheckResult {
  name: string
  passed: boolean
  output: string
  seconds: number
}

interface Check {
  name: string
  args: string[]
}

const TYPED = ['packages/shared', 'packages/wire', 'apps/bff', 'apps/sandbox', 'apps/web', 'e2e', 'tools']

const CHECKS: Check[] = [
  { name: 'lint', args: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'dead code', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'format', args: ['node_modules/oxfmt/bin/oxfmt', '--check'] },
  ...TYPED.map((folder) => ({ name: `types of ${folder}`, args: ['node_modules/typescript/bin/tsc', '-p', folder] })),
]

/** Runs all checks, as many at a time as there are processors, and reports each as it ends. */
export async function runChecks(onResult: (result: CheckResult) => void): Promise<CheckResult[]> {
  const waiting = CHECKS.filter(({ args }) => args[1] !== '-p' || existsSync(join(ROOT, args[2] ?? '')))
  const results: CheckResult[] = []
  async function work(): Promise<void> {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await runCheck(check)
      results.push(result)
      onResult(result)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return results
}

export function describeResult({ name, passed, output, seconds }: CheckResult): string {
  const line = `${passed ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)`
  return passed ? line : `${line}\n${output.trimEnd()}`
}

async function runCheck({ name, args }: Check): Promise<CheckResult> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail)
    child.once('close', done)
  })
  return { name, passed: code === 0, output, seconds: (performance.now() - startedAt) / 1000 }
}
