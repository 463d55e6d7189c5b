/**
 * The merchant portal, as far as a program needs it: payout statements, and finding payments by order id. Assumed: the
 * real portal is a website, and its download formats are contract-specific.
 */
import { parseBusinessDate } from '@choba/shared/dates.ts'
import { encodeStatementCsv } from '@choba/wire/sbps/statement-csv.ts'
import { encodeStatements } from '@choba/wire/sbps/statements.ts'
import type { Context, Hono } from 'hono'
import type { SbpsAccount } from '../accounts.ts'
import { authenticate } from './api.ts'
import type { Sbps } from './records.ts'
import { beginService, findStatement, listStatements, statementLines } from './sales.ts'

export function mountPortal(app: Hono, sbps: Sbps): void {
  app.get('/portal/statements', (c) =>
    withAccount(c, sbps, (account) => {
      beginService(sbps, account, sbps.clock.now())
      const from = c.req.query('closed_from')
      const closedFrom = from ? parseBusinessDate(from) : undefined
      if (from && closedFrom === undefined) return c.json({ error: 'closed_from is no day (YYYY-MM-DD)' }, 400)
      return c.body(encodeStatements(listStatements(sbps, account, closedFrom)), 200, {
        'Content-Type': 'application/json; charset=utf-8',
      })
    }),
  )

  app.get('/portal/statements/:file', (c) =>
    withAccount(c, sbps, (account) => {
      const number = /^(.+)\.csv$/.exec(c.req.param('file'))?.[1]
      const statement = number === undefined ? undefined : findStatement(sbps, account, number)
      if (!statement) return c.json({ error: 'there is no such statement' }, 404)
      const { bytes } = encodeStatementCsv(statementLines(sbps, statement))
      return c.body(new Uint8Array(bytes), 200, {
        'Content-Type': 'text/csv; charset=Shift_JIS',
        'Content-Disposition': `attachment; filename="${statement.statementNumber}.csv"`,
      })
    }),
  )

  app.get('/portal/payments', (c) =>
    withAccount(c, sbps, (account) => {
      const orderId = c.req.query('order_id') ?? ''
      const results = sbps.index.listOrder(account, orderId).map((id) => {
        const payment = (sbps.cards.get(id) ?? sbps.bills.get(id))!
        return {
          tracking_id: payment.trackingId,
          transaction_id: payment.transactionId,
          pay_method: payment.method,
          order_rowno: payment.orderRow,
          amount: payment.amountYen,
          status: payment.status,
        }
      })
      return c.json({ results })
    }),
  )
}

function withAccount(c: Context, sbps: Sbps, work: (account: SbpsAccount) => Response): Response {
  const account = authenticate(sbps, c.req.header('authorization'))
  if (account) return work(account)
  return c.json({ error: 'merchant and service id, and the hash key, are needed' }, 401, {
    'WWW-Authenticate': 'Basic realm="SBPS portal"',
  })
}
