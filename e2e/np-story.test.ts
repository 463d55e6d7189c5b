/** NP postpaid from the telephone to the money, in a browser, by the people who do each part; and its unhappy twins. */
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { PaymentDetail, PaymentRow } from '@choba/shared/contracts/payments.ts'
import type { PaymentAction } from '@choba/shared/states/payment.ts'
import { addDays, type BusinessDate } from '@choba/shared/dates.ts'
import { fill, label, labels } from '@choba/shared/labels/labels.ts'
import { askConsole, getPayment, listPayments } from './setup/api.ts'
import { test } from './setup/browser-test.ts'
import { isAtRest, moveClock, nextBusinessDayOfProvider } from './setup/clock.ts'
import { placeOrder, untilStatus } from './setup/orders.ts'
import { killConsole } from './setup/crash.ts'
import { runCli } from './setup/people.ts'
import { enterOrder } from './pages/order-form.ts'
import { actionButton, openPayment, sendAction, startAction, timeline } from './pages/payment.ts'
import { goTo } from './pages/sign-in.ts'

const words = labels('ja')
const PATIENCE = { timeout: 120_000, interval: 500 }

/** Every entry balances, and the receivable is what the provider still owes. */
function expectBalanced({ entries }: PaymentDetail, owedYen: number): void {
  for (const entry of entries)
    expect(entry.lines.reduce((sum, line) => sum + line.debitYen - line.creditYen, 0)).toBe(0)
  const receivable = entries
    .flatMap((entry) => entry.lines)
    .filter((line) => line.account === 'receivable')
    .reduce((sum, line) => sum + line.debitYen - line.creditYen, 0)
  expect(receivable).toBe(owedYen)
}

async function untilSettledAs(id: string, status: PaymentDetail['payment']['status']): Promise<PaymentDetail> {
  await expect.poll(async () => (await getPayment(id)).payment.status, PATIENCE).toBe(status)
  return getPayment(id)
}

describe('from the telephone to the money', { timeout: 600_000 }, () => {
  test('held for its address, corrected, approved, shipped by a carrier’s file, paid at a store, paid out to the yen', async ({
    open,
  }) => {
    const staff = await open({ as: 'staff' })
    const key = crypto.randomUUID().slice(0, 8)
    const orderNumber = await enterOrder(staff, {
      shop: '帳場商店 本店',
      name: '遠野 環',
      phone: '090-5550-1234',
      zip: '150-0001',
      addressEnd: '1-2-3',
      email: `re009-early+${key}@example.jp`,
      goods: '銘茶詰合せ',
      priceYen: 11_000,
    })
    await staff.getByText(words.order_result.on_hold).waitFor()
    const [held] = await listPayments(`q=${orderNumber}`)
    const id = held?.id ?? ''
    expect(held).toMatchObject({ status: 'on_hold', reasons: ['RE009'], site: 'phone' })
    expectBalanced(await getPayment(id), 0)

    await correctAddress(staff, id)
    await untilStatus(id, 'authorized')

    const slip = await reportByFile(staff, orderNumber)
    const shipped = await untilSettledAs(id, 'captured')
    expect(shipped.payment.slipNumber).toBe(slip)
    expectBalanced(shipped, 11_000)

    const issueDay = await nextBusinessDayOfProvider()
    await moveClock(await open(), 4)
    const invoiced = await invoiceOf(id)
    expect(invoiced.issuedOn).toBe(issueDay)
    expect(invoiced.dueOn).toBe(addDays(invoiced.issuedOn, 14))

    await moveClock(await open(), 40)
    const paid = await untilSettledAs(id, 'paid_out')
    const { customerPayment, statements } = paid.state as unknown as Facts
    expect(customerPayment).toMatchObject({ place: expect.stringMatching(/convenience_store|post_office|bank/) })
    const [statement] = statements
    expect(statement?.grossYen).toBe(11_000)
    // The contract of the main shop: 5 % and 190 yen for the invoice, taxed at 10 %, rounded down.
    expect(statement?.feeYen).toBe(550 + 190 + 74)
    expect(paid.payment).toMatchObject({ feeYen: 814, netYen: 10_186 })
    expectBalanced(paid, 0)

    const accountant = await open({ as: 'accountant' })
    await openPayment(accountant, paid.payment)
    const told = (await timeline(accountant).allInnerTexts()).join('\n')
    for (const beginning of [
      '審査の結果：保留',
      '注文の内容を修正しました',
      '出荷を報告しました',
      '請求書を発行しました',
      '着荷が確認されました',
      '購入者が支払いました',
      '締め日',
      '入金されました',
    ])
      expect(told).toContain(beginning)
    await readStatement(accountant, statement?.statementNumber ?? '', orderNumber)
    await expectVerified()
  })

  test('rejected, and another method is offered instead', async ({ open }) => {
    const payment = await placeOrder({
      method: 'np_postpaid',
      amountYen: 6_000,
      steering: 'ng001',
      becomes: 'rejected',
    })
    const staff = await open({ as: 'staff' })
    await goTo(staff, `/rescue/${payment.id}`)
    await staff
      .getByText(label('ja', 'reason', 'NG001'))
      .first()
      .waitFor()
    await staff.getByRole('button', { name: words.message_template.open }).click()
    const dialog = staff.getByRole('dialog')
    await dialog.getByText(payment.orderNumber).first().waitFor()
  })

  test('a lapsed approval is registered again by one click, with its history', async ({ open }) => {
    const payment = await placeOrder({ method: 'np_postpaid', amountYen: 4_300, steering: 'ok', becomes: 'authorized' })
    await moveClock(await open(), 91)
    await untilSettledAs(payment.id, 'expired')
    const staff = await open({ as: 'staff' })
    await goTo(staff, `/rescue/${payment.id}`)
    await staff.getByRole('button', { name: words.rescue.save_reregister }).click()
    const again = await untilSettledAs(payment.id, 'authorized')
    expect((again.state as unknown as Facts).npIds).toHaveLength(2)
  })

  test('a smaller amount after shipment, once with the console killed between its halves, and a return after the payout', async ({
    open,
  }) => {
    const [reduced, struck, returned] = [
      await placeOrder({ method: 'np_postpaid', amountYen: 9_000, steering: 'never', becomes: 'authorized' }),
      await placeOrder({
        method: 'np_postpaid',
        amountYen: 8_000,
        // NP withdraws the claim and its answer is held back: there the console dies.
        steering: 'timeout-once-cancel+never',
        becomes: 'authorized',
      }),
      await placeOrder({ method: 'np_postpaid', amountYen: 7_000, steering: 'never', becomes: 'authorized' }),
    ]
    await report([reduced.id, struck.id, returned.id])
    await untilStatus(reduced.id, 'captured')
    await moveClock(await open(), 1)

    await untilPossible(reduced.id, 'change_amount')
    const staff = await open({ as: 'staff' })
    await reduce(staff, struck, 6_500)
    await expect.poll(() => eventsOf(struck.id), PATIENCE).toContain('reduction_begun')
    expect(await eventsOf(struck.id)).not.toContain('registered_again')
    // A page that is open when the console goes would complain, and rightly.
    await staff.goto('about:blank')
    await killConsole()
    await reduce(staff, reduced, 7_500)
    for (const [id, amountYen] of [
      [reduced.id, 7_500],
      [struck.id, 6_500],
    ] as const) {
      await expect.poll(async () => (await getPayment(id)).payment.amountYen, PATIENCE).toBe(amountYen)
      expectBalanced(await getPayment(id), amountYen)
    }
    expect(await eventsOf(struck.id)).toEqual(expect.arrayContaining(['claim_withdrawn', 'registered_again']))

    await moveClock(await open(), 21)
    const paidOut = await untilSettledAs(returned.id, 'paid_out')
    await openPayment(staff, paidOut.payment)
    const refund = await startAction(staff, 'refund')
    await sendAction(refund, 'refund')
    const ended = await untilSettledAs(returned.id, 'cancelled')
    // Given back in full; NP takes the money, less its fee, off the next statement.
    expectBalanced(ended, -7_000)
    // The open page hears of it a moment later than the API.
    await expect
      .poll(
        () =>
          actionButton(staff, 'refund')
            .isDisabled()
            .catch(() => true),
        PATIENCE,
      )
      .toBe(true)

    // By now the whole demo merchant has lived half a year.
    await moveClock(await open(), 25)
    await expect
      .poll(async () => ((await getPayment(returned.id)).state as unknown as Facts).statements.length, PATIENCE)
      .toBe(2)
    expectBalanced(await getPayment(returned.id), 0)
    await expectVerified()
  })
})

async function reduce(page: Page, payment: PaymentRow, toYen: number): Promise<void> {
  await openPayment(page, payment)
  const dialog = await startAction(page, 'change_amount')
  await dialog.getByRole('textbox', { name: words.dialog.amount }).fill(String(toYen))
  await sendAction(dialog, 'change_amount')
}

async function eventsOf(id: string): Promise<string[]> {
  return (await getPayment(id)).timeline.map((event) => event.type)
}

interface Facts {
  npIds: string[]
  invoice: { issuedOn: BusinessDate; dueOn: BusinessDate }
  customerPayment: { place: string | null } | null
  statements: { statementNumber: string; grossYen: number; feeYen: number }[]
}

/** The console learns the provider's day with its next answer. */
async function untilPossible(id: string, action: PaymentAction): Promise<void> {
  async function isAllowed(): Promise<boolean | undefined> {
    return (await getPayment(id)).actions.find((offer) => offer.action === action)?.verdict.allowed
  }
  await expect.poll(isAllowed, PATIENCE).toBe(true)
}

async function correctAddress(page: Page, id: string): Promise<void> {
  await goTo(page, `/rescue/${id}`)
  await page
    .getByText(label('ja', 'reason', 'RE009'))
    .first()
    .waitFor()
  const address = page.locator('input[name="customer.address"]')
  await address.fill(`${await address.inputValue()}　茶の間ビル５０１`)
  await page.keyboard.press('Control+Enter')
}

/** A carrier's file with one line, dropped on the workbench, checked and sent. */
async function reportByFile(page: Page, orderNumber: string): Promise<string> {
  const slip = `4${String(Date.now()).slice(-11)}`
  const { shops } = await askConsole<{ shops: { id: string; code: string }[] }>('/api/session', { as: 'staff' })
  await goTo(page, `/shipments?shop=${shops.find((shop) => shop.code === 'main')?.id ?? ''}`)
  await page.getByRole('heading', { name: words.shipments.title, level: 1 }).waitFor()
  const csv = `お客様管理番号,送り状種類,伝票番号,出荷予定日\r\n${orderNumber},0,${slip},2026/11/26\r\n`
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: `b2-${orderNumber}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csv, 'utf8') })
  await page.waitForURL(/\/imports\//)
  const run = page.getByRole('button', { name: fill(words.imports.run_slips, { count: 1 }) })
  await run.click()
  await page.getByText(words.import_state.done).first().waitFor()
  return slip
}

/** From the payment to the statement that pays it, which names the order. */
async function readStatement(page: Page, statementNumber: string, orderNumber: string): Promise<void> {
  await page.getByRole('link', { name: statementNumber }).first().click()
  await page.waitForURL(/\/payouts\//)
  await page.getByText(orderNumber).first().waitFor()
}

async function report(paymentIds: readonly string[]): Promise<void> {
  await askConsole('/api/operations', {
    as: 'staff',
    body: {
      operations: paymentIds.map((paymentId, index) => ({
        idempotencyKey: crypto.randomUUID(),
        action: 'report_shipment',
        paymentId,
        carrierCode: '59010',
        slipNumber: String(412_345_000_000 + index),
      })),
    },
  })
}

async function invoiceOf(id: string): Promise<Facts['invoice']> {
  const facts = async () => (await getPayment(id)).state as unknown as Facts
  await expect.poll(async () => (await facts()).invoice, PATIENCE).not.toBeNull()
  return (await facts()).invoice
}

/** The books recompute to what they are, and every shipped sale is covered, not yet covered, or excluded: to the yen. */
async function expectVerified(): Promise<void> {
  await expect.poll(isAtRest, PATIENCE).toBe(true)
  expect((JSON.parse(await runCli(['verify'])) as { clean: boolean }).clean).toBe(true)
  const { adds, completed, parts } = await askConsole<Coverage>('/api/payouts/coverage', { as: 'accountant' })
  expect(adds).toBe(true)
  expect(parts.reduce((sum, part) => sum + part.amountYen, 0)).toBe(completed.amountYen)
}

interface Coverage {
  adds: boolean
  completed: { amountYen: number }
  parts: { amountYen: number }[]
}
