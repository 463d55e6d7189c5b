/** The statements of replacement payments, as a list and as files. Paths and JSON are assumed. */
import type { Hono } from 'hono'
import { encodeStatementCsv } from '@choba/wire/np/statement-csv.ts'
import { decodeStatementFind, encodeStatements } from '@choba/wire/np/statements.ts'
import { authenticate, errorAnswer, json, unauthorized } from './answering.ts'
import type { NpBook } from './record.ts'

export function mountStatements(app: Hono, book: NpBook): void {
  app.post('/v1/payment_statements/find', async (c) => {
    const account = authenticate(c, book.deps)
    if (!account) return unauthorized(c)
    const find = decodeStatementFind(await c.req.text())
    if (!find.ok) return errorAnswer(c, ['ESBX0000'])
    const own = [...book.statements.values()].filter((statement) => statement.merchantCode === account.merchantCode)
    const { closedFrom } = find.value
    return json(
      c,
      200,
      encodeStatements(own.filter((statement) => closedFrom === undefined || statement.closedOn >= closedFrom)),
    )
  })
  app.get('/v1/payment_statements/:file{.+\\.csv}', (c) => {
    const account = authenticate(c, book.deps)
    if (!account) return unauthorized(c)
    const statement = book.statements.get(c.req.param('file').slice(0, -'.csv'.length))
    if (statement?.merchantCode !== account.merchantCode) return errorAnswer(c, ['E0100113'], 404)
    const { bytes } = encodeStatementCsv(statement.lines, statement.layout ?? 'old')
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': 'text/csv; charset=Shift_JIS',
      'Content-Disposition': `attachment; filename="${statement.statementNumber}.csv"`,
    })
  })
}
