/** Whoever only reads has a customer shown to them for a reason, and an admin finds that in the log and erases the customer. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { ErasureOutlook } from '@choba/shared/contracts/privacy.ts'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { goTo } from './pages/sign-in.ts'
import { askConsole } from './setup/api.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'

const words = labels('ja')
/** As `use-reveal` has it. */
const SHOWN_FOR_MS = 5 * 60_000
const REASON = 'お客様からの問い合わせ'

type Customer = { readonly id: string; readonly name: string; readonly phone: string; readonly email: string }

/** Nothing of theirs is open any more. */
async function findErasable(): Promise<Customer> {
  const { items } = await askConsole<{ items: Customer[] }>('/api/customers?limit=200', { as: 'admin' })
  for (const customer of items) {
    const { open } = await askConsole<ErasureOutlook>(`/api/customers/${customer.id}/erasure`, { as: 'admin' })
    if (open.length === 0) return customer
  }
  throw new Error('every customer of the demo has something open')
}

function reveal(page: Page) {
  return page.getByRole('button', { name: words.reveal.show, exact: true })
}

test('a customer is shown for a reason, masked again after a while and on leaving, told to the log, and erased for good', async ({
  open,
}) => {
  const customer = await findErasable()
  const { items } = await askConsole<{ items: Array<{ id: string }> }>(`/api/customers/${customer.id}/payments`, {
    as: 'admin',
  })
  const paymentId = items[0]?.id ?? ''

  const reader = await open({ as: 'read_only' })
  await reader.clock.install()
  await goTo(reader, `/payments/${paymentId}`)
  await reveal(reader).click()
  const dialog = reader.getByRole('dialog', { name: words.reveal.title })
  await dialog.getByText(fill(words.reveal.left, { left: 20, perHour: 20 })).waitFor()
  await dialog.getByRole('button', { name: words.reveal.do_show, exact: true }).click()
  await dialog.getByText(words.reveal.reason_missing).waitFor()
  expect(await findViolations(reader)).toEqual([])
  expect(await reader.getByText(customer.name).count()).toBe(0)
  await dialog.getByRole('combobox', { name: words.reveal.reason }).click()
  await reader.getByRole('option', { name: REASON, exact: true }).click()
  await dialog.getByRole('button', { name: words.reveal.do_show, exact: true }).click()
  await reader.getByText(customer.name).first().waitFor()
  await reader.getByText(customer.phone).first().waitFor()
  await reader.clock.fastForward(SHOWN_FOR_MS - 10_000)
  expect(await reader.getByText(customer.name).count()).toBeGreaterThan(0)
  await reader.clock.fastForward(20_000)
  await reveal(reader).waitFor()
  expect(await reader.getByText(customer.name).count()).toBe(0)

  // Shown again, another page, and back: nothing was kept.
  await reveal(reader).click()
  await dialog.getByRole('combobox', { name: words.reveal.reason }).fill('配送先の確認')
  await dialog.getByRole('button', { name: words.reveal.do_show, exact: true }).click()
  await reader.getByText(customer.name).first().waitFor()
  await reader.getByRole('link', { name: words.order_record.open }).click()
  await reader.getByRole('button', { name: words.reveal.hide }).waitFor({ state: 'hidden' })
  await reader.goBack()
  await reveal(reader).waitFor()
  expect(await reader.getByText(customer.name).count()).toBe(0)

  const admin = await open({ as: 'admin' })
  await goTo(admin, `/settings/audit?action=payment.reveal&subjectId=${paymentId}`)
  await admin.getByRole('button', { name: words.audit_log.open }).nth(1).click()
  await admin.getByRole('dialog').getByText(REASON).waitFor()

  await goTo(admin, `/customers/${customer.id}`)
  await admin.getByRole('heading', { name: customer.name, level: 1 }).waitFor()
  // An admin reads plainly, and is asked for no reason.
  expect(await reveal(admin).count()).toBe(0)
  await admin.getByRole('button', { name: words.privacy.erase, exact: true }).click()
  const erasing = admin.getByRole('dialog', { name: words.privacy.erase_title })
  await erasing.getByLabel(words.privacy.reason).fill('本人の求め')
  expect(await findViolations(admin)).toEqual([])
  await erasing.getByRole('button', { name: words.privacy.do_erase, exact: true }).click()
  await admin.getByText(words.privacy.erased_done).waitFor()
  await goTo(admin, `/payments/${paymentId}`)
  await admin
    .getByText(/^消去済 [0-9a-f]{8}$/)
    .first()
    .waitFor()
  for (const text of [customer.name, customer.phone, customer.email])
    expect([text, text === '' ? 0 : await admin.getByText(text).count()]).toEqual([text, 0])
})
