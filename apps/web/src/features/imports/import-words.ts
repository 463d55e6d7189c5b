/** What a run and a row say of themselves. */
import type { ImportRow, ImportRun } from '@choba/shared/contracts/imports.ts'
import { codeWords, importFaultWords } from '@choba/shared/imports/fault-words.ts'
import { fill, type Language, labels } from '@choba/shared/labels/labels.ts'
import { ApiError } from '../../api/api-error.ts'
import type { ImportRowState, ImportState } from '@choba/shared/imports/names.ts'

export const STATE_TONE = {
  mapping: 'needs_you',
  checking: 'waiting',
  preview: 'needs_you',
  running: 'in_motion',
  cancelled: 'ended',
  done: 'done',
  undoing: 'waiting',
  undone: 'ended',
} as const satisfies Record<ImportState, string>

export const ROW_TONE = {
  unchecked: 'waiting',
  ready: 'in_motion',
  faulty: 'needs_you',
  left_out: 'ended',
  sent: 'waiting',
  done: 'done',
  failed: 'needs_you',
  undone: 'ended',
} as const satisfies Record<ImportRowState, string>

export function countOf(run: ImportRun, state: ImportRowState): number {
  return run.counts[state] ?? 0
}

export function isMoving(run: ImportRun): boolean {
  return run.state === 'checking' || run.state === 'running' || run.state === 'undoing' || countOf(run, 'sent') > 0
}

/** `UTF-8・カンマ区切り・1.2 MB` */
export function fileFacts(run: ImportRun, language: Language): string {
  const words = labels(language).imports
  const delimiters: Readonly<Record<string, string>> = { '\t': words.tab, ';': words.semicolon, '|': words.pipe }
  const delimiter = delimiters[run.delimiter] ?? words.comma
  const size = run.bytes < 1_000_000 ? `${Math.ceil(run.bytes / 1000)} kB` : `${(run.bytes / 1_000_000).toFixed(1)} MB`
  if (run.encoding === 'xlsx')
    return `${labels(language).import_encoding.xlsx}${language === 'ja' ? '・' : ', '}${size}`
  return fill(words.facts, { encoding: labels(language).import_encoding[run.encoding], delimiter, size })
}

/** Why a row stands where it stands, one line for each cause. */
export function rowCauses(row: ImportRow, language: Language): string[] {
  const words = labels(language).imports
  if (row.reasons.length > 0) return row.reasons.map((code) => codeWords(language, code))
  if (row.faults.length === 0 && row.headRow !== null) return [fill(words.with_head, { row: row.headRow })]
  return row.faults.map((fault) => importFaultWords(language, fault))
}

/** Why a file was not taken, with the line that shows it. */
export function sayUnreadable(error: unknown, language: Language): string {
  const { error: causes, error_advice, imports, import_unreadable } = labels(language)
  const code = error instanceof ApiError ? error.code : 'unknown'
  const reason = error instanceof ApiError ? String(error.details['reason'] ?? '') : ''
  const line = error instanceof ApiError ? error.details['line'] : undefined
  const named: Readonly<Record<string, string>> = import_unreadable
  const byCode: Readonly<Record<string, string>> = causes
  const advice: Readonly<Record<string, string>> = error_advice
  const cause = named[reason] ?? `${byCode[code] ?? code}${language === 'ja' ? '。' : '. '}${advice[code] ?? ''}`
  return typeof line === 'number'
    ? `${fill(imports.unreadable_line, { line })}${language === 'ja' ? '：' : ': '}${cause}`
    : cause
}

/** A row that a person's word is enough for. */
export function onlyWarns(row: ImportRow): boolean {
  return (
    row.state === 'faulty' &&
    row.faults.length > 0 &&
    row.faults.every((fault) => fault.level === 'warning') &&
    !row.confirmed
  )
}
