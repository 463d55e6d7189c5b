import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import type { SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import type { SubscriptionAction } from '@choba/shared/states/subscription.ts'
import { askConsole } from '../setup/api.ts'
import { goTo } from './sign-in.ts'

const words = labels('ja')
const form = words.subscription_form

export interface NpSubscription {
  shop: string
  name: string
  email: string
  goods: string
  priceYen: number
  /** The day of the first cycle; one each week follows. */
  firstOn: string
}

/** Typed from scratch as a clerk does, for every week; answers its id. */
export async function makeSubscription(page: Page, subscription: NpSubscription): Promise<string> {
  await goTo(page, '/subscriptions')
  await page.getByRole('link', { name: words.subscriptions.new }).first().click()
  await page.getByRole('heading', { name: form.title, level: 1 }).waitFor()
  await page.getByRole('combobox', { name: form.shop }).click()
  await page.getByRole('option', { name: subscription.shop }).click()
  const texts = {
    'customer.name': subscription.name,
    'customer.phone': '090-5550-4321',
    'customer.zip': '150-0001',
    'customer.address': '東京都渋谷区神宮前1-2-3',
    'customer.email': subscription.email,
    'lines.0.name': subscription.goods,
    'lines.0.price': String(subscription.priceYen),
    firstOn: subscription.firstOn,
  }
  for (const [name, text] of Object.entries(texts)) await page.locator(`[name="${name}"]`).fill(text)
  await page.getByRole('combobox', { name: form.unit, exact: true }).click()
  await page.getByRole('option', { name: form.unit_week }).click()
  await page.getByRole('button', { name: form.submit }).click()
  await page.waitForURL(/\/subscriptions\/[0-9a-f-]{36}$/)
  return page.url().slice(-36)
}

export function getSubscription(id: string): Promise<SubscriptionDetail> {
  return askConsole(`/api/subscriptions/${id}`, { as: 'admin' })
}

/** `state` of the cycle, once it is so. */
export async function untilCycleIs(id: string, number: number, state: string): Promise<SubscriptionDetail> {
  async function read(): Promise<string | undefined> {
    return (await getSubscription(id)).cycles.find((cycle) => cycle.number === number)?.state
  }
  await expect.poll(read, { timeout: 60_000, interval: 300 }).toBe(state)
  return getSubscription(id)
}

export function subscriptionButton(page: Page, action: SubscriptionAction) {
  return page
    .getByRole('group', { name: words.subscription_detail.actions, exact: true })
    .getByRole('button', { name: words.subscription_action[action], exact: true })
}

/** Presses the action, confirms it, and waits until the console has taken it. */
export async function actOnSubscription(
  page: Page,
  action: Exclude<SubscriptionAction, 'change'>,
  done: string,
): Promise<void> {
  await subscriptionButton(page, action).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: words.subscription_act[`${action}_do`], exact: true }).click()
  await page.getByText(done).first().waitFor()
  await dialog.waitFor({ state: 'hidden' })
}

export function sayDone(done: keyof typeof words.subscription_act, values: Record<string, string | number>): string {
  return fill(words.subscription_act[done], values)
}
