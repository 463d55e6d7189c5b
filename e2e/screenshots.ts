/**
 * Takes the pictures of the documentation from a running product:
 * `CHOBA_EMAIL=… CHOBA_PASSWORD=… node e2e/screenshots.ts <address> [folder]`, the folder being docs/screenshots.
 */
import '@choba/shared/labels/all.ts'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { type Language, LANGUAGES, labels } from '@choba/shared/labels/labels.ts'
import { launchBrowser } from '../tools/browser.ts'
import { ROOT } from '../tools/root.ts'
import { type Session, signInAs } from './setup/session.ts'

interface Look {
  language: Language
  theme: 'light' | 'dark'
  width: 1440 | 390
}

type Settings = Record<'language' | 'theme', unknown>

const HEIGHTS = { 1440: 800, 390: 844 } as const
const LARGEST_BYTES = 320_000
/** The payment with most to tell: everything from order to payout. */
const SHOWN = 'method=np_postpaid&status=paid_out&limit=1'

const SCREENS = [
  'orders/new',
  'customers',
  'guarantee',
  'rescue',
  'screenings',
  'shipments',
  'invoices',
  'payouts',
  'slips',
]

const [url = '', folder = join(ROOT, 'docs/screenshots')] = process.argv.slice(2)
const { CHOBA_EMAIL: email, CHOBA_PASSWORD: password } = process.env
if (!URL.canParse(url) || !email || !password) {
  console.error('Usage: CHOBA_EMAIL=… CHOBA_PASSWORD=… node e2e/screenshots.ts <address of the console> [folder]')
  process.exit(1)
}
await takeAll(await signInAs(new URL(url).origin, { role: 'admin', email, password }))

async function takeAll(session: Session): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const { values } = await ask<{ values: Settings }>(session, '/api/preferences')
  const browser = await launchBrowser()
  try {
    for (const language of LANGUAGES)
      for (const theme of ['light', 'dark'] as const)
        for (const width of [1440, 390] as const) await takeLook(browser, session, { language, theme, width })
  } finally {
    await browser.close()
    await keep(session, { language: values.language ?? 'ja', theme: values.theme ?? 'auto' })
  }
}

async function takeLook(browser: Browser, session: Session, look: Look): Promise<void> {
  const { language, theme, width } = look
  await keep(session, { language, theme })
  const context = await browser.newContext({
    viewport: { width, height: HEIGHTS[width] },
    colorScheme: theme,
    reducedMotion: 'reduce',
    deviceScaleFactor: 1,
  })
  await context.addCookies([{ ...session.cookie, url }])
  const page = await context.newPage()
  await page.goto(new URL('/payments', url).href)
  await page.getByRole('heading', { name: labels(language).ledger.title }).waitFor()
  await take(page, 'ledger', look)
  const { items } = await ask<{ items: { id: string; orderNumber: string }[] }>(session, `/api/payments?${SHOWN}`)
  const [payment] = items
  if (!payment) throw new Error('no NP payment has been paid out yet: there is nothing to show')
  await page.goto(new URL(`/payments/${payment.id}`, url).href)
  await page.getByRole('heading', { name: payment.orderNumber }).waitFor()
  await take(page, 'payment', look)
  if (isSampled(look)) for (const screen of SCREENS) await takeScreen(page, screen, look)
  await context.close()
}

/** The other screens stand in two opposite looks: all eight of each would weigh more than they tell. */
function isSampled({ language, theme, width }: Look): boolean {
  return (
    (language === 'ja' && theme === 'light' && width === 1440) ||
    (language === 'en' && theme === 'dark' && width === 390)
  )
}

async function takeScreen(page: Page, screen: string, look: Look): Promise<void> {
  await page.goto(new URL(`/${screen}`, url).href)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await take(page, screen.replace('/', '-'), look)
}

async function take(page: Page, screen: string, { language, theme, width }: Look): Promise<void> {
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  await page.locator(`html[lang="${language}"][data-mantine-color-scheme="${theme}"]`).waitFor()
  const path = join(folder, `${screen}-${language}-${theme}-${width}.png`)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  const { size } = statSync(path)
  console.log(`${path} ${Math.round(size / 1000)} kB`)
  if (size > LARGEST_BYTES) throw new Error(`${path} is larger than ${LARGEST_BYTES} bytes`)
}

async function keep(session: Session, settings: Settings): Promise<void> {
  for (const [key, value] of Object.entries(settings)) {
    await ask(session, `/api/preferences/${key}`, { method: 'PUT', body: JSON.stringify({ value }) })
  }
}

async function ask<T>({ cookie }: Session, path: string, options: RequestInit = {}): Promise<T> {
  const headers = { cookie: `${cookie.name}=${cookie.value}`, 'content-type': 'application/json' }
  const answer = await fetch(new URL(path, url), { ...options, headers })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}
