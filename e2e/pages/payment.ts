import type { Locator, Page } from 'playwright-core'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import type { PaymentAction } from '@choba/shared/states/payment.ts'
import { goTo } from './sign-in.ts'

const words = labels('ja')

export async function openPayment(page: Page, payment: PaymentRow): Promise<void> {
  await goTo(page, `/payments/${payment.id}`)
  await page.getByRole('heading', { name: payment.orderNumber, level: 1 }).waitFor()
}

export function actionButton(page: Page, action: PaymentAction): Locator {
  return page.getByRole('group', { name: words.detail.actions }).getByRole('button', { name: words.action_do[action] })
}

/** Where a method has many actions, those that are not possible now are folded away. */
export async function openOtherActions(page: Page): Promise<void> {
  await page
    .getByRole('group', { name: words.detail.actions })
    .getByText(/^その他の操作/)
    .click()
}

/** The dialog of an action, before it is sent. */
export async function startAction(page: Page, action: PaymentAction): Promise<Locator> {
  await actionButton(page, action).click()
  return page.getByRole('dialog', { name: new RegExp(`^${words.action[action]} `) })
}

export async function fillAmount(dialog: Locator, amount: string): Promise<void> {
  await dialog.getByRole('textbox', { name: words.dialog.amount }).fill(amount)
}

export async function sendAction(dialog: Locator, action: PaymentAction): Promise<void> {
  await dialog.getByRole('button', { name: words.action_do[action] }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** What stands before and after, by the name of its row. */
export async function readOutcome(dialog: Locator, name: string): Promise<string[]> {
  const row = dialog.getByRole('row').filter({ has: dialog.page().getByRole('cell', { name, exact: true }) })
  await row.waitFor()
  const [, before = '', after = ''] = await row.getByRole('cell').allInnerTexts()
  return [before.trim(), after.trim()]
}

export function timeline(page: Page): Locator {
  return page.getByRole('region', { name: words.detail.timeline }).getByRole('listitem')
}

/** The header's badge; the same words stand in lists of related payments too. */
export function statusBadge(page: Page): Locator {
  return page
    .getByRole('main')
    .getByRole('banner')
    .or(page.locator('header', { has: page.getByRole('heading', { level: 1 }) }))
}

export function accepted(page: Page, action: 'capture' | 'cancel' | 'refund', payment: PaymentRow): Locator {
  return page.getByText(fill(words.action_accepted[action], { order: payment.orderNumber }))
}
