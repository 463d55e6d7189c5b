/** What a sale is of, one row for each, in a file that is asked for by line. */
import { columns } from './column.ts'

export interface PaymentLine {
  /** Of the order, from 1; null where the goods are not known. */
  readonly lineNumber: number | null
  readonly goodsName: string | null
  /** Tax included; negative for a discount. */
  readonly unitPriceYen: number | null
  readonly quantity: number | null
  readonly lineYen: number | null
  /** Percent: 10, 8 or 0. */
  readonly taxRate: number | null
}

export const paymentLineColumns = columns<PaymentLine>()([
  { id: 'lineNumber', kind: 'yen' },
  { id: 'goodsName', kind: 'text' },
  { id: 'unitPriceYen', kind: 'yen' },
  { id: 'quantity', kind: 'yen' },
  { id: 'lineYen', kind: 'yen' },
  { id: 'taxRate', kind: 'yen' },
])

export type PaymentLineColumnId = (typeof paymentLineColumns)[number]['id']
