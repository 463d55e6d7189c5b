import { describe, expect, it } from 'vitest'
import { fileURLToPath } from 'node:url'
import { readAccountsFile } from '../accounts.ts'
import { createApp } from '../app.ts'
import { createTestDeps, sbpsTestAccounts, TEST_START } from '../testing/deps.ts'

const DEMO_ACCOUNTS = fileURLToPath(new URL('../../demo-accounts.json', import.meta.url))

function newApp() {
  const deps = createTestDeps()
  return { deps, app: createApp(deps) }
}

function postJson(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

describe('the console', () => {
  it('tells and moves the clock, and dates every answer with it', async () => {
    const { app } = newApp()
    const moved = await app.request('/sandbox/clock', postJson({ advanceDays: 2 }))
    expect(await moved.json()).toEqual({ now: '2026-08-05T00:00:00.000Z', ranTasks: 0 })
    const told = await app.request('/sandbox/clock')
    expect(told.headers.get('date')).toBe('Wed, 05 Aug 2026 00:00:00 GMT')
    expect(await told.json()).toEqual({ now: '2026-08-05T00:00:00.000Z' })
  })

  it('takes the clock form of its pages', async () => {
    const { app } = newApp()
    const answer = await app.request('/sandbox/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'advanceDays=1',
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
    expect(await (await app.request('/')).text()).toContain('2026-08-04T09:00:00+09:00')
  })

  it.each([
    ['{', 'the body is not JSON'],
    ['[]', 'the body must be an object'],
    ['{}', 'send either'],
    ['{"advanceDays":-1}', 'advanceDays must be a whole number'],
    ['{"advanceDays":1.5}', 'advanceDays must be a whole number'],
    ['{"to":"tomorrow"}', 'to must be text like'],
    ['{"to":"2026-08-01T00:00:00Z"}', 'only moves ahead'],
    ['{"to":"2126-08-01T00:00:00Z"}', 'not more than'],
  ])('refuses the clock request %s', async (body, reason) => {
    const { app, deps } = newApp()
    const answer = await app.request('/sandbox/clock', { method: 'POST', body })
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { error: string }).error).toContain(reason)
    expect(deps.clock.now()).toEqual(TEST_START)
  })

  it('takes accounts and shows them without their secrets', async () => {
    const { app } = newApp()
    const answer = await app.request('/sandbox/accounts', postJson(sbpsTestAccounts()))
    expect(await answer.json()).toEqual({ sbps: 1, np: 0 })
    const shown = await (await app.request('/sandbox/accounts')).text()
    expect(shown).toContain('"merchantId":"99901"')
    expect(shown).not.toContain('0123456789abcdef')
    expect(shown).not.toContain('abcdefgh')
  })

  it('opens an account like the ones there are, and tells its secrets once', async () => {
    const { app, deps } = newApp()
    deps.accounts.upsert(readAccountsFile(DEMO_ACCOUNTS))
    const noticesUrl = 'http://127.0.0.1:8787/notices/sbps'
    const answer = await app.request('/sandbox/accounts/open', postJson({ noticesUrl }))
    const opened = (await answer.json()) as { sbps: Array<Record<string, string>>; np: Array<Record<string, string>> }
    const [sbps, np] = [opened.sbps[0], opened.np[0]]
    expect(deps.accounts.findSbps(sbps?.['merchantId'] ?? '', '001')).toMatchObject({
      hashKey: sbps?.['hashKey'],
      noticeUrl: `${noticesUrl}/${sbps?.['merchantId']}-001`,
    })
    expect(deps.accounts.findNp(np?.['merchantCode'] ?? '')?.spCode).toBe(np?.['spCode'])
    expect(await (await app.request('/sandbox/accounts')).text()).not.toContain(sbps?.['hashKey'])
    expect((await app.request('/sandbox/accounts/open', postJson({ noticesUrl: 'nowhere' }))).status).toBe(400)
  })

  it('refuses an account that is not whole and names the field', async () => {
    const { app } = newApp()
    const answer = await app.request('/sandbox/accounts', postJson({ sbps: [{ merchantId: '1' }] }))
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { error: string }).error).toContain('sbps[0].noticeUrl')
  })

  it('wipes its memory and can begin in the past', async () => {
    const { app, deps } = newApp()
    deps.accounts.upsert(sbpsTestAccounts())
    const answer = await app.request('/sandbox/reset', postJson({ now: '2026-04-01T00:00:00+09:00' }))
    expect(await answer.json()).toEqual({ now: '2026-03-31T15:00:00.000Z' })
    expect(deps.accounts.listSbps()).toEqual([])
  })

  it('answers its state', async () => {
    const { app } = newApp()
    expect(await (await app.request('/sandbox/status')).json()).toEqual({
      now: TEST_START.toISOString(),
      undeliveredNotices: 0,
      dueTasks: 0,
      failedTasks: 0,
    })
  })

  it('serves pages without scripts and with a strict policy', async () => {
    const { app } = newApp()
    for (const path of ['/', '/sandbox/guide']) {
      const answer = await app.request(path)
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(await answer.text()).not.toMatch(/<script|style="|onclick/)
    }
  })
})
