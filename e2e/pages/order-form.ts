import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { labels } from '@choba/shared/labels/labels.ts'
import { goTo } from './sign-in.ts'

const { order_form: words } = labels('ja')

export interface PhoneOrder {
  shop: string
  name: string
  phone: string
  zip: string
  /** Beyond what the postal code fills in. */
  addressEnd: string
  email: string
  goods: string
  priceYen: number
}

/** Types the order as a clerk on the phone does, and sends it with the keyboard. Answers its number. */
export async function enterOrder(page: Page, order: PhoneOrder): Promise<string> {
  await goTo(page, '/orders/new')
  await page.getByRole('heading', { name: words.title, level: 1 }).waitFor()
  await page.getByRole('combobox', { name: words.shop }).click()
  await page.getByRole('option', { name: order.shop }).click()
  await page.locator('[name="customer.phone"]').fill(order.phone)
  await page.locator('[name="customer.name"]').fill(order.name)
  await page.locator('[name="customer.zip"]').fill(order.zip)
  const address = page.locator('input[name="customer.address"]')
  // The postal code fills in the beginning.
  await expect.poll(() => address.inputValue(), { timeout: 15_000 }).not.toBe('')
  await address.fill(`${await address.inputValue()}${order.addressEnd}`)
  await page.locator('[name="customer.email"]').fill(order.email)
  await page.locator('input[name="goods.0.name"]').fill(order.goods)
  await page.locator('input[name="lines.0.price"]').fill(String(order.priceYen))
  const number = await page.locator('[name="orderNumber"]').inputValue()
  expect(number).toMatch(/^TEL-/)
  await page.keyboard.press('Control+Enter')
  return number
}
