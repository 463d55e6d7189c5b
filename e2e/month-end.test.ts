/** Over the end of a month: the provider charges a card again by itself, and the closings of card and store are walked. */
import { expect } from 'vitest'
import { addDays, addMonths, daysBetween, firstOfMonth } from '@choba/shared/dates.ts'
import type { PayoutComparison, PayoutDetail, PayoutRow } from '@choba/shared/contracts/payouts.ts'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { askConsole, listPayments } from './setup/api.ts'
import { findViolations } from './setup/axe.ts'
import { type Open, test } from './setup/browser-test.ts'
import { moveClock, providerDay } from './setup/clock.ts'
import { DEVICES, enterCard, followLink, getLink, goHome, makeLink, untilLinkIs } from './pages/payment-link.ts'
import { goTo } from './pages/sign-in.ts'
import { getSubscription, untilCycleIs } from './pages/subscription.ts'

const words = labels('ja')
const PRICE_YEN = 3_300
const LONG = { timeout: 180_000 }

test('a link for every month is paid by card, and the provider’s next charge is heard', LONG, async ({ open }) => {
  const staff = await open({ as: 'staff' })
  const linkId = await makeLink(staff, { methods: ['card'], amountYen: PRICE_YEN, billing: 'billing_charged' })
  const customer = await open({ context: DEVICES.pc })
  await followLink(customer, linkId, 'pc')
  await enterCard(customer)
  await goHome(customer, 'pc', 'success')
  await customer.getByText(words.pay_page.paid).waitFor()
  await untilLinkIs(staff, 'paid')
  const { orderNumber, subscriptionId } = await getLink(linkId)
  const { code } = await getSubscription(subscriptionId ?? '')

  await goTo(staff, '/subscriptions')
  await staff.getByRole('link', { name: fill(words.subscriptions.open, { code }) }).click()
  await staff.getByRole('link', { name: orderNumber, exact: true }).waitFor()
  expect(await findViolations(staff)).toEqual([])

  await moveToNextMonth(open)
  await untilCycleIs(subscriptionId ?? '', 2, 'charged')
  // What the month before brought is closed with it; the console hears of that when it next asks.
  await expect
    .poll(() => sold(orderNumber), { timeout: 60_000 })
    .toEqual([
      [PRICE_YEN, 'captured'],
      [PRICE_YEN, 'settled'],
    ])
  const payments = await listPayments(`q=${orderNumber}`)
  for (const payment of payments) await staff.getByRole('link', { name: payment.orderNumber, exact: true }).waitFor()
})

test.for(['card', 'convenience_store'] as const)(
  'an accountant reads what %s brought, line by line against what was expected',
  LONG,
  async (method, { open }) => {
    if ((await closedPayouts(method)).length === 0) await moveToNextMonth(open)
    await expect.poll(async () => (await closedPayouts(method)).length, { timeout: 60_000 }).toBeGreaterThan(0)
    const row = (await closedPayouts(method)).toSorted((a, b) => b.lines - a.lines)[0] as PayoutRow
    const { waterfall, fixedFees, comparison } = await askConsole<PayoutDetail>(`/api/payouts/${row.id}`, {
      as: 'accountant',
    })
    const findings: Partial<PayoutComparison['findings']> = comparison?.findings ?? {}
    expect([findings.matched, findings.amount_differs, findings.fee_differs, findings.unknown]).toEqual([
      expect.any(Number),
      0,
      0,
      0,
    ])
    expect(comparison?.missing.unexplained?.count ?? 0).toBe(0)

    const accountant = await open({ as: 'accountant' })
    await goTo(accountant, `/payouts?method=${method}&shop=${row.shopId}`)
    const name = fill(words.payouts.open, { day: day(row.closingOn) })
    // The hosted page's own service closes on the same day.
    const own = accountant.locator(`[href="/payouts/${row.id}"]`)
    await accountant.getByRole('link', { name, exact: true }).and(own).click()
    await accountant
      .getByRole('heading', { level: 1, name: fill(words.payout.title, { day: day(row.closingOn) }) })
      .waitFor()
    const steps = accountant.locator(`dl[aria-label="${words.payout.waterfall}"]`)
    await steps.waitFor()
    // The last figure of the way down is what the bank receives, and the steps before it add up to it.
    const figures = (await steps.locator('dd.num').allInnerTexts()).map(yenOf)
    expect(figures).toEqual(waterfall.map(({ amountYen }) => amountYen))
    expect(figures.slice(0, -1).reduce((sum, amount) => sum + amount, 0)).toBe(row.transferYen)
    expect(figures.at(-1)).toBe(row.transferYen)
    const fees = accountant.getByRole('table', { name: words.fixed_fee.title })
    expect(await fees.getByRole('row').count()).toBe(fixedFees.length === 0 ? 0 : fixedFees.length + 1)
    await accountant.getByRole('table', { name: words.payout.lines }).first().waitFor()
    expect(await findViolations(accountant)).toEqual([])
  },
)

/** The charges of an order, the last first. */
async function sold(orderNumber: string): Promise<[amountYen: number, status: string][]> {
  return (await listPayments(`q=${orderNumber}`)).map(({ amountYen, status }) => [amountYen, status])
}

async function closedPayouts(method: string): Promise<PayoutRow[]> {
  const path = `/api/payouts?method=${method}&state=closed,paid`
  return (await askConsole<{ items: PayoutRow[] }>(path, { as: 'accountant' })).items
}

/** To its second day: the month before is closed, and what is charged each month is charged. */
async function moveToNextMonth(open: Open): Promise<void> {
  const today = await providerDay()
  await moveClock(await open(), daysBetween(today, addDays(addMonths(firstOfMonth(today), 1), 1)))
}

function day(on: string): string {
  return on.replaceAll('-', '/')
}

function yenOf(text: string): number {
  return Number(text.replace(/,/g, '').replace('−', '-'))
}
