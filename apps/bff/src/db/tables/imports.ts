/** Files that were brought in and the carriers of a shop. */
import type { ImportFault } from '@choba/shared/contracts/imports.ts'
import type { ColumnType, Generated } from 'kysely'
import type { ImportReading } from '@choba/shared/imports/words.ts'
import type { ImportEncoding, ImportRowState, ImportState } from '@choba/shared/imports/names.ts'

type Json<T> = ColumnType<T, string, string>

export interface ImportRunTable {
  merchantId: string
  runId: string
  kind: string
  shopId: string
  fileName: string
  /** Of the file's bytes, as hexadecimal digits. */
  sha256: string
  bytes: number
  encoding: ImportEncoding
  delimiter: string
  header: string[]
  layout: string | null
  /** Field → column, counted from 0. */
  mapping: Json<Record<string, number>>
  carrierCode: string | null
  reading: Json<ImportReading>
  state: ImportState
  total: number
  counts: Json<Partial<Record<ImportRowState, number>>>
  createdBy: string
  createdByName: string
  createdAt: Generated<Date>
  /** In whose name rows are sent. */
  startedBy: string | null
  startedAt: Date | null
  endedAt: Date | null
}

export interface ImportRowTable {
  merchantId: string
  runId: string
  /** 1, 2, 3 … without the header. */
  rowNumber: number
  /** Of the file, from 1. */
  line: number
  /** As the file says them, never changed. */
  cells: string[]
  /** Field → what was corrected. */
  edits: ColumnType<Record<string, string>, string | undefined, string>
  orderNumber: string | null
  slipKey: string | null
  headRow: number | null
  state: ImportRowState
  faults: ColumnType<ImportFault[], string | undefined, string>
  confirmed: Generated<boolean>
  attempts: Generated<number>
  paymentId: string | null
  operationKey: string | null
  result: string | null
  reasons: Generated<string[]>
  /** `method state`, on the first row of each sale; null where the kind counts none. */
  tally: string | null
  amountYen: number | null
}

export interface ImportMappingTable {
  merchantId: string
  shopId: string
  kind: string
  headerHash: string
  mapping: Json<Record<string, number>>
  carrierCode: string | null
  reading: Json<ImportReading>
  updatedBy: string
  updatedAt: Generated<Date>
}

export interface CarrierMappingTable {
  merchantId: string
  shopId: string
  deliveryMethod: string
  carrierCode: string
}

export interface CarrierPermitTable {
  merchantId: string
  shopId: string
  carrierCode: string
  allowed: boolean
}
