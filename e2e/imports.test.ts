/** A shop brings in last year's orders out of its own program: its words, one wrong row, what it comes to, and back again. */
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { goTo } from './pages/sign-in.ts'
import { openLedger, readTotals } from './pages/ledger.ts'
import { askConsole, getTotals } from './setup/api.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'
import { encodeShiftJis } from './setup/shift-jis.ts'

const words = labels('ja')
const IMPORTED = 'connection=imported'
const ROWS = [
  '受注ＮＯ,受注日,お支払方法,対応状況,合計,発送日,入金日,氏名,電話番号',
  'OLD-1,R7.9.1,クレカ払い,発送おわり,"\\3,300",R7.9.3,,髙橋 花子,0312345678',
  'OLD-2,2025/9/2 14:05,NP後払い,ぜんぶ完了,"5,500円",2025年9月4日,2025/10/20,佐藤 次郎,9012345678',
  'OLD-3,令和7年9月31日,NP後払い,発送おわり,1100,,,鈴木 三郎,0312345679',
  'OLD-4,2025-09-04,代金引換,発送おわり,2200,2025-09-05,,田中 四郎,0312345670',
]

describe('a shop’s own list of orders', () => {
  test('is told its words, corrected, counted, booked and taken back', async ({ open }) => {
    const page = await open({ as: 'staff' })
    const { shops } = await askConsole<{ shops: ReadonlyArray<{ id: string }> }>('/api/session', { as: 'staff' })
    await goTo(page, `/imports?kind=history&shop=${shops[0]?.id}`)
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: '昨年の注文.csv', mimeType: 'text/csv', buffer: encodeShiftJis(ROWS.join('\r\n')) })

    await page.getByRole('heading', { name: '昨年の注文.csv' }).waitFor()
    await page.getByText(words.import_encoding.cp932).waitFor()
    // Its order number has a name that nobody could guess.
    await choose(page, words.import_field.orderNumber, '1列目 受注ＮＯ')
    await page.getByRole('button', { name: words.imports.columns_apply }).click()
    await choose(page, 'クレカ払い', words.method.card)
    await choose(page, '代金引換', words.import_history_state.skip)
    await choose(page, '発送おわり', words.import_history_state.sold)
    await choose(page, 'ぜんぶ完了', words.import_history_state.paid_out)
    await page.getByRole('button', { name: words.imports.columns_apply }).click()

    await page.getByRole('button', { name: `${words.import_row_state.left_out} 1` }).waitFor()
    await page.getByRole('button', { name: `${words.import_row_state.faulty} 1` }).click()
    await page.getByText(fill(words.import_fault.not_a_day, { field: words.import_field.orderedAt })).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: words.imports.edit, exact: true }).click()
    const editor = page.getByRole('dialog')
    await editor.getByLabel(words.import_field.orderedAt).fill('令和7年9月30日')
    await editor.getByRole('button', { name: words.imports.edit_save }).click()
    await editor.waitFor({ state: 'hidden' })

    const totals = page.getByRole('table', { name: words.imports.totals })
    await expect.poll(() => totals.innerText()).toContain('9,900')
    const before = await getTotals()
    await page.getByRole('button', { name: fill(words.imports.run_history, { count: 3 }) }).click()
    await page.getByText(fill(words.imports.done_some, { done: 3, failed: 0, rest: 1 })).waitFor({ timeout: 20_000 })

    const ledger = await open({ as: 'accountant' })
    await openLedger(ledger, IMPORTED)
    expect(await readTotals(ledger)).toMatchObject({ count: 3, amountYen: 9_900, capturedYen: 9_900 })
    expect((await getTotals()).amountYen).toBe(before.amountYen + 9_900)

    await page.getByRole('button', { name: words.imports.undo }).click()
    await page.getByRole('dialog').getByRole('button', { name: words.imports.undo }).click()
    await page.getByText(fill(words.imports.undone, { count: 3 })).waitFor({ timeout: 20_000 })
    expect(await findViolations(page)).toEqual([])
    expect(await getTotals(IMPORTED)).toMatchObject({ count: 0, amountYen: 0 })
    expect(await getTotals()).toEqual(before)
  })
})

/** Opens the list of a field and takes one of its options. */
async function choose(page: Page, field: string, option: string): Promise<void> {
  await page
    .getByRole('combobox', { name: field })
    .or(page.getByRole('textbox', { name: field }))
    .first()
    .click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
