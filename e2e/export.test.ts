import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'
import { dayOf } from '@choba/shared/dates.ts'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { findViolations } from './setup/axe.ts'
import { test } from './setup/browser-test.ts'
import { type Csv, parseCsv, sumColumns } from './setup/csv.ts'
import { placeOrder } from './setup/orders.ts'
import { download, downloadLink, exportButton, openExport, readFigure } from './pages/export-dialog.ts'
import { goTo } from './pages/sign-in.ts'
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

  test('by item and in columns of their own choice, and the sums are still those of the screen', async ({ open }) => {
    const page = await open({ as: 'accountant' })
    await openLedger(page, VIEW)
    const shown = await readTotals(page)
    const dialog = await openExport(page, 'utf8')
    await dialog.getByRole('radio', { name: words.export_dialog.per_line }).check()
    await dialog.getByRole('radio', { name: words.export_dialog.columns_chosen }).check()
    const picked = dialog.getByRole('combobox', { name: words.export_dialog.columns_in_order })
    await dialog.getByRole('button', { name: words.export_dialog.columns_clear }).click()
    await dialog.getByText(words.export_dialog.columns_missing).waitFor()
    expect(await downloadLink(dialog).count()).toBe(0)
    for (const id of ['netYen', 'amountYen', 'refundedYen', 'feeYen', 'orderNumber'] as const) {
      await picked.fill(words.column[id])
      await page.getByRole('option', { name: words.column[id], exact: true }).click()
    }
    await picked.press('Tab')
    expect(await findViolations(page)).toEqual([])
    const { name, bytes } = await download(page, dialog)
    expect(name).toMatch(/^sales_lines_all_/)
    const csv = parseCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    expect(csv.header.slice(0, 7)).toEqual([
      words.column.netYen,
      words.column.amountYen,
      words.column.refundedYen,
      words.column.feeYen,
      words.column.orderNumber,
      words.line_column.lineNumber,
      words.line_column.goodsName,
    ])
    const { amountYen, refundedYen, feeYen, netYen } = shown
    const sums = sumColumns(csv, ['amountYen', 'refundedYen', 'feeYen', 'netYen'])
    expect(sums).toEqual({ amountYen, refundedYen, feeYen, netYen })
    expect(new Set(csv.rows.map((cells) => cells[4])).size).toBe(shown.count)
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

test('an accountant has a list exported regularly, from the list itself, and the file is of what it showed', async ({
  open,
}) => {
  const { export_schedule: schedule, exports: centre } = words
  const page = await open({ as: 'accountant' })
  await openLedger(page, VIEW)
  const shown = await readTotals(page)
  const dialog = await openExport(page, 'cp932')
  await dialog.getByRole('link', { name: schedule.from_list }).click()
  const form = page.getByRole('dialog', { name: schedule.add })
  await form.getByText(words.export_of.payments).waitFor()
  await form.getByRole('button', { name: schedule.save }).click()
  await form.getByText(schedule.name_missing).waitFor()
  const name = `毎朝の売上 ${crypto.randomUUID().slice(0, 4)}`
  await form.getByLabel(schedule.name).fill(name)
  await choose(form, schedule.period, words.export_period.open)
  await form.getByRole('button', { name: schedule.save }).click()
  await form.waitFor({ state: 'detached' })
  expect(new URL(page.url()).search).toBe('')

  const card = page.getByRole('listitem', { name })
  await card.getByRole('button', { name: fill(schedule.action_of, { what: schedule.run, name }) }).click()
  await page.getByRole('link', { name: schedule.files }).click()
  const file = page.getByRole('listitem').filter({ hasText: name })
  const take = file.getByRole('link', { name: new RegExp(`^${centre.download}`) })
  const [taken] = await Promise.all([page.waitForEvent('download'), take.click()])
  const bytes = await buffer(createReadStream(await taken.path()))
  expectSums(parseCsv(new TextDecoder('shift_jis', { fatal: true }).decode(bytes)), shown)

  await page.getByRole('link', { name: schedule.schedules }).first().click()
  await card.getByRole('button', { name: fill(schedule.action_of, { what: schedule.remove, name }) }).click()
  await page.getByRole('dialog').getByRole('button', { name: schedule.remove, exact: true }).click()
  await card.waitFor({ state: 'detached' })
})

test('an address that hands on nothing a list would write opens the schedules alone', async ({ open }) => {
  const page = await open({ as: 'accountant' })
  await goTo(page, '/exports/schedules?like=%7B%22list%22%3A%22abacus%22%7D')
  await page.getByRole('button', { name: words.export_schedule.add }).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
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

async function choose(form: Locator, field: string, option: string): Promise<void> {
  await form.getByRole('combobox', { name: field }).click()
  await form.page().getByRole('option', { name: option }).click()
}

function expectSums(csv: Csv, shown: ShownTotals): void {
  expect(csv.rows).toHaveLength(shown.count)
  const { amountYen, refundedYen, feeYen, netYen } = shown
  const sums = sumColumns(csv, ['amountYen', 'refundedYen', 'feeYen', 'netYen'])
  expect(sums).toEqual({ amountYen, refundedYen, feeYen, netYen })
}
