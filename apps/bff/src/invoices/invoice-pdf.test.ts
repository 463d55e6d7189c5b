import { expect, test } from 'vitest'
import { readBars } from '../testing/bar-reader.ts'
import { readPdf } from '../testing/pdf-reader.ts'
import { invoicesPdf } from './invoice-pdf.ts'
import type { Invoice } from './invoice.ts'

const MM = 72 / 25.4

function invoice(changes: Partial<Invoice> = {}): Invoice {
  const amountYen = changes.amountYen ?? 10_960
  return {
    shopName: '蔵前茶舗',
    orderNumber: 'H-1',
    orderedOn: '2026-08-01',
    addressee: {
      name: '髙﨑 德子',
      company: '',
      department: '',
      zip: '6040001',
      address: '京都府京都市中京区道場町1-2',
    },
    goods: [
      { name: '煎茶', unitPriceYen: 1_080, quantity: 2, taxRateBp: 800 },
      { name: '急須', unitPriceYen: 8_800, quantity: 1, taxRateBp: 1000 },
    ],
    amountYen,
    issuedOn: '2026-08-03',
    dueOn: '2026-08-17',
    inquiryNumber: 'akt123456789012345',
    providerId: '26080300001',
    storePaymentNumber: amountYen > 300_000 ? null : slipOf(amountYen),
    bank: { bank: 'テスト銀行', branch: '本店', type: '普通', number: '1234567', holder: 'テスト' },
    ...changes,
  }
}

function slipOf(amountYen: number): string {
  const stamp = amountYen >= 50_000 ? '1' : '0'
  return `91900000${'26080300001'.padStart(21, '0')}0260817${stamp}${String(amountYen).padStart(6, '0')}3`
}

async function print(invoices: readonly Invoice[]) {
  const parts: Uint8Array[] = []
  for await (const part of invoicesPdf(invoices, { title: '請求書', createdAt: new Date(0) })) parts.push(part)
  const bytes = Buffer.concat(parts)
  return { bytes, parts, pages: readPdf(bytes) }
}

test('a page says whom it bills, for what, how much and until when, in the characters of the name', async () => {
  const { pages } = await print([invoice()])
  const text = pages[0]!.lines
  expect(text.slice(0, 3)).toEqual(['〒604-0001', '京都府京都市中京区道場町1-2', '髙﨑 德子 様'])
  for (const said of [
    '請求書',
    'H-1',
    '蔵前茶舗',
    'akt123456789012345',
    '26080300001',
    '2026年8月3日',
    '2026年8月17日',
  ])
    expect(text).toContain(said)
  expect(text.filter((line) => line === '10,960円')).toHaveLength(4)
  expect(text.join(' ')).toContain('煎茶 1,080 2 8%※ 2,160 急須 8,800 1 10% 8,800')
  expect(text).toContain('内消費税 800円')
  expect(text).toContain('テスト銀行 本店 普通 1234567')
  expect(text).not.toContain('調整額')
})

test('the bars on the page are the digits below them, in a size that stores can scan', async () => {
  const { storePaymentNumber: digits } = invoice()
  const { pages } = await print([invoice()])
  const { bars, lines } = pages[0]!
  expect(readBars(bars)).toBe(digits)
  const below = lines.findIndex((line) => line.startsWith('(91)'))
  expect(
    lines
      .slice(below, below + 2)
      .join('')
      .replace(/\D/g, ''),
  ).toBe(digits)
  const [first, last] = [bars[0]!, bars.at(-1)!]
  // With 2.54 mm blank on each side it stays below the 60 mm that a store's scanner takes.
  expect((last.x + last.width - first.x) / MM).toBeLessThan(60 - 2 * 2.54)
  expect(first.height / MM).toBeGreaterThan(10)
  // 2 dots at 300 dpi, each bar beginning on a dot of 600 dpi.
  expect(Math.min(...bars.map(({ width }) => width))).toBeCloseTo((2 * 72) / 300)
  for (const { x } of bars) expect(Math.abs(x / 0.12 - Math.round(x / 0.12))).toBeLessThan(0.01)
})

test('a receipt has a place for the stamp from 50,000 yen on, and only then', async () => {
  const { pages } = await print([invoice({ amountYen: 49_999 }), invoice({ amountYen: 50_000 })])
  expect(pages.map(({ lines }) => lines.includes('印紙'))).toEqual([false, true])
})

test('above what stores take there are no bars, and the page sends the customer to the bank', async () => {
  const { pages } = await print([invoice({ amountYen: 300_001 })])
  expect(pages[0]!.bars).toEqual([])
  expect(pages[0]!.lines.join('')).toContain('コンビニエンスストアではお取り扱いできない金額です')
  expect(pages[0]!.lines.join('')).not.toContain('コンビニエンスストアまたは銀行')
})

test('what the goods do not add up to is a line of its own, and many goods are summed in the last', async () => {
  const goods = Array.from({ length: 30 }, (_, index) => ({
    name: `茶${index}`,
    unitPriceYen: 100,
    quantity: 1,
    taxRateBp: 800,
  }))
  const { pages } = await print([invoice({ goods, amountYen: 2_900 })])
  const text = pages[0]!.lines.join(' ')
  expect(text).toContain('茶8 100 1 8%※ 100 ほか21点の合計 2,100 調整額 -100')
})

test('names that do not fit are written smaller, and a character that the font lacks is 〓', async () => {
  const { pages } = await print([
    invoice({
      addressee: { name: '𠮷野'.repeat(30), company: 'ｶﾌﾞ商事😀', department: '', zip: '1', address: '禰󠄀宜'.repeat(60) },
    }),
  ])
  const text = pages[0]!.lines
  expect(text.find((line) => line.startsWith('吉野'))).toMatch(/^(吉野){5,29}吉?…$/)
  expect(text).toContain('カブ商事〓')
  expect(text.filter((line) => /^[禰宜…]+$/.test(line))).toHaveLength(3)
})

test('a hundred pages stay small, and go out while the rest is drawn', async () => {
  const { bytes, parts, pages } = await print(
    Array.from({ length: 100 }, (_, index) => invoice({ orderNumber: `H-${index}` })),
  )
  expect(pages.map(({ lines }, index) => lines.includes(`H-${index}`))).toEqual(Array.from({ length: 100 }, () => true))
  expect(bytes.length).toBeLessThan(500_000)
  expect(parts.length).toBeGreaterThan(100)
})
