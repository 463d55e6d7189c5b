import { describe, expect } from 'vitest'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { getPayment } from './setup/api.ts'
import { test } from './setup/browser-test.ts'
import { placeOrder, untilStatus } from './setup/orders.ts'
import {
  accepted,
  actionButton,
  fillAmount,
  openOtherActions,
  openPayment,
  readOutcome,
  sendAction,
  startAction,
  statusBadge,
  timeline,
} from './pages/payment.ts'

const words = labels('ja')

describe('a card payment', () => {
  test('is captured in part: shown before, accepted first, then confirmed in the timeline', async ({ open }) => {
    const payment = await placeOrder({ method: 'card', amountYen: 8_640, becomes: 'authorized' })
    const page = await open({ as: 'staff' })
    await openPayment(page, payment)
    const dialog = await startAction(page, 'capture')
    await fillAmount(dialog, '6,480')
    expect(await readOutcome(dialog, words.dialog.status_after)).toEqual([
      words.status.authorized,
      words.status.captured,
    ])
    expect(await readOutcome(dialog, words.dialog.billed)).toEqual(['8,640', '8,640'])
    expect(await readOutcome(dialog, words.dialog.captured)).toEqual(['0', '6,480'])
    await dialog.getByRole('combobox', { name: words.dialog.reason }).fill('一部欠品')
    await sendAction(dialog, 'capture')

    await accepted(page, 'capture', payment).waitFor()
    const confirmed = timeline(page).filter({ hasText: fill(words.event.captured, { amount: '6,480' }) })
    await confirmed.waitFor()
    expect(await confirmed.innerText()).toMatch(/一部欠品[\s\S]*佐藤 美咲 → /)
    await expect.poll(() => statusBadge(page).innerText()).toContain(words.status.captured)
    expect((await getPayment(payment.id)).payment).toMatchObject({ capturedYen: 6_480, refundedYen: 0 })
  })

  test('is refunded in part, up to what was captured and not a yen more', async ({ open }) => {
    const payment = await placeOrder({ method: 'card', amountYen: 5_000, becomes: 'authorized' })
    const page = await open({ as: 'admin' })
    await openPayment(page, payment)
    await sendAction(await startAction(page, 'capture'), 'capture')
    await timeline(page)
      .filter({ hasText: fill(words.event.captured, { amount: '5,000' }) })
      .waitFor()

    const dialog = await startAction(page, 'refund')
    await fillAmount(dialog, '5,001')
    await dialog.getByText(fill(words.dialog.amount_too_large, { amount: '5,000' })).waitFor()
    await fillAmount(dialog, '１，２００')
    expect(await readOutcome(dialog, words.dialog.refunded)).toEqual(['0', '1,200'])
    await sendAction(dialog, 'refund')
    await timeline(page)
      .filter({ hasText: fill(words.event.refunded, { amount: '1,200' }) })
      .waitFor()
    expect((await getPayment(payment.id)).payment).toMatchObject({ status: 'captured', refundedYen: 1_200 })
  })

  test('is captured once when the button is pressed twice', async ({ open }) => {
    const payment = await placeOrder({ method: 'card', amountYen: 2_160, becomes: 'authorized' })
    const page = await open({ as: 'staff' })
    await openPayment(page, payment)
    const dialog = await startAction(page, 'capture')
    await dialog.getByRole('button', { name: words.action_do.capture }).dblclick()
    await timeline(page)
      .filter({ hasText: fill(words.event.captured, { amount: '2,160' }) })
      .waitFor()
    const { operations } = await getPayment(payment.id)
    expect(operations.filter(({ kind }) => kind === 'capture')).toHaveLength(1)
  })
})

describe('an NP postpaid payment', () => {
  test('that is on hold says why, and is cancelled to free the customer', async ({ open }) => {
    const payment = await placeOrder({
      method: 'np_postpaid',
      amountYen: 3_240,
      steering: 're009-stays',
      becomes: 'on_hold',
    })
    const page = await open({ as: 'staff' })
    await openPayment(page, payment)
    await page.getByText(words.reason.RE009).first().waitFor()
    const dialog = await startAction(page, 'cancel')
    expect(await readOutcome(dialog, words.dialog.status_after)).toEqual([words.status.on_hold, words.status.cancelled])
    await sendAction(dialog, 'cancel')
    await accepted(page, 'cancel', payment).waitFor()
    await timeline(page).filter({ hasText: words.event.cancelled }).waitFor()
    await untilStatus(payment.id, 'cancelled')
  })

  test('that is on hold cannot be shipped, and its button says so to keyboard and eye', async ({ open }) => {
    const payment = await placeOrder({
      method: 'np_postpaid',
      amountYen: 3_300,
      steering: 're021-stays',
      becomes: 'on_hold',
    })
    const page = await open({ as: 'staff' })
    await openPayment(page, payment)
    await openOtherActions(page)
    const ship = actionButton(page, 'report_shipment')
    expect(await ship.getAttribute('aria-disabled')).toBe('true')
    await ship.focus()
    await ship.press('Enter')
    expect(await page.getByRole('dialog').count()).toBe(0)
    const said = page.getByRole('listitem').filter({ hasText: words.refusal.not_approved })
    await said.filter({ hasText: fill(words.detail.instead, { action: words.action_do.correct }) }).waitFor()
  })
})

describe('a convenience-store slip', () => {
  test('that nobody has paid is cancelled, after which nothing can be done', async ({ open }) => {
    const payment = await placeOrder({
      method: 'convenience_store',
      amountYen: 4_320,
      steering: 'never',
      becomes: 'awaiting_payment',
    })
    const page = await open({ as: 'staff' })
    await openPayment(page, payment)
    const dialog = await startAction(page, 'cancel')
    await dialog.getByText(words.dialog.cancel_convenience_store).waitFor()
    await sendAction(dialog, 'cancel')
    await timeline(page).filter({ hasText: words.event.cancelled }).waitFor()
    await page.getByRole('listitem').filter({ hasText: words.refusal.payment_ended }).first().waitFor()
  })
})

describe('an accountant', () => {
  test('reads the journal and is told that acting is for others', async ({ open }) => {
    const payment = await placeOrder({ method: 'card', amountYen: 1_980, becomes: 'authorized' })
    const page = await open({ as: 'accountant' })
    await openPayment(page, payment)
    // Many, and none of them for an accountant: they are folded away.
    await page.getByRole('group', { name: words.detail.actions, exact: true }).locator('summary').click()
    for (const action of ['capture', 'cancel'] as const) {
      expect(await actionButton(page, action).getAttribute('aria-disabled')).toBe('true')
    }
    await page.getByRole('listitem').filter({ hasText: words.refusal.role_forbids }).first().waitFor()
    await actionButton(page, 'capture').click({ force: true })
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.getByRole('region', { name: words.detail.journal }).waitFor()
    expect(await page.getByText(words.detail.journal_forbidden).count()).toBe(0)
  })
})
