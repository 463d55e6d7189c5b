/** The file as it came, and behind each row how it ended. Read in chunks, no faster than it is taken. */
import { fill, label, type Language, labels } from '@choba/shared/labels/labels.ts'
import { codeWords, importFaultWords } from '@choba/shared/imports/fault-words.ts'
import { IMPORT_FIELDS } from '@choba/shared/imports/kinds.ts'
import { PAYMENT_STATUSES } from '@choba/shared/states/payment.ts'
import type { Session } from '../../core/session.ts'
import { cp932Encoder, utf8Encoder } from '../../exports/cp932-encoder.ts'
import type { ImportDeps } from './import-kind.ts'
import { listRows, type StoredRow } from './import-rows.queries.ts'
import { getImport } from './imports.service.ts'
import type { ImportKind } from '@choba/shared/imports/names.ts'

const CHUNK = 500

export type CsvDownload = {
  readonly fileName: string
  readonly body: ReadableStream<Uint8Array>
  readonly charset: string
}
type Choice = { readonly encoding: 'utf8' | 'cp932'; readonly language: Language }

/** @throws AppError resource.not_found */
export async function downloadResult(
  deps: ImportDeps,
  session: Session,
  id: string,
  choice: Choice,
): Promise<CsvDownload> {
  const { merchantId } = session
  const run = await getImport(deps, session, id)
  const db = deps.db.merchant(merchantId)
  const words = labels(choice.language).import_result

  async function* lines(): AsyncGenerator<string> {
    yield line([...run.header, words.line, words.state, words.reason])
    let after = 0
    for (;;) {
      const rows = await listRows(db, { merchantId, runId: id }, { after, limit: CHUNK })
      yield rows.map((row) => line(resultCells(row, run.header.length, choice.language))).join('')
      const last = rows.at(-1)
      if (rows.length < CHUNK || last === undefined) return
      after = last.rowNumber
    }
  }

  const fileName = `${run.fileName.replace(/\.[^.]*$/, '')}_${words.file}.csv`
  return { fileName, body: encoded(lines(), choice.encoding), charset: charsetOf(choice.encoding) }
}

/** The names of all columns, to be filled in. */
export function downloadTemplate(kind: ImportKind, choice: Choice): CsvDownload {
  const header = IMPORT_FIELDS[kind].map((field) => label(choice.language, 'import_field', field.id))
  async function* lines(): AsyncGenerator<string> {
    yield line(header)
  }
  const fileName = `${label(choice.language, 'import_kind', kind)}.csv`
  return { fileName, body: encoded(lines(), choice.encoding), charset: charsetOf(choice.encoding) }
}

function resultCells(row: StoredRow, width: number, language: Language): string[] {
  // A row that was too short is filled up, so that the result stands in its own columns.
  const cells = Array.from({ length: Math.max(width, row.cells.length) }, (_, index) => row.cells[index] ?? '')
  const state = label(language, 'import_row_state', row.state)
  // Of an order, where it stands; of anything else its row's state says all.
  const outcome =
    row.state !== 'undone' && PAYMENT_STATUSES.some((status) => status === row.result)
      ? label(language, 'status', row.result ?? '')
      : ''
  return [...cells, String(row.line), outcome === '' ? state : `${state} ${outcome}`, reasonOf(row, language)]
}

function reasonOf(row: StoredRow, language: Language): string {
  const separator = ' / '
  if (row.reasons.length > 0) return row.reasons.map((code) => codeWords(language, code)).join(separator)
  if (row.state !== 'faulty') return ''
  if (row.faults.length === 0 && row.headRow !== null)
    return fill(label(language, 'import_result', 'with_head'), { row: row.headRow })
  return row.faults.map((fault) => importFaultWords(language, fault)).join(separator)
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
}

function encoded(lines: AsyncGenerator<string>, encoding: Choice['encoding']): ReadableStream<Uint8Array> {
  const encoder = encoding === 'cp932' ? cp932Encoder() : utf8Encoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await lines.next()
      if (next.done !== true) return controller.enqueue(encoder.write(Buffer.from(next.value)))
      const rest = encoder.end()
      if (rest.length > 0) controller.enqueue(rest)
      controller.close()
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
}

function charsetOf(encoding: Choice['encoding']): string {
  return encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'
}
