/** An invoice for the parcel, from the workbench to the shipment report, in a browser. */
import { expect } from 'vitest'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'
import { placeOrder, untilStatus } from './setup/orders.ts'
import { openPayment } from './pages/payment.ts'
import { goTo } from './pages/sign-in.ts'

const { invoice_print: words, print_refusal, shipments, plan_shipping, app } = labels('ja')

test('a bundled invoice is printed, marked, and its day of issue is reported with the slip number', async ({
  open,
}) => {
  const family = `同梱${crypto.randomUUID().slice(0, 4)}`
  const order = { method: 'np_postpaid', amountYen: 6_000, name: family, becomes: 'authorized' } as const
  const [bundled, separate] = [
    await placeOrder({ ...order, invoice: 'bundled' }),
    await placeOrder({ ...order, phone: '090-0123-4568' }),
  ]
  const staff = await open({ as: 'staff' })
  await goTo(staff, `/shipments?q=${encodeURIComponent(family)}`)
  await staff.getByRole('checkbox', { name: plan_shipping.select_all }).check()
  await staff.getByRole('button', { name: fill(words.many, { count: '2' }) }).click()

  const dialog = staff.getByRole('dialog', { name: words.title })
  const refusal = dialog.getByRole('row', { name: separate.orderNumber })
  expect(await refusal.innerText()).toContain(print_refusal.not_bundled)
  expect(await findViolations(staff)).toEqual([])
  await dialog.getByRole('button', { name: fill(words.print, { count: '1' }) }).click()
  const address = await dialog.getByRole('link', { name: words.open }).getAttribute('href')
  const file = await staff.request.get(new URL(address ?? '', staff.url()).href)
  expect(file.headers()['content-type']).toBe('application/pdf')
  expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-')
  await dialog.getByRole('button', { name: app.close }).last().click()

  const row = staff.getByRole('row', { name: bundled.orderNumber })
  await row.getByText(fill(words.printed_on, { day: '' }).trim()).waitFor()
  const day = row.getByLabel(fill(shipments.row_bill_day, { order: bundled.orderNumber }))
  expect(await day.inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  await row.getByLabel(fill(shipments.row_carrier, { order: bundled.orderNumber })).selectOption('59010')
  await row.getByLabel(fill(shipments.row_slip, { order: bundled.orderNumber })).fill('400000000011')
  await staff.getByRole('button', { name: fill(shipments.report, { count: '1' }) }).click()
  const shipped = await untilStatus(bundled.id, 'captured')

  await openPayment(staff, shipped)
  const section = staff.getByRole('region', { name: words.section })
  await section.getByRole('link').waitFor()
  await section.getByText(print_refusal.shipped).waitFor()
  expect(await section.getByRole('button', { name: words.reprint }).getAttribute('aria-disabled')).toBe('true')
})
