/** Files of lists: asked for, written in the background, kept for a while. */
import type { ColumnType, Generated } from 'kysely'
import type { DeliveryFailure, ExportList, ExportState, ExportView } from '@choba/shared/contracts/exports.ts'
import type { ErrorCode } from '@choba/shared/errors.ts'
import type { Delivery } from '@choba/shared/contracts/export-schedules.ts'
import type { Cadence, Period } from '@choba/shared/export-schedules.ts'
import type { ExportEncoding } from '@choba/shared/filters/export.ts'

type Once<T> = ColumnType<T | null, T | null | undefined, never>
type Later<T> = ColumnType<T | null, T | null | undefined, T | null>
type Json<T> = ColumnType<T, string, string>

export type RunDelivery =
  | { readonly kind: 'folder'; readonly fileName: string }
  | { readonly kind: 'mail'; readonly recipients: readonly string[] }

export interface ExportScheduleTable {
  merchantId: string
  scheduleId: string
  name: string
  list: ExportList
  view: Json<ExportView>
  encoding: ExportEncoding
  language: 'ja' | 'en'
  substitute: boolean
  cadence: Cadence
  weekday: number
  monthDay: number
  hour: number
  minute: number
  period: Period
  delivery: Delivery
  fileName: string
  /** Ids of users. */
  recipients: string[]
  ownerId: string
  /** Of the person in whose name it is taken; null for all. */
  shopIds: string[] | null
  isPaused: Generated<boolean>
  stoppedBy: Later<ErrorCode>
  nextAt: Date
}

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
  /** Of whoever it is for; null for all. Left out, those of whoever asks. */
  shopIds: Once<string[]>
  /** The schedule that took it, and for which time; null for what a person asked for. */
  scheduleId: Once<string>
  dueAt: Once<Date>
  /** Where it goes once it is written, as it was set when it was asked for. */
  delivery: ColumnType<RunDelivery | null, string | null | undefined, never>
  /** A file laid into its folder, or mails written; whether those left stands with them. */
  deliveredAt: Later<Date>
  deliveryFailure: Later<DeliveryFailure>
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
