/**
 * The payment slip at the foot of the page: the store's part with the bar code, the customer's receipt, the bank account.
 * NP's own form is not published, so the arrangement is assumed; the bar code keeps to the standard for bill payment at
 * stores (GS1-128による標準料金代理収納ガイドライン, 2014): a module of 2 dots at 300 dpi, at least 10 mm high, at most
 * 60 mm wide with its blank sides, the digits below in two lines.
 */
import { gs1Bars, slipDigits } from './gs1-128.ts'
import type { Invoice } from './invoice.ts'
import { PAGE, type Paper } from './paper.ts'
import { day, words, yenText } from './words.ts'

const LEFT = PAGE.margin
const RIGHT = PAGE.width - PAGE.margin
const TOP = 566
const BOX_TOP = TOP + 30
const BOX_HEIGHT = 148
/** Between the store's part and the customer's. */
const MIDDLE = 352
/** 0.169 mm: whole dots at 300, 600 and 1200 dpi. */
export const MODULE = 0.48
/** 12 mm. */
const BAR_HEIGHT = 34
/** The 37th of the 44 digits: from 50,000 yen on the receipt carries a revenue stamp. */
const STAMP_DIGIT = 36

export function drawSlip(paper: Paper, invoice: Invoice): void {
  paper.rule(LEFT, TOP, RIGHT, TOP, { dashed: true })
  paper.write(words.cut, LEFT, TOP - 10, { size: 7, width: RIGHT - LEFT, align: 'center' })
  const { storePaymentNumber } = invoice
  if (storePaymentNumber === null) {
    paper.box(LEFT, BOX_TOP, RIGHT - LEFT, 40)
    paper.write(words.bankOnly, LEFT + 10, BOX_TOP + 15, { size: 10, width: RIGHT - LEFT - 20 })
    drawBank(paper, invoice, BOX_TOP + 56)
    return
  }
  drawStorePart(paper, invoice, storePaymentNumber)
  drawReceipt(paper, invoice, storePaymentNumber)
  drawBank(paper, invoice, BOX_TOP + BOX_HEIGHT + 14)
  paper.write(words.keep, LEFT, BOX_TOP + BOX_HEIGHT + 62, { size: 7.5 })
}

function drawStorePart(paper: Paper, invoice: Invoice, digits: string): void {
  paper.write(words.slip, LEFT, TOP + 14, { size: 9.5, bold: true })
  paper.box(LEFT, BOX_TOP, MIDDLE - LEFT, BOX_HEIGHT)
  drawFields(paper, LEFT + 8, MIDDLE - LEFT - 16, [
    [words.payee, words.payeeName],
    [words.payer, `${invoice.addressee.name} ${words.honorific}`],
    [words.billed, yenText(invoice.amountYen)],
    [words.due, day(invoice.dueOn)],
  ])
  const y = BOX_TOP + 78
  const bars = gs1Bars(digits)
  const width = bars.reduce((sum, each) => sum + each, 0) * MODULE
  // On whole dots of 600 dpi, so that no bar is drawn wider than its neighbour.
  const x = Math.round((LEFT + (MIDDLE - LEFT - width) / 2) / 0.12) * 0.12
  drawBars(paper, bars, x, y)
  slipDigits(digits).forEach((line, index) => paper.write(line, x, y + BAR_HEIGHT + 5 + index * 11, { size: 8 }))
}

function drawBars(paper: Paper, bars: readonly number[], left: number, top: number): void {
  let x = left
  bars.forEach((modules, index) => {
    if (index % 2 === 0) paper.pdf.rect(x, top, modules * MODULE, BAR_HEIGHT)
    x += modules * MODULE
  })
  paper.pdf.fill('black')
}

function drawReceipt(paper: Paper, invoice: Invoice, digits: string): void {
  const x = MIDDLE + 12
  const width = RIGHT - x
  paper.rule(MIDDLE + 6, TOP, MIDDLE + 6, BOX_TOP + BOX_HEIGHT, { dashed: true })
  paper.write(words.receipt, x, TOP + 14, { size: 9.5, bold: true })
  paper.box(x, BOX_TOP, width, BOX_HEIGHT)
  drawFields(paper, x + 8, width - 16, [
    [words.payee, words.payeeShort],
    [words.payer, `${invoice.addressee.name} ${words.honorific}`],
    [words.billed, yenText(invoice.amountYen)],
    [words.inquiryNumber, invoice.inquiryNumber],
  ])
  const y = BOX_TOP + BOX_HEIGHT - 66
  paper.box(RIGHT - 68, y, 60, 58)
  paper.write(words.stamp, RIGHT - 68, y + 4, { size: 7, width: 60, align: 'center' })
  if (digits[STAMP_DIGIT] !== '1') return
  paper.box(x + 8, y, 44, 58)
  paper.write(words.revenue, x + 8, y + 4, { size: 7, width: 44, align: 'center' })
}

function drawFields(paper: Paper, x: number, width: number, fields: ReadonlyArray<readonly [string, string]>): void {
  fields.forEach(([title, value], index) => {
    const y = BOX_TOP + 8 + index * 16
    paper.write(title, x, y, { size: 7.5, width: 58 })
    paper.write(value, x + 62, y - 1, { size: 9, width: width - 62 })
  })
}

function drawBank(paper: Paper, { bank }: Invoice, y: number): void {
  paper.write(words.byBank, LEFT, y, { size: 8.5, bold: true })
  paper.write(`${bank.bank} ${bank.branch} ${bank.type} ${bank.number}`, LEFT, y + 14, {
    size: 10,
    width: RIGHT - LEFT,
  })
  paper.write(`${words.holder} ${bank.holder}`, LEFT, y + 29, { size: 10, width: RIGHT - LEFT })
}
