/** NP postpaid beside the main road: another shipping day, a carrier's number that cannot be, a bill beside the list, a setting. */
import { describe, expect } from 'vitest'
import type { RescueSheet } from '@choba/shared/contracts/rescue.ts'
import type { InvoiceDetail } from '@choba/shared/contracts/invoices.ts'
import { addDays } from '@choba/shared/dates.ts'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { askConsole } from './setup/api.ts'
import { test } from './setup/browser-test.ts'
import { providerDay } from './setup/clock.ts'
import { placeOrder, untilStatus } from './setup/orders.ts'
import { openPayment, startAction, timeline } from './pages/payment.ts'
import { goTo } from './pages/sign-in.ts'

const words = labels('ja')

describe('the planned shipping day', () => {
  test('is moved on the payment’s page, where its history says so, and for many at once', async ({ open }) => {
    const [first, second] = [
      await placeOrder({ method: 'np_postpaid', amountYen: 3_300, becomes: 'authorized' }),
      await placeOrder({ method: 'np_postpaid', amountYen: 4_400, becomes: 'authorized' }),
    ]
    const page = await open({ as: 'staff' })
    const today = await providerDay()
    await openPayment(page, first)
    const dialog = await startAction(page, 'plan_shipping')
    await dialog.getByLabel(words.plan_shipping.day).fill(addDays(today, 3))
    await dialog.getByRole('button', { name: words.action_do.plan_shipping }).click()
    const moved = fill(words.event.ship_date_planned, { day: addDays(today, 3).replaceAll('-', '/') })
    await timeline(page).filter({ hasText: moved }).waitFor()

    await goTo(page, '/shipments')
    for (const { orderNumber } of [first, second])
      await page.getByRole('checkbox', { name: fill(words.plan_shipping.select, { order: orderNumber }) }).check()
    await page.getByRole('button', { name: fill(words.plan_shipping.many, { count: '2' }) }).click()
    const many = page.getByRole('dialog')
    await many.getByLabel(words.plan_shipping.day).fill(addDays(today, -1))
    await many.getByRole('button', { name: words.action_do.plan_shipping }).click()
    await many.getByText(words.plan_shipping.past).first().waitFor()
    await many.getByLabel(words.plan_shipping.day).fill(addDays(today, 5))
    await many.getByRole('button', { name: words.action_do.plan_shipping }).click()
    await page.getByText(fill(words.plan_shipping.moved, { count: '2' })).waitFor()
    for (const { id } of [first, second])
      expect((await askConsole<RescueSheet>(`/api/rescue/${id}`, { as: 'staff' })).shipOn).toBe(addDays(today, 5))
  })
})

test('a slip number unlike its carrier’s is stopped in its row, corrected there, and its bill opens beside the list', async ({
  open,
}) => {
  const payment = await placeOrder({ method: 'np_postpaid', amountYen: 5_500, becomes: 'authorized' })
  const page = await open({ as: 'staff' })
  await goTo(page, `/shipments?q=${payment.orderNumber}`)
  const slip = page.getByLabel(fill(words.shipments.row_slip, { order: payment.orderNumber }))
  await page.getByLabel(fill(words.shipments.row_carrier, { order: payment.orderNumber })).selectOption('59010')
  await slip.fill('12345')
  await page.getByText(words.shipments.slip_unlike).waitFor()
  expect(await page.getByRole('button', { name: words.shipments.report_none }).isDisabled()).toBe(true)
  await slip.fill('4123-4567-8904')
  await page.getByRole('button', { name: fill(words.shipments.report, { count: '1' }) }).click()
  await untilStatus(payment.id, 'captured')

  await goTo(page, `/invoices?q=${payment.orderNumber}`)
  await page.getByRole('row').filter({ hasText: payment.orderNumber }).getByRole('link').first().click()
  const drawer = page.getByRole('dialog', { name: words.invoices.detail })
  const bill = await askConsole<InvoiceDetail>(`/api/invoices/${payment.id}`, { as: 'staff' })
  await drawer.getByText(bill.invoice.providerId ?? '').waitFor()
  await drawer.getByText(words.invoice_state[bill.invoice.state]).waitFor()
  await drawer.getByRole('listitem').filter({ hasText: '4123-4567-8904' }).waitFor()
  expect(page.url()).toContain(`open=${payment.id}`)
  await drawer.getByRole('link', { name: words.invoices.to_payment }).click()
  await page.getByRole('heading', { name: payment.orderNumber, level: 1 }).waitFor()
})

test('an admin says after how many hours a review is long; others do not see the setting', async ({ open }) => {
  const page = await open({ as: 'admin' })
  await goTo(page, '/contracts')
  const panel = page.getByRole('region', { name: words.connection_settings.title })
  // NP's stands first.
  const form = panel.getByRole('form').first()
  const hours = form.getByLabel(words.connection_setting.longReviewHours)
  const save = form.getByRole('button', { name: words.connection_settings.save })
  await hours.fill('200')
  await panel.getByText(fill(words.connection_settings.range, { min: 1, max: 168 })).waitFor()
  expect(await save.isDisabled()).toBe(true)
  await hours.fill('6')
  await save.click()
  await page.getByText(words.connection_settings.saved).waitFor()
  await page.reload()
  await expect.poll(() => hours.inputValue()).toContain('6')
  // As it was for the tests behind this one.
  await hours.fill('3')
  await save.click()
  await page.getByText(words.connection_settings.saved).waitFor()

  const accountant = await open({ as: 'accountant' })
  await goTo(accountant, '/contracts')
  await accountant.getByRole('heading', { name: words.contracts.title }).waitFor()
  expect(await accountant.getByText(words.connection_settings.title).count()).toBe(0)
})
