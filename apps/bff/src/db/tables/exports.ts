/** Files of lists: asked for, written in the background, kept for a while. */
import type { ColumnType, Generated } from 'kysely'
import type { ExportList, ExportState, ExportView } from '@choba/shared/contracts/exports.ts'
import type { ErrorCode } from '@choba/shared/errors.ts'
import type { ExportEncoding } from '@choba/shared/filters/export.ts'

type Json<T> = ColumnType<T, string, string>

export interface ExportRunTable {
  merchantId: string
  exportId: string
  list: ExportList
  view: Json<ExportView>
  encoding: ExportEncoding
  language: 'ja' | 'en'
  substitute: boolean
  state: ExportState
  fileName: string | null
  rows: number | null
  rowsWritten: Generated<number>
  totals: ColumnType<Record<string, number> | null, string | null, string | null>
  bytes: Generated<number>
  sha256: string | null
  failureCode: ErrorCode | null
  failureCount: number | null
  askedBy: string
  askedAt: Date
  endedAt: Date | null
  keptUntil: string | null
  isKept: Generated<boolean>
  /** Written for somebody who may not read personal data: whoever may take it at all may take it. */
  isMasked: Generated<boolean>
  idempotencyKey: string
  requestHash: string
}

/** The bytes of a kept file, in order of number. */
export interface ExportChunkTable {
  merchantId: string
  exportId: string
  number: number
  body: Buffer
}

export interface ExportDownloadTable {
  merchantId: string
  exportId: string
  downloadId: string
  userId: string
  at: Date
}
