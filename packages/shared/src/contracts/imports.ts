/** Bringing a file in: kept raw, mapped, checked row by row, then worked off in the background. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { DAY_ORDERS } from '../imports/words.ts'
import {
  IMPORT_DELIMITERS,
  IMPORT_ENCODINGS,
  IMPORT_KINDS,
  TEXT_ENCODINGS,
  IMPORT_ROW_STATES,
  IMPORT_STATES,
} from '../imports/names.ts'
import { personal } from '../personal.ts'

/** Raw bytes go to `POST /api/imports/files?kind&shop&name`: no JSON, so no contract. */
export const IMPORT_UPLOAD_PATH = '/api/imports/files'
export const IMPORT_RESULT_PATH = '/api/imports/:id/result.csv'
export const IMPORT_TEMPLATE_PATH = '/api/import-templates/:kind'
export const IMPORT_MOST_BYTES = 64 * 1024 * 1024
export const IMPORT_MOST_ROWS = 100_000

export const importUploadQuery = z.object({
  kind: z.enum(IMPORT_KINDS),
  shop: z.uuid(),
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Said by a person, where what is found by itself is wrong. */
  encoding: z.optional(z.enum(TEXT_ENCODINGS)),
  delimiter: z.optional(z.enum(IMPORT_DELIMITERS)),
})

export const importResultQuery = z.object({
  encoding: z._default(z.enum(['utf8', 'cp932']), 'utf8'),
  language: z._default(z.enum(['ja', 'en']), 'ja'),
})

/** How the file's cells are to be read, beside which column is which. */
export const importReading = z.object({
  days: z.optional(z.enum(DAY_ORDERS)),
  /** Field → word as `headerKey` folds it → what it means, or `skip`. */
  words: z.optional(
    z.record(
      z.string().check(z.maxLength(40)),
      z.record(z.string().check(z.maxLength(200)), z.string().check(z.maxLength(40))),
    ),
  ),
})

const counts = z.partialRecord(z.enum(IMPORT_ROW_STATES), z.int())

export const importRun = z.object({
  id: z.string(),
  kind: z.enum(IMPORT_KINDS),
  shopId: z.string(),
  fileName: z.string(),
  bytes: z.int(),
  encoding: z.enum(IMPORT_ENCODINGS),
  delimiter: z.string(),
  header: z.array(z.string()),
  /** The known layout it was recognised by. */
  layout: z.nullable(z.string()),
  /** Field → column, counted from 0. */
  mapping: z.record(z.string(), z.int()),
  /** Slips: the carrier of every row that names none. */
  carrierCode: z.nullable(z.string()),
  reading: importReading,
  state: z.enum(IMPORT_STATES),
  /** Rows by state. */
  counts,
  total: z.int(),
  createdBy: z.string(),
  createdAt: z.string(),
  startedAt: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
})
export type ImportRun = z.infer<typeof importRun>

/** A warning stops a row only until somebody says that it is right. */
export const importFault = z.object({
  /** Null: the row as a whole. */
  field: z.nullable(z.string()),
  /** A key of the labels `check` or `import_fault`, or a reason of the action table (`refusal`). */
  code: z.string(),
  level: z.enum(['error', 'warning']),
  /** What the words speak of: a length, a line, a number. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type ImportFault = z.infer<typeof importFault>

export const importRow = z.object({
  row: z.int(),
  /** Where it begins in the file, from 1. */
  line: z.int(),
  cells: z.array(personal('text', z.string())),
  /** By field, with what was corrected. */
  values: personal('tree', z.record(z.string(), z.string())),
  edited: z.array(z.string()),
  /** The row of the same order number above, whose goods this one goes on with. */
  headRow: z.nullable(z.int()),
  state: z.enum(IMPORT_ROW_STATES),
  faults: z.array(importFault),
  confirmed: z.boolean(),
  paymentId: z.nullable(z.string()),
  /** How it ended: a payment's status, or `reported`. */
  result: z.nullable(z.string()),
  /** Provider codes, or a reason of ours. */
  reasons: z.array(z.string()),
})
export type ImportRow = z.infer<typeof importRow>

function number(most: number) {
  return z
    .pipe(z.union([z.string().check(z.regex(/^\d{1,7}$/)), z.int()]), z.transform(Number))
    .check(z.gte(0), z.lte(most))
}

const refusals = ['resource.not_found', 'import.busy'] as const

export const imports = {
  list: contract({
    method: 'GET',
    path: '/api/imports',
    permission: 'sales.read',
    query: z.object({ kind: z.optional(z.enum(IMPORT_KINDS)), cursor: z.optional(z.uuid()) }),
    response: z.object({ items: z.array(importRun), nextCursor: z.nullable(z.string()) }),
  }),
  get: contract({
    method: 'GET',
    path: '/api/imports/:id',
    permission: 'sales.read',
    response: importRun,
    errors: ['resource.not_found'],
  }),
  rows: contract({
    method: 'GET',
    path: '/api/imports/:id/rows',
    permission: 'sales.read',
    query: z.object({
      state: z.optional(z.enum(IMPORT_ROW_STATES)),
      after: z._default(number(9_999_999), 0),
      limit: z._default(number(200), 100),
    }),
    response: z.object({ items: z.array(importRow), next: z.nullable(z.int()) }),
    errors: ['resource.not_found'],
  }),
  /** Says which column is which, and checks every row anew. Kept for the next file with the same header. */
  map: contract({
    method: 'PUT',
    path: '/api/imports/:id/mapping',
    permission: 'imports.work',
    body: z.object({
      mapping: z.record(z.string().check(z.maxLength(40)), z.int().check(z.gte(0), z.lte(999))),
      carrierCode: z._default(z.nullable(z.string().check(z.regex(/^\d{5}$/))), null),
      reading: z._default(importReading, {}),
    }),
    response: importRun,
    errors: refusals,
  }),
  /** The words that columns of words hold, each with how often and what it is taken for; the most frequent first. */
  words: contract({
    method: 'GET',
    path: '/api/imports/:id/words',
    permission: 'sales.read',
    response: z.object({
      fields: z.array(
        z.object({
          field: z.string(),
          words: z.array(z.object({ word: z.string(), rows: z.int(), value: z.nullable(z.string()) })),
          /** More different words than are told: then this is hardly the right column. */
          more: z.boolean(),
        }),
      ),
    }),
    errors: ['resource.not_found'],
  }),
  /** What the file comes to, by method and state: orders of rows that can run, and their yen. Dry: nothing is booked. */
  totals: contract({
    method: 'GET',
    path: '/api/imports/:id/totals',
    permission: 'sales.read',
    response: z.object({
      lines: z.array(
        z.object({
          method: z.string(),
          state: z.string(),
          rowState: z.enum(IMPORT_ROW_STATES),
          count: z.int(),
          amountYen: z.int(),
        }),
      ),
    }),
    errors: ['resource.not_found'],
  }),
  /** Takes back what a file of past sales brought in, while nothing has happened to any of it since. */
  undo: contract({
    method: 'POST',
    path: '/api/imports/:id/undo',
    permission: 'imports.work',
    body: z.object({}),
    response: importRun,
    errors: [...refusals, 'import.depended_on'],
  }),
  /** Corrects one row in place, leaves it out or takes it in again, or says that its warnings are right. */
  editRow: contract({
    method: 'PATCH',
    path: '/api/imports/:id/rows/:row',
    permission: 'imports.work',
    body: z.object({
      values: z.optional(z.record(z.string().check(z.maxLength(40)), z.string().check(z.maxLength(2000)))),
      leftOut: z.optional(z.boolean()),
      confirmed: z.optional(z.boolean()),
    }),
    response: z.object({ row: importRow, run: importRun }),
    errors: refusals,
  }),
  /** Says that the warnings of all rows are right. */
  confirm: contract({
    method: 'POST',
    path: '/api/imports/:id/confirm',
    permission: 'imports.work',
    body: z.object({}),
    response: importRun,
    errors: refusals,
  }),
  run: contract({
    method: 'POST',
    path: '/api/imports/:id/run',
    permission: 'imports.work',
    body: z.object({}),
    response: importRun,
    errors: [...refusals, 'import.nothing_ready'],
  }),
  /** Rows that were handed on already go their way. */
  cancel: contract({
    method: 'POST',
    path: '/api/imports/:id/cancel',
    permission: 'imports.work',
    body: z.object({}),
    response: importRun,
    errors: ['resource.not_found'],
  }),
  /** The failed rows once more, and nothing else. */
  retry: contract({
    method: 'POST',
    path: '/api/imports/:id/retry',
    permission: 'imports.work',
    body: z.object({}),
    response: importRun,
    errors: [...refusals, 'import.nothing_ready'],
  }),
} as const

/** The answer of the upload: the run, and whether this very file was there before. */
export const importUploaded = z.object({ run: importRun, repeated: z.boolean() })
export type ImportUploaded = z.infer<typeof importUploaded>
