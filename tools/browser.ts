/** A browser for tests and screenshots: the one named by CHROMIUM, an installed one, or the one that comes with npm. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

export interface FoundBrowser {
  executablePath: string
  /** What it needs beyond our own environment. */
  env: Record<string, string>
}

/** The headless shell first: it starts in half the time. */
const PROGRAMS = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** @throws Error when there is no browser on this machine. */
export async function launchBrowser(): Promise<Browser> {
  const found = await findBrowser()
  if (!found) throw new Error('no browser was found: install chromium-headless-shell, or set CHROMIUM to a program')
  return chromium.launch({
    executablePath: found.executablePath,
    args: FLAGS,
    env: { ...definedEnvironment(), ...found.env },
  })
}

export async function findBrowser(): Promise<FoundBrowser | undefined> {
  const named = process.env['CHROMIUM']
  if (named) return runs(named, {}) ? { executablePath: named, env: {} } : undefined
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = [...PROGRAMS.flatMap((name) => folders.map((folder) => join(folder, name))), MAC_CHROME]
  const installed = candidates.find((path) => isProgram(path) && runs(path, {}))
  return installed ? { executablePath: installed, env: {} } : findPackaged()
}

/** A Chromium for Linux x64 inside an npm package. It brings most of the libraries that a bare machine lacks. */
async function findPackaged(): Promise<FoundBrowser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  // The package unpacks its libraries only where it takes the machine for one of Amazon's.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs24.x'
  const libraryPath = process.env['LD_LIBRARY_PATH']
  const { default: packaged } = await import('@sparticuz/chromium')
  const executablePath = await packaged.executablePath()
  const brought = process.env['LD_LIBRARY_PATH']
  restore('LD_LIBRARY_PATH', libraryPath)
  for (const env of [{}, brought ? { LD_LIBRARY_PATH: brought } : {}]) {
    if (runs(executablePath, env)) return { executablePath, env }
  }
  return undefined
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function runs(program: string, env: Record<string, string>): boolean {
  const options = { env: { ...process.env, ...env }, stdio: 'ignore' as const, timeout: 20_000 }
  return spawnSync(program, ['--version', '--no-sandbox'], options).status === 0
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}
