/** An empty database, a code on the terminal, and nothing but the guide from there to the first sale brought in and the first one made. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'
import { type Started, startProduct } from './setup/product.ts'

const words = labels('ja')
const { setup, guide, guide_step: steps } = words
const HISTORY = [
  '受注番号,注文日,決済方法,ステータス,合計金額,出荷日,入金日,氏名,電話番号',
  'OLD-1,2025-09-01,クレジットカード,発送済み,3300,2025-09-03,,髙橋 花子,0312345678',
  'OLD-2,2025-09-02,NP後払い,発送済み,5500,2025-09-04,2025-10-20,佐藤 次郎,09012345678',
].join('\r\n')

let product: Started
beforeAll(async () => {
  product = await startProduct({ CHOBA_DEMO: 'off' })
}, 60_000)
afterAll(() => product.teardown())

describe('a new merchant', () => {
  test('goes from an empty database to the first imported and the first made payment by the guide alone', async ({
    open,
  }) => {
    const page = await open({ refusals: [401] })
    await page.goto(`${product.url}/payments`)
    await page.waitForURL('**/setup')
    await setUp(page)

    await page.getByRole('heading', { name: words.settings_section.guide }).waitFor()
    await page.getByText(fill(guide.progress, { all: 6, done: 0 })).waitFor()
    expect(await findViolations(page)).toEqual([])
    await addShop(page)
    await chooseMethods(page)
    await step(page, steps.connection).getByRole('button', { name: guide.use_sandbox }).click()
    await page.getByText(fill(guide.progress, { all: 6, done: 4 })).waitFor()

    await step(page, steps.history).getByRole('link', { name: guide.import }).click()
    await bringIn(page)
    await page.goto(`${product.url}/settings/guide`)
    await page.getByText(fill(guide.progress, { all: 6, done: 5 })).waitFor()

    await step(page, steps.payment).getByRole('link', { name: guide.order }).click()
    await enterOrder(page)
    await page.goto(`${product.url}/settings/guide`)
    await page.getByText(guide.all_done).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('link', { name: guide.to_payments }).click()
    await page.getByRole('row').filter({ hasText: 'OLD-2' }).waitFor()
    await page.getByRole('row').filter({ hasText: '山田 太郎' }).waitFor()
  })
})

async function setUp(page: Page): Promise<void> {
  const [, code = ''] = /Setup code: (\S+)/.exec(product.banner) ?? []
  await page.getByLabel(setup.code).fill(code)
  await page.getByLabel(setup.merchant).fill('山田商店')
  await page.getByLabel(setup.name).fill('山田 花子')
  await page.getByLabel(setup.email).fill('hanako@yamada.example')
  await page.getByLabel(words.join.password, { exact: true }).fill('a long enough password')
  await page.getByLabel(words.join.again).fill('a long enough password')
  expect(await findViolations(page)).toEqual([])
  await page.getByRole('button', { name: setup.submit }).click()
}

async function addShop(page: Page): Promise<void> {
  await step(page, steps.shop).getByRole('button', { name: guide.add_shop }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words.settings.shop_name).fill('山田商店 本店')
  await dialog.getByLabel(words.settings.shop_code).fill('main')
  await dialog.getByRole('button', { name: words.app.save }).click()
  await page.getByText(fill(guide.progress, { all: 6, done: 1 })).waitFor()
}

async function chooseMethods(page: Page): Promise<void> {
  const methods = step(page, steps.methods)
  for (const method of ['np_postpaid', 'card', 'convenience_store'] as const)
    await methods.getByLabel(words.method[method]).click()
  await methods.getByRole('button', { name: guide.save_methods }).click()
  await page.getByText(fill(guide.progress, { all: 6, done: 2 })).waitFor()
}

async function bringIn(page: Page): Promise<void> {
  await page.waitForURL('**/imports*')
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: '昨年の注文.csv', mimeType: 'text/csv', buffer: Buffer.from(HISTORY) })
  await page.getByRole('button', { name: fill(words.imports.run_history, { count: 2 }) }).click()
  await page.getByText(fill(words.imports.done_all, { count: 2 })).waitFor()
}

async function enterOrder(page: Page): Promise<void> {
  const person = {
    zip: '104-0061',
    phone: '03-5555-0123',
    name: '山田 太郎',
    kana: 'ヤマダ タロウ',
    email: 'ok@example.jp',
  }
  for (const [field, value] of Object.entries(person)) await page.locator(`[name="customer.${field}"]`).fill(value)
  const address = page.locator('[name="customer.address"]')
  await expect.poll(() => address.inputValue()).toBe('東京都中央区銀座')
  await address.fill('東京都中央区銀座1-2-3')
  await page.locator('[name="goods.0.name"]').fill('煎茶')
  await page.locator('[name="lines.0.price"]').fill('2160')
  await page.getByRole('button', { name: words.order_form.submit }).click()
  await page.getByText(words.order_result.authorized, { exact: true }).waitFor()
}

function step(page: Page, title: string) {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
}
