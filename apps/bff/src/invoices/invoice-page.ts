/** One invoice on one A4 page: whom it is for, what was bought, what is due until when; below the cut, the payment slip. */
import { taxesOf } from '@choba/shared/tax.ts'
import { yen } from '@choba/shared/money.ts'
import type { Invoice } from './invoice.ts'
import { PAGE, type Paper } from './paper.ts'
import { drawSlip } from './payment-slip.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { BUNDLED_INVOICE_LEAD } from '@choba/shared/text-templates.ts'
import { day, money, words, yenText } from './words.ts'

const LEFT = PAGE.margin
const WIDTH = PAGE.width - 2 * PAGE.margin
const RIGHT = LEFT + WIDTH

const ROW = 17
/** What the table holds above the slip; further goods are summed in its last row. */
const MOST_ROWS = 11
const COLUMNS = [
  { title: words.goods, x: LEFT, width: 258, align: 'left' },
  { title: words.unitPrice, x: LEFT + 262, width: 74, align: 'right' },
  { title: words.quantity, x: LEFT + 340, width: 40, align: 'right' },
  { title: words.taxRate, x: LEFT + 384, width: 46, align: 'right' },
  { title: words.amount, x: LEFT + 434, width: WIDTH - 434, align: 'right' },
] as const

export function drawInvoice(paper: Paper, invoice: Invoice): void {
  paper.pdf.addPage()
  paper.pdf.fillColor('black').strokeColor('black')
  drawAddressee(paper, invoice)
  drawHead(paper, invoice)
  drawDue(paper, invoice)
  drawTotals(paper, invoice, drawGoods(paper, invoice))
  drawSlip(paper, invoice)
}

function drawAddressee(paper: Paper, { addressee }: Invoice): void {
  const { zip, address, company, department, name } = addressee
  const width = 250
  let y = 48
  paper.write(`〒${zip.replace(/^(\d{3})-?(\d{4})$/, '$1-$2')}`, LEFT, y, { size: 10 })
  y = paper.writeLines(address, LEFT, y + 15, { size: 10, width, most: 3 }) + 4
  for (const line of [company, department]) {
    if (line === '') continue
    paper.write(line, LEFT, y, { size: 10, width })
    y += 14
  }
  paper.write(`${name} ${words.honorific}`, LEFT, y + 2, { size: 14, width })
}

function drawHead(paper: Paper, invoice: Invoice): void {
  const x = 332
  paper.write(words.title, x, 44, { size: 20, bold: true, width: RIGHT - x, align: 'right' })
  const rows = [
    [words.issuedOn, day(invoice.issuedOn)],
    [words.inquiryNumber, invoice.inquiryNumber],
    [words.transaction, invoice.providerId],
    [words.orderNumber, invoice.orderNumber],
    [words.orderedOn, day(invoice.orderedOn)],
    [words.shop, invoice.shopName],
  ] as const
  rows.forEach(([title, value], index) => {
    const y = 74 + index * 14
    paper.write(title, x, y, { size: 8.5, width: 88 })
    paper.write(value, x + 92, y, { size: 9, width: RIGHT - x - 92, align: 'right' })
  })
}

function drawDue(paper: Paper, invoice: Invoice): void {
  const where = invoice.storePaymentNumber === null ? words.atBank : words.atStoreOrBank
  paper.writeLines(fill(invoice.lead ?? BUNDLED_INVOICE_LEAD, { shop: invoice.shopName, where }), LEFT, 176, {
    size: 9,
    width: WIDTH,
    most: 3,
  })
  const y = 218
  paper.box(LEFT, y, WIDTH, 38)
  paper.rule(LEFT + WIDTH / 2, y, LEFT + WIDTH / 2, y + 38)
  paper.write(words.billed, LEFT + 10, y + 13, { size: 10 })
  paper.write(yenText(invoice.amountYen), LEFT + 80, y + 9, {
    size: 18,
    bold: true,
    width: WIDTH / 2 - 92,
    align: 'right',
  })
  paper.write(words.due, LEFT + WIDTH / 2 + 10, y + 13, { size: 10 })
  paper.write(day(invoice.dueOn), LEFT + WIDTH / 2 + 80, y + 11, {
    size: 14,
    bold: true,
    width: WIDTH / 2 - 92,
    align: 'right',
  })
}

/** Answers the y below the table. */
function drawGoods(paper: Paper, invoice: Invoice): number {
  let y = 270
  for (const { title, x, width, align } of COLUMNS) paper.write(title, x, y, { size: 8.5, width, align })
  y += 14
  paper.rule(LEFT, y, RIGHT, y, { width: 1 })
  for (const row of rowsOf(invoice)) {
    row.forEach((text, index) => {
      const { x, width, align } = COLUMNS[index]!
      if (text !== '') paper.write(text, x, y + 4, { size: 9, width, align })
    })
    y += ROW
    paper.rule(LEFT, y, RIGHT, y, { width: 0.3 })
  }
  return y
}

type Row = readonly [name: string, unitPrice: string, quantity: string, taxRate: string, amount: string]

/** Goods that do not add up to the bill (a discount, a changed amount) have a line of the difference. */
function rowsOf({ goods, amountYen }: Invoice): Row[] {
  const total = (lines: Invoice['goods']) =>
    lines.reduce((sum, { unitPriceYen, quantity }) => sum + unitPriceYen * quantity, 0)
  const difference = amountYen - total(goods)
  const room = MOST_ROWS - (difference === 0 ? 0 : 1)
  const shown = goods.length > room ? goods.slice(0, room - 1) : goods
  const rest = goods.slice(shown.length)
  return [
    ...shown.map(({ name, unitPriceYen, quantity, taxRateBp }): Row => [
      name,
      money(unitPriceYen),
      money(quantity),
      `${taxRateBp / 100}%${isReduced(taxRateBp) ? words.reducedMark : ''}`,
      money(unitPriceYen * quantity),
    ]),
    ...(rest.length === 0 ? [] : [[words.others(rest.length), '', '', '', money(total(rest))] as const]),
    ...(difference === 0 ? [] : [[words.difference, '', '', '', money(difference)] as const]),
  ]
}

function drawTotals(paper: Paper, { goods, amountYen }: Invoice, top: number): void {
  const x = LEFT + 262
  const value = { x: LEFT + 400, width: WIDTH - 400 }
  let y = top + 7
  paper.write(words.total, x, y, { size: 10, bold: true })
  paper.write(yenText(amountYen), value.x, y, { size: 10, bold: true, width: value.width, align: 'right' })
  for (const { rateBp, amountYen: part, taxYen } of taxesOf(goods, yen(amountYen))) {
    y += 14
    paper.write(words.taxPart(rateBp / 100, money(part)), x, y, { size: 8.5, width: 150 })
    paper.write(words.tax(money(taxYen)), value.x, y, { size: 8.5, width: value.width, align: 'right' })
  }
  if (goods.some(({ taxRateBp }) => isReduced(taxRateBp))) paper.write(words.reducedNote, LEFT, top + 7, { size: 8 })
}

function isReduced(taxRateBp: number): boolean {
  return taxRateBp === 800
}
