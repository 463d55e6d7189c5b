/** NP's statement file as a person brings it: read the same way, and kept as the message NP would have sent. */
import { sumYen } from '@choba/shared/money.ts'
import { decodeStatementCsv } from '@choba/wire/np/statement-csv.ts'
import { STATEMENT_FIELDS, type StatementMapping } from '@choba/wire/np/statement-layout.ts'
import type { NpStatementLine } from '@choba/wire/np/statement-line.ts'
import { decodeStatements, encodeStatements, type NpStatement } from '@choba/wire/np/statements.ts'
import { statementTotals } from '@choba/wire/statement/line.ts'
import type { StatementFileReader } from '../port.ts'
import { linesOf, statementKey, type StatementRow, type StatementWords } from '../statement.ts'

export const npStatementFiles: StatementFileReader = {
  read(bytes, mapping) {
    const read = decodeStatementCsv(bytes, mappingOf(mapping))
    if (!read.ok) return read
    return { ok: true, lines: linesOf(npStatementRows(read.lines)), unknownColumns: read.unknownColumns }
  },
  message({ statementNumber, closingOn, payOn, bytes, mapping }, saidAt) {
    const read = decodeStatementCsv(bytes, mappingOf(mapping))
    const lines = read.ok ? read.lines : []
    const list = encodeStatements([
      {
        statementNumber,
        closedOn: closingOn,
        paymentOn: payOn,
        grossAmountYen: statementTotals(lines).grossYen,
        transferAmountYen: sumYen(lines.map((line) => line.transferYen)),
        status: 'closed',
        lineCount: lines.length,
      },
    ])
    const { results } = JSON.parse(list) as { results: unknown[] }
    return {
      kind: 'np_statement',
      uniqueKey: statementKey(statementNumber),
      providerId: null,
      contentType: 'text/csv',
      body: bytes,
      context: { head: results[0], mapping, source: 'file' },
      saidAt,
    }
  },
}

export const npStatements: StatementWords<NpStatement> = {
  provider: 'np',
  decodeHeads: decodeStatements,
  methodOf: () => 'np_postpaid',
  readFile(bytes, context) {
    const read = decodeStatementCsv(bytes, mappingIn(context))
    return read.ok ? { ok: true, rows: npStatementRows(read.lines) } : read
  },
}

function npStatementRows(lines: readonly NpStatementLine[]): StatementRow[] {
  return lines.map(({ kind, npTransactionId, shopTransactionId, grossYen, fees, transferYen, note }) => ({
    kind,
    providerId: npTransactionId,
    orderNumber: shopTransactionId,
    grossYen,
    fees,
    transferYen,
    note,
    fixedFee: null,
  }))
}

/** As kept beside a file that was brought by hand. */
function mappingIn(context: Readonly<Record<string, unknown>> | undefined): StatementMapping {
  const mapping = context?.['mapping']
  return typeof mapping === 'object' && mapping !== null ? mappingOf(mapping as Record<string, unknown>) : {}
}

function mappingOf(mapping: Readonly<Record<string, unknown>>): StatementMapping {
  const known = STATEMENT_FIELDS.filter((field) => typeof mapping[field] === 'string')
  return Object.fromEntries(known.map((field) => [field, mapping[field] as string]))
}
