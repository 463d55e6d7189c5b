/** Builds the console's pages when something they are made of has changed since the last build. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../root.ts'
import { runStep } from './step.ts'

const WEB = join(ROOT, 'apps/web')
const STAMP = join(ROOT, '.cache/web-build')
const SOURCES = ['apps/web', 'packages/shared', 'pnpm-lock.yaml', 'tsconfig.base.json']
const NOT_SOURCES = new Set(['node_modules', 'dist'])

/** @throws StartError with the builder's words when the build fails. */
export async function buildWebIfChanged(): Promise<void> {
  const wanted = fingerprint()
  const isBuilt = existsSync(join(WEB, 'dist/index.html'))
  if (isBuilt && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  console.log('Building the console.')
  rmSync(STAMP, { force: true })
  const args = [join(WEB, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn']
  await runStep('Building the console', args, { cwd: WEB, env: { ...process.env, NODE_ENV: 'production' } })
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  writeFileSync(STAMP, wanted)
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(listFiles)) hash.update(`${file}\n`).update(readFileSync(join(ROOT, file)))
  return hash.digest('hex')
}

function listFiles(path: string): string[] {
  if (!existsSync(join(ROOT, path))) return []
  if (/\.[a-z]+$/.test(path)) return [path]
  const entries = readdirSync(join(ROOT, path), { withFileTypes: true }).filter(({ name }) => !NOT_SOURCES.has(name))
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? listFiles(`${path}/${entry.name}`) : [`${path}/${entry.name}`]))
}
