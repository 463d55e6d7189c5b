/** `test` with a browser: `open` gives a page of its own context, and every page's complaints fail the test. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect, inject, test as base } from 'vitest'
import type { Role } from '@choba/shared/permissions.ts'
import { launchBrowser } from '../../tools/browser.ts'
import type { Session } from './session.ts'

export interface OpenOptions {
  /** Signed in with the role's own session, or with another one; nobody when left out. */
  as?: Role | Session
  /** Answers of the console that this test asks for; any other failed request fails the test. */
  refusals?: readonly number[]
  context?: BrowserContextOptions
}

export type Open = (options?: OpenOptions) => Promise<Page>

const WIDE = { width: 1440, height: 900 }
/** The console answers in milliseconds; a busy machine may not. */
const PATIENCE_MS = 15_000

export const test = base
  // The runner reads from the pattern what a fixture needs: this one needs nothing.
  // oxlint-disable-next-line no-empty-pattern
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await launchBrowser()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('open', async ({ browser }, { onCleanup }): Promise<Open> => {
    const contexts: BrowserContext[] = []
    const complaints: string[] = []
    onCleanup(async () => {
      await Promise.all(contexts.map((context) => context.close()))
      expect(complaints, 'what the pages complained about').toEqual([])
    })
    return async ({ as, refusals = [], context: options } = {}) => {
      const context = await browser.newContext({ viewport: WIDE, locale: 'ja-JP', ...options })
      contexts.push(context)
      context.setDefaultTimeout(PATIENCE_MS)
      if (as !== undefined) await context.addCookies([cookieOf(as)])
      context.on('page', (page) => listen(page, refusals, complaints))
      return context.newPage()
    }
  })

function cookieOf(who: Role | Session): { name: string; value: string; url: string } {
  const { url, sessions } = inject('product')
  const session = typeof who === 'string' ? sessions.find(({ role }) => role === who) : who
  if (!session) throw new Error(`nobody is signed in as ${String(who)}`)
  return { ...session.cookie, url }
}

/** Violations of the content security policy come as console errors too. */
function listen(page: Page, refusals: readonly number[], complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    const status = /^Failed to load resource: .* status of (\d{3})/.exec(message.text())?.[1]
    if (status !== undefined && refusals.includes(Number(status))) return
    complaints.push(`${page.url()}: ${message.text()} (${message.location().url})`)
  })
}
