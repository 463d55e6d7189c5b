/** A payment link from both ends: the clerk who makes it, and the customer who pays by it on the provider's page. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { PaymentLinkDetail } from '@choba/shared/contracts/payment-links.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import { METHODS, type Method } from '@choba/shared/methods.ts'
import { askConsole } from '../setup/api.ts'
import type { OpenOptions } from '../setup/browser-test.ts'
import { goTo } from './sign-in.ts'

const words = labels('ja')
const { payment_link_form: form } = words

export interface LinkOrder {
  methods: readonly Method[]
  amountYen: number
  /** The part of the customer's mail that steers the pretend provider. */
  steering?: string
  /** Charged each month by the provider; once where nothing is said. */
  billing?: 'billing_charged' | 'billing_free'
}

export type CustomerSite = 'pc' | 'smartphone' | 'mobile_phone'

/** What the customer holds. The mobile phone runs no script. */
export const DEVICES: Record<CustomerSite, NonNullable<OpenOptions['context']>> = {
  pc: { viewport: { width: 1280, height: 800 } },
  smartphone: {
    viewport: { width: 390, height: 844 },
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
  },
  mobile_phone: {
    viewport: { width: 240, height: 320 },
    userAgent: 'DoCoMo/2.0 P903i(c100;TB;W24H12)',
    javaScriptEnabled: false,
  },
}

export async function makeLink(
  staff: Page,
  { methods, amountYen, steering = 'ok', billing }: LinkOrder,
): Promise<string> {
  const key = crypto.randomUUID().slice(0, 8)
  await goTo(staff, '/links/new')
  await staff.getByRole('heading', { name: form.title, level: 1 }).waitFor()
  for (const method of METHODS)
    await staff.getByRole('checkbox', { name: words.method[method], exact: true }).setChecked(methods.includes(method))
  if (billing !== undefined) await staff.getByRole('radio', { name: form[billing], exact: true }).click()
  const entered = {
    orderNumber: `LINK-${key}`,
    itemName: '銘茶〜詰合せ',
    amount: String(amountYen),
    name: '帳場 花子',
    kana: 'チョウバ ハナコ',
    email: `${steering}+${key}@example.jp`,
    phone: '090-0123-4567',
    zip: '150-0001',
    address: '東京都渋谷区神宮前1-2-3',
  }
  for (const [name, text] of Object.entries(entered)) await staff.locator(`[name="${name}"]`).fill(text)
  await staff.getByRole('button', { name: form.submit }).click()
  await staff.getByRole('heading', { name: entered.orderNumber, level: 1 }).waitFor()
  return new URL(staff.url()).pathname.split('/').at(-1) ?? ''
}

export function getLink(id: string): Promise<PaymentLinkDetail> {
  return askConsole(`/api/payment-links/${id}`, { as: 'staff' })
}

/** From the link's address to the provider's page: by itself, or by the button where no script runs. */
export async function followLink(customer: Page, id: string, site: CustomerSite): Promise<void> {
  await customer.goto((await getLink(id)).url)
  if (site === 'mobile_phone') await customer.getByRole('button', { name: words.pay_page.go }).click()
  await customer.waitForURL(/FepBuyInfoReceive|\/f01\//)
  expect(await customer.evaluate('document.characterSet')).toBe('Shift_JIS')
}

export async function enterCard(customer: Page, number = '4111111111111111', code = '123'): Promise<void> {
  await customer.locator('[name="cc_number"]').fill(number)
  await customer.locator('[name="security_code"]').fill(code)
  await customer.locator('[name="cc_month"]').selectOption('12')
  await customer.locator('[name="cc_year"]').selectOption({ index: 3 })
  await customer.getByRole('button', { name: '支払う', exact: true }).click()
}

/** Where scripts run the browser goes by itself. */
export async function goHome(customer: Page, site: CustomerSite, way: 'success' | 'error' | 'cancel'): Promise<void> {
  if (site === 'mobile_phone' && way !== 'cancel') await customer.getByRole('button', { name: 'お店に戻る' }).click()
  await customer.waitForURL(new RegExp(`/pay/[^/]+/${way}$`))
}

/** The link's page in the console says so without being touched. */
export async function untilLinkIs(staff: Page, state: keyof typeof words.payment_link_state): Promise<void> {
  await staff.getByRole('main').getByText(words.payment_link_state[state], { exact: true }).first().waitFor()
}
