import { describe, expect, inject } from 'vitest'
import { addDays, dayOf } from '@choba/shared/dates.ts'
import { fill, labels } from '@choba/shared/labels/labels.ts'
import { getTotals, listPayments } from './setup/api.ts'
import { test } from './setup/browser-test.ts'
import { downloadCsv, sumColumns } from './setup/csv.ts'
import { placeOrder } from './setup/orders.ts'
import { addPerson } from './setup/people.ts'
import { signInAs } from './setup/session.ts'
import {
  choose,
  currentRow,
  drawer,
  expectView,
  openDisplayMenu,
  openFilter,
  openLedger,
  readTotals,
  rowOpeners,
  searchBox,
  shownOrders,
  sortBy,
  sortOf,
} from './pages/ledger.ts'

const words = labels('ja')

describe('filtering the ledger', () => {
  test('by method and status shows what matches, and another browser sees the same by its address', async ({
    open,
  }) => {
    const page = await open({ as: 'staff' })
    await openLedger(page)
    await choose(page, words.filter.method, words.method.card)
    await choose(page, words.filter.status, words.status.captured)
    await expectView(page, 'method=card&status=captured')

    const other = await open({ as: 'accountant' })
    await other.goto(page.url())
    await expectView(other, 'method=card&status=captured')
    expect(await shownOrders(other)).toEqual(await shownOrders(page))
  })

  test('by an address with a condition that makes no sense leaves it out and keeps the others', async ({ open }) => {
    const page = await open({ as: 'staff' })
    await openLedger(page, 'status=nonsense&method=card&from=yesterday')
    await expectView(page, 'method=card')
  })

  test('goes back a step with Back', async ({ open }) => {
    const page = await open({ as: 'staff' })
    await openLedger(page)
    await choose(page, words.filter.method, words.method.convenience_store)
    await choose(page, words.filter.status, words.status.awaiting_payment)
    await expectView(page, 'method=convenience_store&status=awaiting_payment')
    await page.goBack()
    await expectView(page, 'method=convenience_store')
    await page.goBack()
    await expectView(page, '')
  })

  test('by amount takes full-width digits and refuses a range that is upside down', async ({ open }) => {
    const page = await open({ as: 'staff' })
    await openLedger(page)
    const form = await openFilter(page, words.filter.amount)
    await form.getByRole('textbox', { name: words.filter.amount_min }).fill('５，０００')
    await form.getByRole('textbox', { name: words.filter.amount_max }).fill('4000')
    await form.getByText(words.filter.amount_reversed).waitFor()
    await form.getByRole('textbox', { name: words.filter.amount_max }).fill('8,000')
    await form.getByRole('button', { name: words.app.apply }).click()
    await expectView(page, 'amountMin=5000&amountMax=8000')
  })

  test('by the day of capture counts other sales than by the day of order', async ({ open }) => {
    const today = dayOf(new Date())
    const range = `from=${addDays(today, -6)}&to=${today}`
    const page = await open({ as: 'staff' })
    await openLedger(page)
    const days = await openFilter(page, words.filter.date)
    await days.getByRole('button', { name: words.filter.this_week }).click()
    await expectView(page, range)
    const byOrder = await readTotals(page)

    await page
      .getByRole('search')
      .getByRole('button', { name: new RegExp(`^${words.date_kind.ordered}`) })
      .click()
    await page.getByRole('radiogroup', { name: words.filter.date_by }).getByText(words.date_kind.captured).click()
    await expectView(page, `dateBy=captured&${range}`)
    expect(await readTotals(page)).not.toEqual(byOrder)
  })

  test('that nothing matches names the conditions, and dropping the right one brings rows back', async ({ open }) => {
    const page = await open({ as: 'staff' })
    await openLedger(page, 'method=card&amountMin=9999998')
    await page.getByText(words.ledger.no_match_title).waitFor()
    const drop = (name: string) => page.getByRole('button', { name: fill(words.ledger.clear_one, { name }) }).last()
    expect(await drop(words.filter.method).isVisible()).toBe(true)
    await drop(words.filter.amount).click()
    await expectView(page, 'method=card')
  })
})

describe('searching the ledger', () => {
  test('finds a sale by kanji, half-width kana, hiragana, order number, phone and amount', async ({ open }) => {
    const placed = await placeOrder({
      method: 'convenience_store',
      amountYen: 7_531,
      name: '検見川 算子',
      kana: 'ケミガワ サンコ',
      phone: '080-0753-1864',
      steering: 'never',
      becomes: 'awaiting_payment',
    })
    const page = await open({ as: 'staff' })
    await openLedger(page)
    for (const text of ['検見川', 'ｹﾐｶﾞﾜ ｻﾝｺ', 'けみがわ', placed.orderNumber, '08007531864', '080-0753', '7,531']) {
      await searchBox(page).fill(text)
      await expect.poll(() => shownOrders(page), { message: text }).toEqual([placed.orderNumber])
    }
  })

  test('for nobody says what was searched for', async ({ open }) => {
    const page = await open({ as: 'staff' })
    await openLedger(page)
    await searchBox(page).fill('存在しない客')
    await page.getByText(fill(words.ledger.no_match_search, { query: '存在しない客' })).waitFor()
  })
})

describe('the rows', () => {
  test('are sorted by amount, up and down, over all pages and not only those in sight', async ({ open }) => {
    const page = await open({ as: 'staff' })
    await openLedger(page)
    await sortBy(page, 'amountYen')
    await expectView(page, 'sort=amountYen&direction=desc')
    expect(await sortOf(page, 'amountYen')).toBe('descending')
    await sortBy(page, 'amountYen')
    await expectView(page, 'sort=amountYen&direction=asc')
    expect(await sortOf(page, 'amountYen')).toBe('ascending')
  })

  test('keep coming to the very end, while only a screenful is drawn', async ({ open }) => {
    const { count } = await getTotals()
    const page = await open({ as: 'staff' })
    await openLedger(page)
    const table = page.getByRole('table').first()
    const last = (await listPayments('limit=1&direction=asc'))[0]?.orderNumber ?? ''
    let most = 0
    for (let turn = 0; turn < 60 && !(await shownOrders(page)).includes(last); turn += 1) {
      await table.hover()
      await page.mouse.wheel(0, 3_000)
      await page.waitForTimeout(100)
      most = Math.max(most, await rowOpeners(page).count())
    }
    expect(await shownOrders(page)).toContain(last)
    expect(count).toBeGreaterThan(200)
    expect(most).toBeLessThan(100)
    await page.getByText(words.ledger.end, { exact: true }).waitFor()
  })

  test.for(['', 'method=np_postpaid', 'status=captured,settled,paid_out&amountMin=3000'])(
    'add up to the totals bar, which is what the API says and what the export holds: "%s"',
    async (query, { open }) => {
      const page = await open({ as: 'accountant' })
      await openLedger(page, query)
      const { count, ...sums } = await readTotals(page)
      expect({ count, ...sums }).toEqual(await getTotals(query))
      const columns = ['amountYen', 'capturedYen', 'refundedYen', 'feeYen', 'netYen'] as const
      const csv = await downloadCsv(`${query}&columns=orderNumber,${columns.join(',')}`)
      expect(csv.rows).toHaveLength(count)
      expect(sumColumns(csv, columns)).toEqual(sums)
    },
  )
})

describe('the keyboard', () => {
  test('walks the rows, opens one, walks on beside the open drawer, and closes it', async ({ open }) => {
    const page = await open({ as: 'staff' })
    await openLedger(page)
    const [first, second, third] = await shownOrders(page)
    await page.keyboard.press('j')
    await expect.poll(() => currentRow(page).innerText()).toContain(first)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const opened = () => drawer(page).getByRole('heading', { level: 1 }).innerText()
    await expect.poll(opened).toContain(second)
    await page.keyboard.press('j')
    await expect.poll(opened).toContain(third)
    await page.keyboard.press('k')
    await expect.poll(opened).toContain(second)
    await page.keyboard.press('Escape')
    await drawer(page).waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.has('open')).toBe(false)
  })

  test('goes to the search, where letters are letters, and shows its own help', async ({ open }) => {
    const page = await open({ as: 'staff' })
    await openLedger(page)
    await page.keyboard.press('/')
    await page.keyboard.type('jk?')
    expect(await searchBox(page).inputValue()).toBe('jk?')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await searchBox(page).fill('')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: words.keyboard.title }).waitFor()
  })

  test('selects rows, whose amounts are added up', async ({ open }) => {
    const rows = await listPayments('limit=2')
    const sum = rows.reduce((yen, row) => yen + row.amountYen, 0)
    const page = await open({ as: 'staff' })
    await openLedger(page)
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
    const said = page.getByRole('status').filter({ hasText: fill(words.ledger.selected, { count: 2 }) })
    await expect.poll(() => said.innerText()).toContain(new Intl.NumberFormat('ja-JP').format(sum))
  })
})

describe('columns and the height of rows', () => {
  test('are kept on the account and stand there in the next session', async ({ open }) => {
    const someone = await addPerson('staff', '列見 好子')
    const { url } = inject('product')
    const page = await open({ as: await signInAs(url, someone) })
    await openLedger(page)
    const menu = await openDisplayMenu(page)
    // The box follows the account's setting a moment after the click: what the next session shows is the question.
    for (const change of [
      () => menu.getByRole('checkbox', { name: words.column.feeYen }).click(),
      () => menu.getByRole('checkbox', { name: words.column.phone }).click(),
      () => menu.getByText(words.ledger.density_compact, { exact: true }).click(),
    ]) {
      await Promise.all([
        page.waitForResponse((answer) => answer.url().includes('/api/preferences/') && answer.ok()),
        change(),
      ])
    }

    const later = await open({ as: await signInAs(url, someone) })
    await openLedger(later)
    const headers = await later.getByRole('columnheader').allInnerTexts()
    expect(headers).toContain(words.column.phone)
    expect(headers).not.toContain(words.column.feeYen)
    const laterMenu = await openDisplayMenu(later)
    expect(await laterMenu.getByRole('radio', { name: words.ledger.density_compact }).isChecked()).toBe(true)
  })
})
