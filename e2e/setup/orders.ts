/** Orders of a test's own, taken in as a shop-front hands them over; the customer's e-mail steers the pretend provider. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject } from 'vitest'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import type { Method } from '@choba/shared/methods.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import { ROOT } from '../../tools/root.ts'
import { askConsole, getPayment } from './api.ts'

export interface NewOrder {
  method: Method
  amountYen: number
  name?: string
  kana?: string
  phone?: string
  /** The part of the address that steers: `hold-stays`, `never`, `paynow`, … */
  steering?: string
  /** Of NP postpaid: in the parcel, or by NP. */
  invoice?: 'separate' | 'bundled'
  /** What the provider makes of it; waited for. */
  becomes: PaymentStatus
}

interface SbpsAccount {
  merchantId: string
  serviceId: string
}

const GOOD_CARD = '4111111111111111'
const PROVIDER_ANSWERS_WITHIN_MS = 30_000

export async function placeOrder(order: NewOrder): Promise<PaymentRow> {
  const { shops } = await askConsole<{ shops: { id: string; code: string }[] }>('/api/session', { as: 'staff' })
  const shop = shops.find(({ code }) => code === 'main')
  const body = { orders: [{ shopId: shop?.id, ...(await describeOrder(order)) }] }
  const { results } = await askConsole<{ results: { paymentId: string | null; error: unknown }[] }>('/api/orders', {
    as: 'staff',
    body,
  })
  const id = results[0]?.paymentId
  if (!id) throw new Error(`the order was not taken: ${JSON.stringify(results)}`)
  return untilStatus(id, order.becomes)
}

export async function untilStatus(id: string, status: PaymentStatus): Promise<PaymentRow> {
  await expect
    .poll(async () => (await getPayment(id)).payment.status, { timeout: PROVIDER_ANSWERS_WITHIN_MS, interval: 200 })
    .toBe(status)
  return (await getPayment(id)).payment
}

async function describeOrder(order: NewOrder): Promise<Record<string, unknown>> {
  const { method, amountYen, name = '帳場 花子', kana = 'チョウバ ハナコ', phone = '090-0123-4567' } = order
  const key = crypto.randomUUID().slice(0, 8)
  return {
    orderNumber: `E2E-${key.toUpperCase()}`,
    orderedAt: new Date().toISOString(),
    method,
    site: 'smartphone',
    amountYen,
    customer: {
      name,
      kana,
      phone,
      zip: '150-0001',
      address: '東京都渋谷区神宮前1-2-3',
      email: `${order.steering ?? 'ok'}+${key}@example.jp`,
    },
    goods: [{ name: '銘茶詰合せ', unitPriceYen: amountYen, quantity: 1, taxRateBp: 800 }],
    ...(method === 'card' ? { card: { ...(await makeToken()), capture: 'specified' } } : {}),
    ...(method === 'convenience_store' ? { convenienceStore: { store: '016', payWithinDays: 14 } } : {}),
    ...(method === 'np_postpaid' ? { npPostpaid: { invoice: order.invoice ?? 'separate' } } : {}),
  }
}

/** As the shop's page does it: the card number goes to the provider alone. */
async function makeToken(): Promise<{ token: string; tokenKey: string }> {
  const accounts: { sbps: SbpsAccount[] } = JSON.parse(
    readFileSync(join(ROOT, 'apps/sandbox/demo-accounts.json'), 'utf8'),
  )
  const [main] = accounts.sbps
  const answer = await fetch(`${inject('product').sandboxUrl}/sbpstoken/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      merchantId: main?.merchantId,
      serviceId: main?.serviceId,
      ccNumber: GOOD_CARD,
      ccExpiration: `${new Date().getFullYear() + 3}12`,
      securityCode: '123',
    }),
  })
  return ((await answer.json()) as { tokenResponse: { token: string; tokenKey: string } }).tokenResponse
}
