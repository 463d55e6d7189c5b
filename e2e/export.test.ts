import { describe, expect } from 'vitest'
import { dayOf } from '@choba/shared/dates.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import { test } from './setup/browser-test.ts'
import { type Csv, parseCsv, sumColumns } from './setup/csv.ts'
import { placeOrder } from './setup/orders.ts'
import { download, downloadLink, exportButton, openExport, readFigure } from './pages/export-dialog.ts'
import { openLedger, readTotals, type ShownTotals } from './pages/ledger.ts'

const words = labels('ja')
const VIEW = 'method=card,np_postpaid&amountMin=2000'
const BOM = [0xef, 0xbb, 0xbf]

describe('an accountant exports a filtered view', () => {
  test('as UTF-8 with a mark that Excel needs, holding what the screen adds up to', async ({ open }) => {
    const page = await open({ as: 'accountant' })
    await openLedger(page, VIEW)
    const shown = await readTotals(page)
    const dialog = await openExport(page, 'utf8')
    expect(await readFigure(dialog, words.export_dialog.rows)).toBe(shown.count)
    expect(await readFigure(dialog, words.column.amountYen)).toBe(shown.amountYen)
    const { name, bytes } = await download(page, dialog)

    expect([...bytes.subarray(0, 3)]).toEqual(BOM)
    expect(name).toBe(`sales_all_start_${dayOf(new Date())}_JST.csv`)
    const csv = parseCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    expect(csv.header).toContain(words.column.customerName)
    expectSums(csv, shown)
  })

  test('as CP932 after seeing which characters it lacks, and where they stand', async ({ open }) => {
    const name = '𠮷野 帳子'
    const placed = await placeOrder({ method: 'card', amountYen: 9_181, name, becomes: 'authorized' })
    const page = await open({ as: 'accountant' })
    await openLedger(page, VIEW)
    const shown = await readTotals(page)
    const dialog = await openExport(page, 'cp932')
    const places = dialog.getByRole('table', { name: words.export_dialog.place })
    const place = places.getByRole('row').filter({ hasText: placed.orderNumber })
    await place.waitFor()
    expect(await place.innerText()).toContain('𠮷')
    expect(await downloadLink(dialog).count()).toBe(0)

    await dialog.getByRole('checkbox', { name: words.export_dialog.substitute }).check()
    const { bytes } = await download(page, dialog)
    const csv = parseCsv(new TextDecoder('shift_jis', { fatal: true }).decode(bytes))
    expectSums(csv, shown)
    const row = csv.rows.find((cells) => cells.includes(placed.orderNumber))
    expect(row).toContain('〓野 帳子')
    expect(csv.rows.flat().join('')).not.toContain('?')
  })

  test('as CP932 at once when it lacks nothing', async ({ open }) => {
    const placed = await placeOrder({ method: 'card', amountYen: 6_006, name: '髙﨑 ㈱', becomes: 'authorized' })
    const page = await open({ as: 'accountant' })
    await openLedger(page, `q=${placed.orderNumber}`)
    const dialog = await openExport(page, 'cp932')
    const { bytes } = await download(page, dialog)
    const csv = parseCsv(new TextDecoder('shift_jis', { fatal: true }).decode(bytes))
    expect(csv.rows).toHaveLength(1)
    expect(csv.rows[0]).toContain('髙﨑 ㈱')
  })
})

test('staff see no export, and its key does nothing', async ({ open }) => {
  const page = await open({ as: 'staff' })
  await openLedger(page)
  expect(await exportButton(page).count()).toBe(0)
  await page.keyboard.press('e')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: words.keyboard.title }).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(1)
})

function expectSums(csv: Csv, shown: ShownTotals): void {
  expect(csv.rows).toHaveLength(shown.count)
  const { amountYen, refundedYen, feeYen, netYen } = shown
  const sums = sumColumns(csv, ['amountYen', 'refundedYen', 'feeYen', 'netYen'])
  expect(sums).toEqual({ amountYen, refundedYen, feeYen, netYen })
}
