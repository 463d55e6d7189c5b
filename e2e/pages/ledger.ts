import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { PaymentColumnId } from '@choba/shared/columns/payments.ts'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { getTotals, listPayments } from '../setup/api.ts'
import { goTo } from './sign-in.ts'

const words = labels('ja')
const OPENS_A_ROW = new RegExp(`^${fill(words.ledger.row_open, { order: '(\\S+)' })}$`)
const TOTALS = ['count', 'amountYen', 'capturedYen', 'refundedYen', 'feeYen', 'netYen'] as const

export type ShownTotals = Record<(typeof TOTALS)[number], number>

/** Resolves when rows or an empty state stand there. */
export async function openLedger(page: Page, query = ''): Promise<void> {
  await goTo(page, `/payments${query === '' ? '' : `?${query}`}`)
  await page.getByRole('heading', { name: words.ledger.title, exact: true }).waitFor()
  await untilCounted(page)
}

export function searchBox(page: Page): Locator {
  return page.getByRole('searchbox', { name: words.ledger.search_label })
}

export function drawer(page: Page): Locator {
  return page.getByRole('complementary', { name: words.ledger.drawer })
}

export function rowOpeners(page: Page): Locator {
  return page.getByRole('button', { name: OPENS_A_ROW })
}

/** Of the rows in sight, from the top. */
export async function shownOrders(page: Page): Promise<string[]> {
  return (await rowOpeners(page).allInnerTexts()).map((text) => text.trim())
}

export function currentRow(page: Page): Locator {
  return page.getByRole('row', { name: /./ }).and(page.locator('[aria-current="true"]'))
}

/** The rows in sight are the first of what the API lists for the query, and the bar counts as many as it does. */
export async function expectView(page: Page, query: string): Promise<void> {
  const wanted = (await listPayments(`${query}&limit=200`)).map((row) => row.orderNumber)
  const { count } = await getTotals(query)
  expect(count, 'the test needs something to see').toBeGreaterThan(0)
  await expect
    .poll(async () => {
      const shown = await shownOrders(page)
      return { shown, wanted: wanted.slice(0, Math.max(shown.length, 1)), count: (await readTotals(page)).count }
    })
    .toSatisfy((view: { shown: string[]; wanted: string[]; count: number }) => {
      return view.count === count && JSON.stringify(view.shown) === JSON.stringify(view.wanted)
    })
}

export function totalsBar(page: Page): Locator {
  return page.getByLabel(words.ledger.totals, { exact: true }).or(page.getByLabel(words.ledger.totals_filtered))
}

export async function readTotals(page: Page): Promise<ShownTotals> {
  await untilCounted(page)
  const texts = await totalsBar(page).getByRole('definition').allInnerTexts()
  const numbers = texts.map((text) => Number(text.replace(/[^\d-]/g, '')))
  return Object.fromEntries(TOTALS.map((name, index) => [name, numbers[index]])) as ShownTotals
}

async function untilCounted(page: Page): Promise<void> {
  await expect.poll(() => totalsBar(page).getAttribute('aria-busy')).toBe('false')
}

/** Opens the chip of a condition. */
export async function openFilter(page: Page, name: string): Promise<Locator> {
  await page.getByRole('search').getByRole('button', { name, exact: true }).click()
  return page.getByRole('dialog', { name })
}

export async function choose(page: Page, filter: string, choice: string): Promise<void> {
  const dialog = await openFilter(page, filter)
  await dialog.getByRole('checkbox', { name: choice, exact: true }).check()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
}

export async function sortBy(page: Page, column: PaymentColumnId): Promise<void> {
  await page.getByRole('columnheader', { name: words.column[column] }).getByRole('button').click()
}

export function sortOf(page: Page, column: PaymentColumnId): Promise<string | null> {
  return page.getByRole('columnheader', { name: words.column[column] }).getAttribute('aria-sort')
}

export async function openDisplayMenu(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: words.ledger.display, exact: true }).click()
  return page.getByRole('dialog', { name: words.ledger.display })
}
