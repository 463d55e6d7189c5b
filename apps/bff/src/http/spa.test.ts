import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HonoEnv } from './hono-env.ts'
import { notFound, onError } from './on-error.ts'
import { mountSpa } from './spa.ts'

let folder: string
const app = new Hono<HonoEnv>()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'choba-spa-'))
  app.onError(onError)
  app.notFound(notFound)
  mountSpa(app, folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('says in clear text that the console is not built', async () => {
  const response = await app.request('/payments')
  expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('has not been built')])
})

test('serves files for ever, the page for every address, and nothing outside its folder', async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>page')
  writeFileSync(join(folder, 'assets/app-1a2b.js'), 'plain')
  writeFileSync(join(folder, 'assets/app-1a2b.js.br'), 'brotli')
  const asset = await app.request('/assets/app-1a2b.js', { headers: { 'Accept-Encoding': 'gzip, br' } })
  expect(await asset.text()).toBe('brotli')
  expect(asset.headers.get('Content-Encoding')).toBe('br')
  expect(asset.headers.get('Content-Type')).toMatch(/javascript/)
  expect(asset.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
  expect(await (await app.request('/assets/app-1a2b.js')).text()).toBe('plain')
  for (const path of ['/', '/payments/abc?x=1', '/%ff', '/..%2f..%2fetc%2fpasswd', '/a//b']) {
    const page = await app.request(path)
    expect([path, page.status, await page.text(), page.headers.get('Cache-Control')]).toEqual([
      path,
      200,
      '<!doctype html>page',
      'no-cache',
    ])
  }
})

test('never answers a page where a file or an endpoint was asked for', async () => {
  for (const path of ['/assets/gone-9z.js', '/api/nothing', '/api', '/notices/x', '/metrics/x'])
    expect((await app.request(path)).status).toBe(404)
  expect((await app.request('/payments', { method: 'POST' })).status).toBe(404)
})
