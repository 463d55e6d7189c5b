/** SBPS's statements in the words that every provider's are told in, whether SBPS sends them or a person brings them. */
import { decodeStatementCsv } from '@choba/wire/sbps/statement-csv.ts'
import { SBPS_COLUMNS, SBPS_STATEMENT_FIELDS } from '@choba/wire/sbps/statement-layout.ts'
import type { SbpsStatementLine } from '@choba/wire/sbps/statement-line.ts'
import {
  decodeStatements,
  encodeStatements,
  SBPS_PAY_METHODS,
  type SbpsStatement,
} from '@choba/wire/sbps/statements.ts'
import type { StatementFileReader } from '../port.ts'
import {
  fileMessage,
  headOfFile,
  linesOf,
  mappingIn,
  mappingOf,
  type StatementRow,
  type StatementWords,
} from '../statement.ts'

const METHOD_OF = { credit: 'card', webcvs: 'convenience_store' } as const

/** Fees and their tax are taken as printed (accounting-and-calendar 6.2). */
export const sbpsStatements: StatementWords<SbpsStatement> = {
  provider: 'sbps',
  decodeHeads: decodeStatements,
  methodOf: ({ payMethod }) => METHOD_OF[payMethod],
  readFile(bytes, context) {
    const read = decodeStatementCsv(bytes, mappingIn(SBPS_STATEMENT_FIELDS, context))
    return read.ok ? { ok: true, rows: rowsOf(read.lines) } : read
  },
}

export const sbpsStatementFiles: StatementFileReader = {
  fields: SBPS_STATEMENT_FIELDS,
  read({ bytes, mapping, method }) {
    const read = decodeStatementCsv(bytes, mappingOf(SBPS_STATEMENT_FIELDS, mapping))
    if (!read.ok) return read
    const strangers = read.lines.flatMap(({ payMethod }, index) =>
      METHOD_OF[payMethod] === method ? [] : [{ line: index + 2, column: METHOD_COLUMN, problem: 'unknown_method' }],
    )
    if (strangers.length > 0) return { ok: false, problems: strangers, columns: read.unknownColumns }
    return { ok: true, lines: linesOf(rowsOf(read.lines)), unknownColumns: read.unknownColumns }
  },
  message(file, saidAt) {
    const read = decodeStatementCsv(file.bytes, mappingOf(SBPS_STATEMENT_FIELDS, file.mapping))
    const lines = read.ok ? read.lines : []
    const payMethod = SBPS_PAY_METHODS.find((each) => METHOD_OF[each] === file.method) ?? 'credit'
    return fileMessage('sbps', file, encodeStatements([{ ...headOfFile(file, lines), payMethod }]), saidAt)
  },
}

const METHOD_COLUMN = SBPS_COLUMNS.find(([field]) => field === 'payMethod')?.[1] ?? ''

function rowsOf(lines: readonly SbpsStatementLine[]): StatementRow[] {
  return lines.map(({ kind, trackingId, orderNumber, grossYen, fees, transferYen, fixedFee, note }) => ({
    kind,
    providerId: trackingId,
    orderNumber,
    grossYen,
    fees,
    transferYen,
    fixedFee,
    note,
  }))
}
