/**
 * The first step of every npm command: brings a fit Node and pnpm when they are missing, installs what the lockfile
 * names, and hands over to the TypeScript file of the command. Plain JavaScript that runs on Node 18.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COMMANDS = ['start', 'test', 'dev', 'verify', 'bench']
const OLDEST_NODE = [22, 18]
const NODE_TO_BRING = '24'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const pnpmVersion = packageManager.split('@')[1]

const [command, ...rest] = process.argv.slice(2)
if (!COMMANDS.includes(command)) {
  console.error(`Usage: node tools/run.mjs ${COMMANDS.join('|')}`)
  process.exit(2)
}
const bringing = process.env.CHOBA_NODE_BROUGHT === '1'
if (!isFit(process.versions.node)) bringNode()
else {
  if (bringing) remember(process.execPath)
  if (install()) hand(process.execPath, [join(root, 'tools', `${command}.ts`), ...rest], environment())
}

function isFit(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
}

/** The npm package `node` carries the real program. Once brought, it is used again without asking npm. */
function bringNode() {
  if (bringing) {
    console.error(
      `Node ${OLDEST_NODE.join('.')} or later is needed; this is ${process.versions.node}, and npm could not bring one.`,
    )
    process.exit(1)
  }
  const self = fileURLToPath(import.meta.url)
  const known = recall()
  if (known) return hand(known, [self, command, ...rest], environment())
  console.log(`Node ${process.versions.node} is too old: getting Node ${NODE_TO_BRING} from npm.`)
  const line = ['node', self, command, ...rest].map(quote).join(' ')
  const args = ['--yes', '-p', `node@${NODE_TO_BRING}`, '-p', `pnpm@${pnpmVersion}`, '-c', `exec ${line}`]
  hand('npx', args, { ...environment(), CHOBA_NODE_BROUGHT: '1' })
}

function remember(program) {
  mkdirSync(join(root, '.cache'), { recursive: true })
  writeFileSync(join(root, '.cache/node'), program)
}

function recall() {
  const file = join(root, '.cache/node')
  const program = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const run = program && spawnSync(program, ['--version'], { encoding: 'utf8' })
  return run && run.status === 0 && isFit(run.stdout.trim().slice(1)) ? program : undefined
}

function quote(word) {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

/** A nested npx would take `-c` of the outer one for its own and run it again. Compiled sources are kept for the next start. */
function environment() {
  const { npm_config_call: _call, npm_config_package: _package, ...env } = process.env
  return { NODE_COMPILE_CACHE: join(root, '.cache', 'compiled'), ...env }
}

function install() {
  const stamp = join(root, 'node_modules', '.choba-install')
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  const [program, ...args] = pnpm()
  const options = ['install', '--frozen-lockfile', '--prefer-offline', '--config.confirm-modules-purge=false']
  console.log('Installing packages.')
  const run = spawnSync(program, [...args, ...options, '--reporter=append-only', '--loglevel=warn'], {
    cwd: root,
    env: environment(),
    stdio: 'inherit',
  })
  if (run.status !== 0) {
    console.error(`The packages could not be installed${run.error ? `: ${run.error.message}` : ''}.`)
    process.exitCode = run.status || 1
    return false
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
  return true
}

/** Packages are installed anew when a manifest, the lockfile or the kind of machine changes. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${pnpmVersion}\n`)
  const workspaces = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name, 'package.json')),
  )
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'e2e/package.json', ...workspaces]
  for (const file of files.sort((a, b) => (a < b ? -1 : 1))) {
    const path = join(root, file)
    if (existsSync(path)) hash.update(`${file}\n`).update(readFileSync(path))
  }
  return hash.digest('hex')
}

function pnpm() {
  const own = spawnSync('pnpm', ['--version'], { cwd: root, encoding: 'utf8', env: environment() })
  if (own.status === 0 && own.stdout.trim() === pnpmVersion) return ['pnpm']
  return ['npx', '--yes', `pnpm@${pnpmVersion}`]
}

/** Runs the command in our place: signals go down, the exit code comes up, and it hears when we are gone. */
function hand(program, args, env) {
  const channel = program === process.execPath ? ['ipc'] : []
  const child = spawn(program, args, { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', ...channel] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  if (process.env.npm_lifecycle_event) watchNpm(() => child.kill('SIGTERM'))
  child.on('error', (error) => {
    console.error(`${program} could not be run: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0))
  })
}

/** npm, when told to end, ends its shell and forgets us; killed, it does not even do that. */
function watchNpm(onGone) {
  const first = ancestors()
  const watch = setInterval(() => {
    if (ancestors() === first) return
    clearInterval(watch)
    onGone()
  }, 500)
  watch.unref()
}

/** Our parent, the shell of npm, and its parent, npm. */
function ancestors() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    return String(process.ppid)
  }
}
