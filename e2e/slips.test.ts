/** A clerk and a convenience-store order: keyed in, its slip handed over, issued anew, and nothing left over. */
import { describe, expect } from 'vitest'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import { listPayments } from './setup/api.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'
import { goTo } from './pages/sign-in.ts'

const words = labels('ja')

describe('a slip taken down by a clerk', () => {
  test('is issued in place, printed for the customer, and issued anew with the old one cancelled', async ({ open }) => {
    const page = await open({ as: 'staff' })
    await goTo(page, '/orders/new')
    await page.getByText(words.method.convenience_store, { exact: true }).click()
    await expect.poll(() => page.locator('[name="orderNumber"]').inputValue()).toMatch(/^TEL-\d{5}$/)
    const orderNumber = await page.locator('[name="orderNumber"]').inputValue()
    const customer = {
      phone: '090-5555-7001',
      name: '払込 花子',
      kana: 'ハライコミ ハナコ',
      email: 'never@example.jp',
      zip: '104-0061',
    }
    for (const [field, value] of Object.entries(customer)) await page.locator(`[name="customer.${field}"]`).fill(value)
    await page.locator('[name="customer.address"]').fill('東京都中央区銀座1-2-3')
    await page.locator('[name="goods.0.name"]').fill('煎茶')
    await page.locator('[name="lines.0.price"]').fill('3240')
    await page.getByRole('button', { name: words.order_form.submit_slip }).click()
    await page.getByText(words.order_result.issued, { exact: true }).waitFor()

    await page.getByRole('link', { name: words.slip_sheet.open }).click()
    const sheet = page.getByRole('article')
    await sheet.getByText(words.slip_number.slip_number, { exact: true }).waitFor()
    expect(await sheet.innerText()).toContain('3,240')
    expect(await sheet.innerText()).toContain('払込 花子 様')
    expect(await findViolations(page)).toEqual([])

    await page.getByRole('link', { name: words.slip_sheet.payment }).click()
    await page.getByRole('button', { name: words.action_do.reissue }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(words.dialog.slip_days).fill('７')
    await dialog.getByRole('button', { name: words.action_do.reissue }).click()
    await expect
      .poll(async () => (await claims(orderNumber)).map((row) => row.status), { timeout: 10_000 })
      .toEqual(['cancelled', 'awaiting_payment'])

    await goTo(page, `/slips?q=${orderNumber}`)
    await page.getByText(words.slip_state.cancelled).first().waitFor()
    await goTo(page, '/zombies')
    await page.getByRole('heading', { name: words.zombies.title }).waitFor()
    expect(await page.getByText(orderNumber).count()).toBe(0)
    expect(await findViolations(page)).toEqual([])
  })
})

test('returns by transfer are read by an accountant, and an empty list says so', async ({ open }) => {
  const page = await open({ as: 'accountant' })
  await goTo(page, '/returns?view=ended')
  await page.getByText(words.customer_returns.none_ended).waitFor()
  expect(await findViolations(page)).toEqual([])
})

async function claims(orderNumber: string): Promise<PaymentRow[]> {
  const rows = (await listPayments(`q=${orderNumber}`)).filter((row) => row.orderNumber === orderNumber)
  // The same order, the same moment: the claim that has ended comes first here.
  return rows.toSorted((a, b) => (b.status === 'cancelled' ? 1 : a.status === 'cancelled' ? -1 : 0))
}
