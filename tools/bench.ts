/** `npm run bench`: the benchmark, against a database of its own in a folder that is removed afterwards, but for `--keep`. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../apps/bff/src/db/embedded.ts'
import { checkServer } from '../apps/bff/src/db/server-check.ts'
import { ROOT } from './root.ts'

const external = process.env['BENCH_DATABASE_URL']
const keep = process.argv.includes('--keep')
const folder = keep ? join(ROOT, '.cache/bench') : mkdtempSync(join(tmpdir(), 'choba-bench-'))
if (external) await checkServer(external)
const server = external ? undefined : await startEmbedded({ dataDir: folder })
const env = { ...process.env, DATABASE_URL: external ?? server?.url, CHOBA_SECRET: 'b'.repeat(32) }
const args = ['apps/bff/src/bench/main.ts', ...process.argv.slice(2)]
const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGTERM'))
process.once('disconnect', () => child.kill('SIGTERM'))
const code = await new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)))
await server?.stop()
if (!keep) rmSync(folder, { recursive: true, force: true })
process.exit(code)
