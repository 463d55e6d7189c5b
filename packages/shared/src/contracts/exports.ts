import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { ERROR_CODES } from '../errors.ts'
import { EXPORT_ENCODINGS } from '../filters/export.ts'
import type { Permission } from '../permissions.ts'
import { personal } from '../personal.ts'

/** Every list that can be taken as a file. */
export const EXPORT_LISTS = [
  'payments',
  'screenings',
  'invoices',
  'slips',
  'zombies',
  'customers',
  'payment_links',
  'payouts',
  'subscriptions',
  'customer_returns',
  'journal',
  'audit_log',
] as const
export type ExportList = (typeof EXPORT_LISTS)[number]

/** What lets a person see a list: without it `sales.export` gives no file of it, neither a new nor a kept one. */
export const EXPORT_READS: Readonly<Record<ExportList, Permission>> = {
  payments: 'sales.read',
  screenings: 'sales.read',
  invoices: 'sales.read',
  slips: 'sales.read',
  zombies: 'sales.read',
  customers: 'sales.read',
  payment_links: 'sales.read',
  payouts: 'payouts.read',
  subscriptions: 'subscriptions.read',
  customer_returns: 'returns.read',
  journal: 'journal.read',
  audit_log: 'audit.read',
}

export const EXPORT_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type ExportState = (typeof EXPORT_STATES)[number]

/** Lists that name no customer. */
export const EXPORTS_WITHOUT_PEOPLE: readonly ExportList[] = ['payouts', 'journal']

/** The list's filter, order and columns as they stand in its address. */
export const exportView = z.record(
  z.string().check(z.maxLength(40)),
  z.union([z.string().check(z.maxLength(1000)), z.number(), z.array(z.string().check(z.maxLength(200)))]),
)
export type ExportView = z.infer<typeof exportView>

export const exportAsked = z.object({
  list: z.enum(EXPORT_LISTS),
  view: exportView,
  encoding: z.enum(EXPORT_ENCODINGS),
  language: z.enum(['ja', 'en']),
})

/** What kept a file from where it should go. */
export const DELIVERY_FAILURES = [
  'no_folder',
  'folder_refused',
  'not_kept',
  'reader_lost',
  'no_mail',
  'mail_refused',
] as const
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number]

/** Where a schedule's file went, or goes: a name in the folder of the server, or addresses. */
export const exportDelivery = z.object({
  kind: z.enum(['folder', 'mail']),
  to: z.string(),
  state: z.enum(['waiting', 'done', 'failed']),
  at: z.nullable(z.string()),
  failure: z.nullable(z.enum(DELIVERY_FAILURES)),
})
export type ExportDelivery = z.infer<typeof exportDelivery>

/** Files up to this size go with a mail; of a larger one the mail tells where it is. Many servers take no more than 20 MB, and a mail is a third larger than what it carries. */
export const MOST_MAILED_BYTES = 10_000_000

/** One file that is being written, is kept, or was. Amounts in yen. */
export const exportRow = z.extend(exportAsked, {
  id: z.string(),
  // What was searched for may be a name.
  view: personal('tree', exportView),
  state: z.enum(EXPORT_STATES),
  fileName: z.nullable(z.string()),
  /** Null until they have been counted. */
  rows: z.nullable(z.int()),
  rowsWritten: z.int(),
  /** Control totals by the name of their column; null until they have been counted. */
  totals: z.nullable(z.record(z.string(), z.int())),
  bytes: z.int(),
  /** Of the file's bytes, as hexadecimal digits. */
  sha256: z.nullable(z.string()),
  failure: z.nullable(z.object({ code: z.enum(ERROR_CODES), count: z.nullable(z.int()) })),
  askedBy: z.string(),
  askedAt: z.string(),
  endedAt: z.nullable(z.string()),
  /** The day after which the file is no longer kept; the row stays. */
  keptUntil: z.nullable(z.iso.date()),
  isKept: z.boolean(),
  downloads: z.int(),
  /** By the name of the schedule that took it; empty when that is gone, null for a file that a person asked for. */
  schedule: z.nullable(z.string()),
  delivery: z.nullable(exportDelivery),
})
export type ExportRow = z.infer<typeof exportRow>

export const exports = {
  list: contract({
    method: 'GET',
    path: '/api/exports',
    permission: 'sales.export',
    query: z.object({
      list: z.optional(z.enum(EXPORT_LISTS)),
      cursor: z.optional(z.string().check(z.maxLength(200))),
    }),
    response: z.object({ items: z.array(exportRow), nextCursor: z.nullable(z.string()) }),
  }),
  /** Written in the background and kept. The same key again answers what the first one made. */
  create: contract({
    method: 'POST',
    path: '/api/exports',
    permission: 'sales.export',
    body: z.extend(exportAsked, {
      idempotencyKey: z.string().check(z.minLength(8), z.maxLength(100)),
      /** What CP932 lacks is written as 〓. */
      substitute: z._default(z.boolean(), false),
    }),
    response: exportRow,
    errors: ['request.invalid', 'idempotency.conflict'],
  }),
  /** Nothing happens to one that has ended. */
  cancel: contract({
    method: 'POST',
    path: '/api/exports/:id/cancel',
    permission: 'sales.export',
    response: exportRow,
    errors: ['resource.not_found'],
  }),
  downloads: contract({
    method: 'GET',
    path: '/api/exports/:id/downloads',
    permission: 'sales.export',
    response: z.object({ items: z.array(z.object({ name: z.string(), at: z.string() })) }),
    errors: ['resource.not_found'],
  }),
} as const

export const EXPORT_FILE_PATH = '/api/exports/:id/file'
