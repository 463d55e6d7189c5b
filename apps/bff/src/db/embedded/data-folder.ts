/** The database folder: chosen so that the account can reach it, made once by initdb, never deleted by us. */
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { StartError } from '../../core/start-error.ts'
import { type Account, canReach } from './account.ts'
import type { Binaries } from './binaries.ts'

export const SUPERUSER = 'choba'
/** The folder carries the major version: a later PostgreSQL cannot read an earlier one's files. */
const MAJOR_VERSION = '18'
/** With LC_CTYPE C, pg_trgm finds nothing in Japanese and says nothing about it. */
const INITDB_OPTIONS = [
  ['-U', SUPERUSER],
  ['-A', 'scram-sha-256'],
  ['-E', 'UTF8'],
  ['--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ['--no-instructions'],
].flat()

export interface DataRoot {
  folder: string
  /** The PostgreSQL data directory in it. */
  cluster: string
  log: string
  passwordFile: string
}

/**
 * The folder that holds the database: the wanted one, or one below `systemFolder` (its own for each wanted
 * folder) when the account cannot walk down to the wanted one.
 * @throws StartError when neither can be made or written.
 */
export function openDataRoot(wanted: string, systemFolder: string, account: Account): DataRoot {
  const own = resolve(wanted)
  const key = createHash('sha256').update(own).digest('hex').slice(0, 8)
  const folder = canReach(own, account) ? own : join(systemFolder, `${basename(own).replace(/^\.+/, '')}-${key}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw startErrorOfFolder(folder, error)
  }
  if (!canReach(folder, account)) {
    throw new StartError(
      `The account "${account.name}", under which PostgreSQL runs, cannot reach ${folder}: set CHOBA_DATA_DIR to a folder it can reach, or DATABASE_URL to a PostgreSQL server.`,
    )
  }
  return {
    folder,
    cluster: join(folder, `pg${MAJOR_VERSION}`),
    log: join(folder, 'postgres.log'),
    passwordFile: join(folder, 'password'),
  }
}

/**
 * Makes the database on the first start. It is made beside its place and moved there when whole, so that a
 * start that was cut short is simply repeated.
 * @throws StartError when the disk is full, the folder is not ours, or the database in it is broken.
 */
export function ensureCluster(root: DataRoot, binaries: Binaries, account: Account, isDurable: boolean): void {
  if (existsSync(root.cluster) && listCluster(root, account).length > 0) return requireWhole(root)
  const unfinished = `${root.cluster}.new`
  const passwordForInit = `${root.passwordFile}.init`
  try {
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(unfinished, { mode: 0o700 })
    const password = `${randomBytes(24).toString('base64url')}\n`
    writeFileSync(root.passwordFile, password, { mode: 0o600 })
    writeFileSync(passwordForInit, password, { mode: 0o600 })
    if (account.switchTo) {
      chownSync(unfinished, account.switchTo.uid, account.switchTo.gid)
      chownSync(passwordForInit, account.switchTo.uid, account.switchTo.gid)
    }
    const options = { ...account.switchTo, env: binaries.environment, cwd: root.folder, encoding: 'utf8' as const }
    const args = [
      '-D',
      unfinished,
      `--pwfile=${passwordForInit}`,
      ...INITDB_OPTIONS,
      ...(isDurable ? [] : ['--no-sync']),
    ]
    const made = spawnSync(binaries.initdb, args, options)
    if (made.status !== 0) throw made.error ?? new Error(made.stderr)
    rmSync(root.cluster, { recursive: true, force: true })
    renameSync(unfinished, root.cluster)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw startErrorOfFolder(root.folder, error)
  } finally {
    rmSync(passwordForInit, { force: true })
  }
}

/** @throws StartError when the file that lets us in is gone. */
export function readPassword(root: DataRoot): string {
  try {
    return readFileSync(root.passwordFile, 'utf8').trim()
  } catch {
    throw new StartError(
      `The file ${root.passwordFile}, which holds the database password, cannot be read: put it back from a backup.`,
    )
  }
}

/** One sentence for a file error: what is wrong, where, and what to do. */
export function startErrorOfFolder(folder: string, error: unknown): StartError {
  if (error instanceof StartError) return error
  const text = error instanceof Error ? error.message : String(error)
  if (/ENOSPC|No space left|EDQUOT|quota exceeded|could not (extend|write).*wrote only/is.test(text)) {
    return new StartError(`The disk that holds ${folder} is full: free some space and start again.`)
  }
  if (/EACCES|EROFS|EPERM|Permission denied|Read-only file system/i.test(text)) {
    return new StartError(
      `The database folder ${folder} cannot be written by this account: give it the right to, or set CHOBA_DATA_DIR to another folder.`,
    )
  }
  if (/ENOTDIR|EEXIST/.test(text)) {
    return new StartError(`The database folder ${folder} is a file: set CHOBA_DATA_DIR to a folder.`)
  }
  return new StartError(`The database in ${folder} could not be made: ${firstLine(text)}`)
}

function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? 'no reason was given'
  )
}

function listCluster(root: DataRoot, account: Account): string[] {
  try {
    return readdirSync(root.cluster)
  } catch {
    throw new StartError(
      `The database in ${root.cluster} belongs to another account than "${account.name}": start as the account that made it, or set CHOBA_DATA_DIR to another folder.`,
    )
  }
}

function requireWhole(root: DataRoot): void {
  let version: string
  try {
    version = readFileSync(join(root.cluster, 'PG_VERSION'), 'utf8').trim()
  } catch {
    throw new StartError(
      `The database folder ${root.cluster} is damaged (PG_VERSION is missing): restore it from a backup, or move it away to begin anew.`,
    )
  }
  if (version !== MAJOR_VERSION) {
    throw new StartError(
      `The database in ${root.cluster} is of PostgreSQL ${version}, and this is PostgreSQL ${MAJOR_VERSION}: move it away or set CHOBA_DATA_DIR to another folder.`,
    )
  }
}
