/** The terms of contracts. Rows are added; a term that has not begun to decide anything may be written over. */
import type { ColumnType, Generated } from 'kysely'

export interface ContractTermTable {
  merchantId: string
  shopId: string
  method: string
  kind: string
  /** `YYYY-MM-DD` */
  validFrom: string
  value: ColumnType<unknown, string, string>
  assumed: Generated<boolean>
  recordedAt: Generated<Date>
}
