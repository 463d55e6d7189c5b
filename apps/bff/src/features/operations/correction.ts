/** What a correction makes of an order's sheet, and what it tells the payment. */
import type { Correction } from '@choba/shared/contracts/operations.ts'
import { type Yen, yen } from '@choba/shared/money.ts'
import { type GoodsLine, taxesOf } from '@choba/shared/tax.ts'
import type { Books } from '../../domain/payment/books.ts'
import type { ProviderNews } from '../../domain/payment/news.ts'
import { taxSplit } from '../../domain/tax.ts'
import type { OrderSheet } from '../../ledger/record.ts'

export function correctedSheet(sheet: OrderSheet, correction: Correction): OrderSheet {
  return {
    customer: { ...sheet.customer, ...correction.customer },
    delivery: correction.delivery === undefined ? sheet.delivery : correction.delivery,
    goods: correction.goods ?? sheet.goods,
  }
}

/** Names the fields that say something else now; the words themselves stay in the sheet. */
export function correctionNews(
  books: Books,
  sheet: OrderSheet,
  correction: Correction,
  amountYen: number | null,
): Extract<ProviderNews, { kind: 'corrected' }> {
  const after = correctedSheet(sheet, correction)
  const toYen = yen(amountYen ?? books.amountYen)
  const isOtherGoods = !same(sheet.goods, after.goods)
  const fields = [
    ...changedFields('customer', sheet.customer, after.customer),
    ...changedFields('delivery', sheet.delivery ?? {}, after.delivery ?? {}),
    ...(isOtherGoods ? ['goods'] : []),
    ...(toYen === books.amountYen ? [] : ['amount']),
  ]
  return { kind: 'corrected', fields, amountYen: toYen, taxes: taxesAfter(books, after, isOtherGoods, toYen) }
}

function taxesAfter(books: Books, after: OrderSheet, isOtherGoods: boolean, toYen: Yen) {
  if (isOtherGoods) return taxesOf(after.goods as readonly GoodsLine[], toYen)
  return toYen === books.amountYen ? books.taxes : taxSplit(books.taxes, toYen)
}

type Fields = Readonly<Record<string, unknown>>

function changedFields(of: string, before: Fields, after: Fields): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.filter((name) => !same(before[name] ?? '', after[name] ?? '')).map((name) => `${of}.${name}`)
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
