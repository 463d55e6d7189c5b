import * as z from 'zod/mini'

/** UTF-8 with a mark that Excel needs, CP932, or a workbook whose numbers are numbers. */
export const EXPORT_ENCODINGS = ['utf8', 'cp932', 'xlsx'] as const
export type ExportEncoding = (typeof EXPORT_ENCODINGS)[number]

/** What every export is asked with, beside the filter and the order of its list. */
export const exportChoice = {
  /** Ids of the list's columns, `a,b`, in the order of the file; all of them when left out. */
  columns: z.optional(z.string().check(z.maxLength(1000))),
  encoding: z._default(z.enum(EXPORT_ENCODINGS), 'utf8'),
  language: z._default(z.enum(['ja', 'en']), 'ja'),
}
