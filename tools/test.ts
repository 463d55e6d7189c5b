/** `npm test`: static checks, then unit, database and browser tests; the last line counts what passed and failed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { WALK_FOLDER } from '../apps/bff/src/testing/audit-walk.ts'
import '../packages/shared/src/labels/all.ts'
import { labels, LANGUAGES } from '../packages/shared/src/labels/labels.ts'
import { CHANGES, findGaps, findUnnamed, readWalk } from './audit-walk.ts'
import { findBrowser } from './browser.ts'
import { describeResult, runChecks } from './checks.ts'
import { countLine, type Counts, readReport, sumCounts } from './counts.ts'
import { ROOT } from './root.ts'
import { buildWebIfChanged } from './start/build.ts'

const REPORTS = join(ROOT, '.cache/test')

const running = new Set<ChildProcess>()
for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
  process.once(event, () => {
    for (const child of running) child.kill('SIGTERM')
    process.exit(1)
  })
}
rmSync(WALK_FOLDER, { recursive: true, force: true })
mkdirSync(WALK_FOLDER, { recursive: true })
const counts: Counts[] = [await checkSources()]
// What was killed is given time to be found again: most of these minutes are waiting, beside the others' work.
const survival = surviveKills()
counts.push(await runVitest('tests', ['--project', 'unit', '--project', 'database']), checkAuditWalk(), await survival)
counts.push(await testInBrowser())
const total = sumCounts(counts)
console.log(`\n${countLine(total)}`)
process.exit(total.failed === 0 ? 0 : 1)

async function checkSources(): Promise<Counts> {
  const results = await runChecks((result) => console.log(describeResult(result)))
  const passed = results.filter((result) => result.passed).length
  return { passed, failed: results.length - passed, skipped: 0 }
}

/** Counted as one test. */
function checkAuditWalk(): Counts {
  const words = LANGUAGES.map((language) => labels(language).audit_field)
  const gaps = [...findGaps(readWalk(WALK_FOLDER), CHANGES), ...findUnnamed(WALK_FOLDER, words)]
  rmSync(WALK_FOLDER, { recursive: true, force: true })
  for (const gap of gaps) console.error(`Audit: ${gap}.`)
  return { passed: gaps.length === 0 ? 1 : 0, failed: gaps.length === 0 ? 0 : 1, skipped: 0 }
}

/** The short form of `tools/crash.ts`: a few kills in a short history, counted as one test. */
async function surviveKills(): Promise<Counts> {
  if (process.platform !== 'linux') {
    console.log('Killing processes at random is tested on Linux only: skipped.')
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const port = 20_000 + Math.floor(Math.random() * 9_000)
  const args = ['tools/crash.ts', '--kills', '5', '--days', '8', '--payments', '150', '--port', String(port)]
  const { code, printed } = await runQuietly([...args, '--seed', String(port)])
  console.log(`Processes of a running history were killed at random.\n${printed}`)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

async function testInBrowser(): Promise<Counts> {
  const files = readdirSync(join(ROOT, 'e2e'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.test.ts') && !name.includes('node_modules'),
  )
  if (!(await findBrowser())) {
    const inCi = Boolean(process.env['CI'])
    console.log(`No browser was found for ${files.length} files of browser tests${inCi ? '' : ': they are skipped'}.`)
    return inCi ? { passed: 0, failed: files.length, skipped: 0 } : { passed: 0, failed: 0, skipped: files.length }
  }
  try {
    await buildWebIfChanged()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: files.length, skipped: 0 }
  }
  return runVitest('browser', ['--project', 'browser'])
}

async function runVitest(name: string, options: string[]): Promise<Counts> {
  const report = join(REPORTS, `${name}.json`)
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--passWithNoTests', ...options, ...reporters]
  const code = await runNode(args)
  const text = existsSync(report) ? readFileSync(report, 'utf8') : undefined
  return readReport(text, code === 0)
}

function runNode(args: readonly string[]): Promise<number | null> {
  return untilExit(spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }))
}

/** What it printed is kept together. */
async function runQuietly(args: readonly string[]): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  return { code: await untilExit(child), printed }
}

function untilExit(child: ChildProcess): Promise<number | null> {
  running.add(child)
  return new Promise((done) => {
    // With its pipes: what it printed last is read too.
    child.once('close', (code) => {
      running.delete(child)
      done(code)
    })
  })
}
