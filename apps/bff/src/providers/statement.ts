/** A provider's statement, whatever its file looks like, as what the ledger is told. */
import { atTime } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import type { Interpreted, StatementHead, StatementLine } from './port.ts'

/** Statements close in the evening of their day; the files say no hour. */
const CLOSING_HOUR = 18

export type StatementRow = Omit<StatementLine, 'line' | 'feeYen' | 'feeTaxYen'>

/** Rows counted from 1, with the sums of their fees. */
export function linesOf(rows: readonly StatementRow[]): StatementLine[] {
  return rows.map((row, index) => ({
    ...row,
    line: index + 1,
    feeYen: row.fees.reduce((sum, fee) => sum + fee.amountYen, 0),
    feeTaxYen: row.fees.reduce((sum, fee) => sum + fee.taxYen, 0),
  }))
}

export function statementOf(head: StatementHead, rows: readonly StatementRow[]): Interpreted {
  const at = atTime(head.closingOn, CLOSING_HOUR).toISOString()
  const { statementNumber, closingOn, payOn } = head
  return {
    kind: 'statement',
    head,
    lines: linesOf(rows).map((row) => ({
      ...row,
      news: isOfPayment(row)
        ? {
            at,
            news: {
              kind: 'statement_line',
              ...(row.providerId && { providerId: row.providerId }),
              statementNumber,
              line: row.line,
              closingOn,
              payOn,
              grossYen: yen(row.grossYen),
              fees: row.fees,
            },
          }
        : null,
    })),
  }
}

function isOfPayment({ kind }: StatementLine): boolean {
  return kind === 'sale' || kind === 'cancellation'
}

type Problem = { readonly line: number; readonly column: string; readonly problem: string }

/** The first problem of a file, for the list of messages that wait. */
export function unreadable(problems: readonly Problem[]): Interpreted {
  const [first] = problems
  return { kind: 'unreadable', reason: `line ${first?.line ?? 0}: ${first?.column ?? ''} ${first?.problem ?? ''}` }
}

/** The transfer of a statement, once its head names the day. */
export function paidStatement(
  head: { readonly statementNumber: string; readonly transferredOn?: StatementHead['payOn'] | undefined } | undefined,
  saidAt: string,
): Interpreted {
  if (head?.transferredOn === undefined) return { kind: 'unreadable', reason: 'no transfer date' }
  return { kind: 'statement_paid', statementNumber: head.statementNumber, paidOn: head.transferredOn, saidAt }
}
