import { expect, inject } from 'vitest'
import { labels } from '@choba/shared/labels/labels.ts'
import { askConsole, getTotals } from './setup/api.ts'
import { test } from './setup/browser-test.ts'
import { placeOrder, untilStatus } from './setup/orders.ts'
import { runCli } from './setup/people.ts'
import { openLedger, readTotals } from './pages/ledger.ts'
import { openPayment, timeline } from './pages/payment.ts'

const words = labels('ja')
const DAYS_AHEAD = 45
const NEWS_WITHIN_MS = 240_000

/** Sign-ins and counts change under other tests once the provider's clock runs ahead, so this file is the last. */
test(
  'an open ledger follows by itself when the provider’s clock is moved, and the books stay right',
  { timeout: 600_000 },
  async ({ open }) => {
    const late = await placeOrder({
      method: 'convenience_store',
      amountYen: 1_234,
      steering: 'never',
      becomes: 'awaiting_payment',
    })
    const paid = await placeOrder({
      method: 'convenience_store',
      amountYen: 2_345,
      steering: 'paynow',
      becomes: 'awaiting_payment',
    })
    const postpaid = await placeOrder({
      method: 'np_postpaid',
      amountYen: 5_678,
      steering: 'early',
      becomes: 'authorized',
    })
    await askConsole('/api/operations', {
      as: 'staff',
      body: {
        operations: [
          {
            idempotencyKey: crypto.randomUUID(),
            action: 'report_shipment',
            paymentId: postpaid.id,
            carrierCode: '59010',
            slipNumber: '412345678901',
          },
        ],
      },
    })
    await untilStatus(postpaid.id, 'captured')

    const ledger = await open({ as: 'accountant' })
    await openLedger(ledger, 'status=paid_out')
    const before = await readTotals(ledger)
    const sandbox = await open()
    await sandbox.goto(inject('product').sandboxUrl)
    await sandbox.getByRole('spinbutton').fill(String(DAYS_AHEAD))
    await sandbox.getByRole('button', { name: '時計を進める' }).click()

    const wait = { timeout: NEWS_WITHIN_MS, interval: 1_000 }
    await expect.poll(async () => (await readTotals(ledger)).count, wait).toBeGreaterThan(before.count)
    await expect.poll(async () => (await getTotals('status=expired&q=' + late.orderNumber)).count, wait).toBe(1)
    await expect.poll(async () => (await getTotals('status=paid_out&q=' + postpaid.orderNumber)).count, wait).toBe(1)
    await expect.poll(isAtRest, wait).toBe(true)
    await expect.poll(() => readTotals(ledger), wait).toEqual(await getTotals('status=paid_out'))

    const page = await open({ as: 'accountant' })
    await openPayment(page, postpaid)
    const told = (await timeline(page).allInnerTexts()).join('\n')
    for (const beginning of [
      '請求書を発行しました',
      '購入者が支払いました',
      '着荷が確認されました',
      '締め日',
      '入金されました',
    ])
      expect(told).toContain(beginning)
    await openPayment(page, paid)
    await timeline(page).filter({ hasText: words.deposit.definite }).first().waitFor()

    const { clean, reports } = JSON.parse(await runCli(['verify'])) as { clean: boolean; reports: unknown[] }
    expect(reports).toHaveLength(1)
    expect(clean).toBe(true)
  },
)

async function isAtRest(): Promise<boolean> {
  const work = await askConsole<{ openOperations: number; queuedMessages: number; queuedJobs: number }>('/api/work', {
    as: 'staff',
  })
  return work.openOperations + work.queuedMessages + work.queuedJobs === 0
}
