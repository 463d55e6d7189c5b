/** A clerk on the telephone: an order keyed in, its customer found, its limit seen, sent once and answered in place. */
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { CustomerDetail, CustomerRow } from '@choba/shared/contracts/customers.ts'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { askConsole, getPayment, listPayments } from './setup/api.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'
import { goTo } from './pages/sign-in.ts'

const words = labels('ja')
const { order_form: form } = words

async function openForm(page: Page): Promise<void> {
  await goTo(page, '/orders/new')
  await page.locator('[name="customer.phone"]').waitFor()
}

async function fillPerson(page: Page, side: 'customer' | 'delivery', person: Record<string, string>): Promise<void> {
  for (const [field, value] of Object.entries(person)) await page.locator(`[name="${side}.${field}"]`).fill(value)
}

async function addGoods(page: Page, name: string, price: string): Promise<void> {
  await page.locator('[name="goods.0.name"]').fill(name)
  await page.locator('[name="lines.0.price"]').fill(price)
}

const HANAKO = { phone: '０７５−５５５−０１２３', name: '電話 花子', kana: 'デンワ ハナコ', email: 'ok@example.jp' }

describe('the order form', () => {
  test('takes an order by telephone: address from the postal code, draft kept, sent once, screened in place', async ({
    open,
  }) => {
    const page = await open({ as: 'staff' })
    await openForm(page)
    await expect.poll(() => page.locator('[name="orderNumber"]').inputValue()).toMatch(/^TEL-\d{5}$/)
    const orderNumber = await page.locator('[name="orderNumber"]').inputValue()
    await fillPerson(page, 'customer', { ...HANAKO, zip: '104-0061' })
    const address = page.locator('[name="customer.address"]')
    await expect.poll(() => address.inputValue()).toBe('東京都中央区銀座')
    await address.fill('東京都中央区銀座1-2-3')
    await addGoods(page, '深蒸し煎茶', '２，１６０')
    await page.getByText(fill(words.limit.this_order, { amount: '2,160' })).waitFor()

    // Whatever was kept, once the account holds it, survives the page.
    await expect
      .poll(async () => JSON.stringify(await askConsole('/api/preferences', { as: 'staff' })))
      .toContain('２，１６０')
    await page.reload()
    await expect.poll(() => page.locator('[name="lines.0.price"]').inputValue()).toBe('２，１６０')
    expect(await findViolations(page)).toEqual([])

    await page.getByRole('button', { name: form.submit }).dblclick()
    await page.getByRole('heading', { name: fill(words.order_result.title, { order: orderNumber }) }).waitFor()
    await page.getByText(words.order_result.authorized, { exact: true }).waitFor()
    const made = (await listPayments(`q=${orderNumber}`)).filter((row: PaymentRow) => row.orderNumber === orderNumber)
    expect(made).toMatchObject([{ amountYen: 2_160, site: 'phone', status: 'authorized', method: 'np_postpaid' }])
    expect((await getPayment(made[0]?.id ?? '')).customer).toMatchObject({ zip: '104-0061', phone: '075-555-0123' })
  })

  test('names what is wrong at its field, and goes there', async ({ open }) => {
    const page = await open({ as: 'admin' })
    await openForm(page)
    await fillPerson(page, 'customer', { ...HANAKO, phone: '090-1234-567', zip: '530-0001' })
    // A postal code's answer that came between marking the text and typing would leave both addresses in the field.
    await expect.poll(() => page.locator('[name="customer.address"]').inputValue()).toBe('大阪府大阪市北区梅田')
    await fillPerson(page, 'customer', { address: '東京都中央区1' })
    await addGoods(page, '茶', '500')
    await page.locator('[name="customer.name"]').press('Control+Enter')
    await page.getByText('ご購入者の電話番号は11桁のはずですが、10桁です').first().waitFor()
    await page.getByText('大阪府のものですが、住所は東京都です').first().waitFor()
    await page.locator('[name="customer.zip"]:focus').waitFor()
    expect(await findViolations(page)).toEqual([])
  })

  test('fills in a known customer, and warns of the limit and of the same order entered twice', async ({ open }) => {
    const { items } = await askConsole<{ items: CustomerRow[] }>('/api/customers?sort=openYen&limit=1', { as: 'admin' })
    const [customer] = items
    const page = await open({ as: 'staff' })
    await goTo(page, `/customers/${customer?.id}`)
    await page.getByRole('link', { name: words.customer.new_order }).click()
    await expect.poll(() => page.locator('[name="customer.name"]').inputValue()).toBe(customer?.name)
    const detail = await askConsole<CustomerDetail>(`/api/customers/${customer?.id}`, { as: 'admin' })
    const [twice] = detail.open
    await addGoods(page, '茶', String(twice?.openYen))
    await page.getByText(`の注文 ${twice?.orderNumber}`).waitFor()
    await page.locator('[name="lines.0.price"]').fill('90000')
    const over = 90_000 + (customer?.openYen ?? 0) - (detail.limit.limitYen ?? 0)
    await page.getByText(fill(words.limit.would_pass, { over: over.toLocaleString('ja-JP') })).waitFor()
  })

  test('is no place for an accountant', async ({ open }) => {
    const page = await open({ as: 'accountant' })
    await goTo(page, '/orders/new')
    await page.getByText(form.forbidden).waitFor()
  })
})

test('customers are found, opened by keyboard and add up on the screen', async ({ open }) => {
  const page = await open({ as: 'staff' })
  await goTo(page, '/customers?sort=openYen')
  const [first] = (await askConsole<{ items: CustomerRow[] }>('/api/customers?sort=openYen&limit=1', { as: 'admin' }))
    .items
  await page
    .getByRole('link', { name: fill(words.customer.open_row, { name: first?.name ?? '' }) })
    .first()
    .waitFor()
  const totals = await askConsole<{ count: number }>('/api/customers/totals', { as: 'admin' })
  const sums = page.getByLabel(words.customer.totals, { exact: true })
  await expect.poll(() => sums.innerText()).toContain(totals.count.toLocaleString('ja-JP'))
  expect(await findViolations(page)).toEqual([])
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: first?.name ?? '', level: 1 }).waitFor()
  await page.getByText(fill(words.limit.used, { used: (first?.openYen ?? 0).toLocaleString('ja-JP') })).waitFor()
  expect(await findViolations(page)).toEqual([])
})
