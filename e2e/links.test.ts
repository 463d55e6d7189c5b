/** A link that staff make is paid on the provider's page, in a browser, by each method on each kind of device. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { getPayment } from './setup/api.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'
import { moveClock } from './setup/clock.ts'
import { untilStatus } from './setup/orders.ts'
import { openLedger } from './pages/ledger.ts'
import {
  type CustomerSite,
  DEVICES,
  enterCard,
  followLink,
  getLink,
  goHome,
  makeLink,
  untilLinkIs,
} from './pages/payment-link.ts'

const words = labels('ja')
const SITES = Object.keys(DEVICES) as CustomerSite[]
const REFUSED_CARD = '4000000000000002'

/** In the ledger that was open all the while. */
async function appears(ledger: Page, orderNumber: string): Promise<void> {
  await ledger.getByRole('button', { name: fill(words.ledger.row_open, { order: orderNumber }) }).waitFor()
}

/** Beside each other, as in a shop: the ledger that stays open, the clerk, and the customers. */
test.for(SITES)('on the site %s a card pays after a refusal, and NP is applied for', async (site, { open }) => {
  const ledger = await open({ as: 'accountant' })
  const staff = await open({ as: 'staff' })
  await openLedger(ledger)
  const byCard = await makeLink(staff, { methods: ['card'], amountYen: 12_000 })
  const customer = await open({ context: DEVICES[site] })
  await followLink(customer, byCard, site)
  await enterCard(customer, REFUSED_CARD)
  await customer.getByText('10136999').waitFor()
  expect(await customer.locator('[name="cc_number"]').inputValue()).toBe('')
  await customer.getByRole('button', { name: '支払わずにお店に戻る' }).click()
  await goHome(customer, site, 'error')
  await customer.getByText(words.pay_page.failed).waitFor()
  await untilLinkIs(staff, 'failed')

  await customer.getByRole('link', { name: words.pay_page.again }).click()
  if (site === 'mobile_phone') await customer.getByRole('button', { name: words.pay_page.go }).click()
  await customer.getByRole('button', { name: 'キャンセルしてお店に戻る' }).click()
  await goHome(customer, site, 'cancel')
  await customer.getByText(words.pay_page.gave_up).waitFor()
  expect(await getLink(byCard)).toMatchObject({ paymentId: null })

  await followLink(customer, byCard, site)
  await enterCard(customer)
  await goHome(customer, site, 'success')
  await customer.getByText(words.pay_page.paid).waitFor()
  await untilLinkIs(staff, 'paid')
  const paid = await getLink(byCard)
  expect(paid).toMatchObject({ state: 'paid', method: 'card', site, paymentStatus: 'authorized' })
  await appears(ledger, paid.orderNumber)

  const byNp = await makeLink(staff, { methods: ['np_postpaid'], amountYen: 8_000 })
  await followLink(customer, byNp, site)
  await customer.getByText('東京都渋谷区神宮前').waitFor()
  await customer.getByRole('button', { name: '申し込む' }).click()
  await goHome(customer, site, 'success')
  await customer.getByText(words.pay_page.paid).waitFor()
  const approved = await getLink(byNp)
  expect(approved).toMatchObject({ state: 'paid', method: 'np_postpaid', site, paymentStatus: 'authorized' })
  await appears(ledger, approved.orderNumber)
})

test('stores take the money of each site, and the deposit notice tells the open ledger', async ({ open }) => {
  const ledger = await open({ as: 'accountant' })
  await openLedger(ledger, 'method=convenience_store')
  const staff = await open({ as: 'staff' })
  const ordered: { id: string; orderNumber: string; paymentId: string }[] = []
  for (const site of SITES) {
    const id = await makeLink(staff, { methods: ['card', 'convenience_store'], amountYen: 3_240, steering: 'paynow' })
    const customer = await open({ context: DEVICES[site] })
    await followLink(customer, id, site)
    await customer.getByRole('radio', { name: 'コンビニ払い' }).check()
    await customer.getByRole('button', { name: '次へ' }).click()
    await customer.getByRole('radio', { name: 'ファミリーマート' }).check()
    await customer.getByRole('button', { name: '申し込む' }).click()
    await customer.getByText('20020').first().waitFor()
    await customer.getByRole('button', { name: 'お店に戻る' }).click()
    await customer.getByText(words.pay_page.ordered_store).waitFor()
    await untilLinkIs(staff, 'ordered')
    const { orderNumber, paymentId, state } = await getLink(id)
    expect(state).toBe('ordered')
    await appears(ledger, orderNumber)
    ordered.push({ id, orderNumber, paymentId: paymentId ?? '' })
  }
  await moveClock(await open(), 2)
  for (const { id, paymentId } of ordered) {
    await untilStatus(paymentId, 'captured')
    expect(await getLink(id)).toMatchObject({ state: 'paid' })
    expect((await getPayment(paymentId)).payment).toMatchObject({ amountYen: 3_240, capturedYen: 3_240 })
  }
  for (const { orderNumber } of ordered)
    await ledger
      .getByRole('row')
      .filter({ hasText: orderNumber })
      .getByText(words.status.captured, { exact: true })
      .waitFor()
})

test('a link that staff take back meanwhile takes no money', async ({ open }) => {
  const staff = await open({ as: 'staff' })
  const id = await makeLink(staff, { methods: ['card'], amountYen: 5_000 })
  const customer = await open({ context: DEVICES.pc })
  await followLink(customer, id, 'pc')
  const { payment_links: own } = words
  await staff.getByRole('button', { name: own.cancel, exact: true }).click()
  await staff.getByRole('dialog').getByRole('button', { name: own.cancel, exact: true }).click()
  await staff.getByRole('dialog').waitFor({ state: 'detached' })
  await untilLinkIs(staff, 'cancelled')
  const cancel = staff.getByRole('button', { name: own.cancel, exact: true })
  const reason = fill(own.ended, { state: words.payment_link_state.cancelled })
  expect([await cancel.getAttribute('aria-disabled'), await cancel.getAttribute('aria-description')]).toEqual([
    'true',
    reason,
  ])
  await enterCard(customer)
  await goHome(customer, 'pc', 'error')
  await customer.getByText(words.pay_page.cancelled).waitFor()
  expect(await getLink(id)).toMatchObject({ state: 'cancelled', paymentId: null })
  await customer.goto((await getLink(id)).url)
  await customer.getByText(words.pay_page.cancelled).waitFor()
})

test('the pages that staff and customers see are readable by everyone', async ({ open }) => {
  const staff = await open({ as: 'staff' })
  const id = await makeLink(staff, { methods: ['card', 'convenience_store', 'np_postpaid'], amountYen: 9_800 })
  const { orderNumber } = await getLink(id)
  await staff.getByText(fill(words.payment_link_form.created, { order: orderNumber })).waitFor()
  expect(await findViolations(staff)).toEqual([])
  await staff.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await staff.getByRole('button', { name: words.payment_links.copy, exact: true }).click()
  await expect.poll(() => staff.evaluate<string>('navigator.clipboard.readText()')).toBe((await getLink(id)).url)
  const customer = await open({ context: DEVICES.smartphone })
  await followLink(customer, id, 'smartphone')
  expect(await findViolations(customer)).toEqual([])
  for (const method of ['クレジットカード', 'コンビニ払い', 'NP後払い']) {
    await customer.getByRole('radio', { name: method }).check()
    await customer.getByRole('button', { name: '次へ' }).click()
    expect(await findViolations(customer)).toEqual([])
    await customer.getByRole('link', { name: 'お支払い方法を選び直す' }).click()
  }
})
