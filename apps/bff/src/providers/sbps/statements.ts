/** SBPS's statements in the words that every provider's are told in. */
import { decodeStatementCsv } from '@choba/wire/sbps/statement-csv.ts'
import { decodeStatements, type SbpsStatement } from '@choba/wire/sbps/statements.ts'
import type { StatementWords } from '../statement.ts'

const METHOD_OF = { credit: 'card', webcvs: 'convenience_store' } as const

/** Fees and their tax are taken as printed (accounting-and-calendar 6.2). */
export const sbpsStatements: StatementWords<SbpsStatement> = {
  provider: 'sbps',
  decodeHeads: decodeStatements,
  methodOf: ({ payMethod }) => METHOD_OF[payMethod],
  readFile(bytes) {
    const read = decodeStatementCsv(bytes)
    if (!read.ok) return read
    const rows = read.lines.map(({ kind, trackingId, orderNumber, grossYen, fees, transferYen, fixedFee, note }) => ({
      kind,
      providerId: trackingId,
      orderNumber,
      grossYen,
      fees,
      transferYen,
      fixedFee,
      note,
    }))
    return { ok: true, rows }
  },
}
