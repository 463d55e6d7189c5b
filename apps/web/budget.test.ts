/** The weight of the console: what a browser must load before the first paint, and what a route adds to it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

const KILOBYTE = 1000
const INITIAL_JS = 170 * KILOBYTE
const INITIAL_CSS = 40 * KILOBYTE
const ONE_CHUNK = 90 * KILOBYTE
const BUILD_MS = 180_000

let folder = ''
let page = ''

beforeAll(async () => {
  // Under test React would be built with its warnings, half as heavy again.
  vi.stubEnv('NODE_ENV', 'production')
  folder = mkdtempSync(join(tmpdir(), 'choba-web-'))
  await build({ root: import.meta.dirname, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } })
  page = readFileSync(join(folder, 'index.html'), 'utf8')
}, BUILD_MS)

afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

test('loads at most 170 kB of script before the first paint', () => {
  expect(weigh(linked(/\.js$/))).toBeLessThanOrEqual(INITIAL_JS)
})

test('loads at most 40 kB of styles before the first paint', () => {
  const styles = linked(/\.css$/)
  expect(styles).not.toEqual([])
  expect(weigh(styles)).toBeLessThanOrEqual(INITIAL_CSS)
})

test('loads no chunk above 90 kB later on', () => {
  const initial = linked(/\.js$/)
  const later = readdirSync(join(folder, 'assets')).filter(
    (file) => file.endsWith('.js') && !initial.includes(`assets/${file}`),
  )
  expect(later.filter((file) => weigh([`assets/${file}`]) > ONE_CHUNK)).toEqual([])
})

test('carries no inline script and no font', () => {
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/)
  expect(readdirSync(join(folder, 'assets')).filter((file) => /\.(woff2?|ttf|otf)$/.test(file))).toEqual([])
})

test('lays a compressed copy beside every script', () => {
  const files = readdirSync(join(folder, 'assets'))
  const scripts = files.filter(
    (file) => file.endsWith('.js') && readFileSync(join(folder, 'assets', file)).length > 1000,
  )
  expect(scripts.filter((file) => !files.includes(`${file}.br`) || !files.includes(`${file}.gz`))).toEqual([])
})

/** Files that the page itself names: its entry, what it preloads, its styles. */
function linked(kind: RegExp): string[] {
  return [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)]
    .map((match) => match[1] ?? '')
    .filter((file) => kind.test(file))
}

function weigh(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0)
}
