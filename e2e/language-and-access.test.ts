import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, inject } from 'vitest'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { type Language, labels } from '@choba/shared/labels/labels.ts'
import { METHODS } from '@choba/shared/methods.ts'
import { listPayments } from './setup/api.ts'
import { findViolations } from './setup/axe.ts'
import { type Open, test } from './setup/browser-test.ts'
import { addPerson } from './setup/people.ts'
import { type Session, signInAs } from './setup/session.ts'
import { goTo } from './pages/sign-in.ts'

interface Look {
  language: Language
  theme: 'light' | 'dark'
  width: 1440 | 390
}

/** Every two of language, theme and width meet once. */
const LOOKS: Look[] = [
  { language: 'ja', theme: 'light', width: 1440 },
  { language: 'ja', theme: 'dark', width: 390 },
  { language: 'en', theme: 'light', width: 390 },
  { language: 'en', theme: 'dark', width: 1440 },
]
/** What a missing word looks like: the key itself, a place nobody filled, or a value that is none. */
const RAW = /\b[a-z]+(?:_[a-z]+)+\b|\b(?:[a-z]+\.)+[a-z]+_[a-z]+\b|\{\w+[|}]|\bundefined\b|\bNaN\b|\[object /
const JAPANESE = /[ぁ-んァ-ヶ一-龠]/

let session: Session
let samples: PaymentRow[]

beforeAll(async () => {
  session = await signInAs(inject('product').url, await addPerson('admin', 'Lin 見子'))
  const found = await Promise.all(METHODS.map((method) => listPayments(`method=${method}&limit=1`)))
  samples = found.flat()
})

describe.for(LOOKS)('in $language, $theme, $width px wide', (look) => {
  test('the ledger, its drawer, its empty state and the keyboard help', async ({ open }) => {
    const page = await openWith(open, look)
    const words = labels(look.language)
    await goTo(page, '/payments')
    await expectComplete(page, look)
    await goTo(page, `/payments?open=${samples[0]?.id}`)
    await page.getByRole('heading', { name: samples[0]?.orderNumber ?? '' }).waitFor()
    await expectComplete(page, look)
    await goTo(page, '/payments?method=card&amountMin=9999998')
    await page.getByText(words.ledger.no_match_title).waitFor()
    await expectComplete(page, look)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: words.keyboard.title }).waitFor()
    await expectComplete(page, look)
  })

  test('the page of a payment of each method', async ({ open }) => {
    const page = await openWith(open, look)
    for (const sample of samples) {
      await goTo(page, `/payments/${sample.id}`)
      await page.getByRole('heading', { name: sample.orderNumber }).waitFor()
      await expectComplete(page, look)
    }
  })

  test('the messages, the export dialog and an address that leads nowhere', async ({ open }) => {
    const page = await openWith(open, look)
    const words = labels(look.language)
    await goTo(page, '/messages?state=applied')
    await page.getByRole('heading', { name: words.messages.title }).waitFor()
    await expectComplete(page, look)
    await goTo(page, '/payments')
    await page.getByRole('button', { name: words.ledger.export, exact: true }).click()
    await page.getByRole('dialog', { name: words.export_dialog.title }).waitFor()
    await expectComplete(page, look)
    await goTo(page, '/no-such-page')
    await page.getByText(words.app.not_found_title).waitFor()
    await expectComplete(page, look)
  })

  test('the sign-in page', async ({ open }) => {
    const page = await open({ refusals: [401], context: contextOf(look) })
    await goTo(page, '/sign-in')
    await page.getByRole('button', { name: look.language === 'ja' ? '日本語' : 'English' }).click()
    await page.getByRole('button', { name: labels(look.language).sign_in.submit }).waitFor()
    await expectComplete(page, look)
  })
})

async function openWith(open: Open, look: Look): Promise<Page> {
  for (const key of ['language', 'theme'] as const) await keep(key, look[key])
  return open({ as: session, context: contextOf(look) })
}

function contextOf({ theme, width }: Look) {
  return { viewport: { width, height: 900 }, colorScheme: theme, reducedMotion: 'reduce' as const }
}

/** On the account, where the person's choice is kept. */
async function keep(key: 'language' | 'theme', value: string): Promise<void> {
  const { name, value: token } = session.cookie
  const answer = await fetch(`${inject('product').url}/api/preferences/${key}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', cookie: `${name}=${token}` },
    body: JSON.stringify({ value }),
  })
  expect(answer.status).toBe(200)
}

async function expectComplete(page: Page, { language, theme, width }: Look): Promise<void> {
  await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0)
  const html = page.locator('html')
  await expect.poll(() => html.getAttribute('lang')).toBe(language)
  await expect.poll(() => html.getAttribute('data-mantine-color-scheme')).toBe(theme)
  expect(await rawTexts(page)).toEqual([])
  if (language === 'en') expect(await japaneseNames(page)).toEqual([])
  // The drawer slides in from beyond the edge.
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  expect(await findViolations(page)).toEqual([])
}

/** What providers wrote stands in code and preformatted text, and is not ours to translate. */
async function rawTexts(page: Page): Promise<string[]> {
  const lines = await page.evaluate<string[]>(`(() => {
    const copy = document.body.cloneNode(true)
    for (const element of copy.querySelectorAll('pre, code, .mono, script, style')) element.remove()
    const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT)
    const found = []
    while (texts.nextNode()) found.push(texts.currentNode.textContent.trim())
    return found
  })()`)
  return lines.filter((line) => RAW.test(line))
}

/** Names of columns, fields and sections are words of ours; what stands in them may be a Japanese name. */
async function japaneseNames(page: Page): Promise<string[]> {
  const names = await Promise.all(
    [page.getByRole('columnheader'), page.getByRole('term'), page.getByRole('heading', { level: 2 })].map((each) =>
      each.allInnerTexts(),
    ),
  )
  return names.flat().filter((name) => JAPANESE.test(name))
}
