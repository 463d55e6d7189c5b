import type { Locator, Page } from 'playwright-core'
import { inject } from 'vitest'
import { labels } from '@choba/shared/labels/labels.ts'

const words = labels('ja')

export async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(`${inject('product').url}${path}`)
}

export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByRole('textbox', { name: words.sign_in.email }).fill(email)
  await page.getByLabel(words.sign_in.password, { exact: true }).fill(password)
  await signInButton(page).click()
}

export function signInButton(page: Page): Locator {
  return page.getByRole('button', { name: words.sign_in.submit, exact: true })
}

export async function openUserMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.app.account }).click()
  await page.getByRole('menuitem', { name: words.app.sign_out, exact: true }).waitFor()
}
