/** A provider's statements as a list of closings in JSON. Assumed at both providers. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import { type Yen, yen } from '@choba/shared/money.ts'
import {
  day,
  type Decoded,
  decoding,
  integer,
  type JsonObject,
  list,
  object,
  oneOf,
  optionalDay,
  parseJson,
  text,
} from '../json.ts'

export const STATEMENT_STATUSES = ['closed', 'paid'] as const

export type StatementHead = {
  readonly statementNumber: string
  readonly closedOn: BusinessDate
  readonly paymentOn: BusinessDate
  readonly grossAmountYen: Yen
  readonly transferAmountYen: Yen
  readonly status: (typeof STATEMENT_STATUSES)[number]
  readonly transferredOn?: BusinessDate | undefined
  readonly lineCount: number
  /** The issuer's number for qualified invoices: T and 13 digits. */
  readonly registrationNumber?: string | undefined
}

/** `more`: what one provider says beside the common fields. */
export function encodeStatementList<Head extends StatementHead>(
  statements: readonly Head[],
  more: (statement: Head) => JsonObject = () => ({}),
): string {
  return JSON.stringify({
    results: statements.map((statement) => ({
      statement_no: statement.statementNumber,
      ...more(statement),
      closing_date: statement.closedOn,
      payment_date: statement.paymentOn,
      gross_amount: statement.grossAmountYen,
      transfer_amount: statement.transferAmountYen,
      status: statement.status,
      transferred_date: statement.transferredOn ?? null,
      line_count: statement.lineCount,
      registration_number: statement.registrationNumber,
    })),
  })
}

export function decodeStatementList<More extends object>(
  body: string,
  more: (row: JsonObject, path: string) => More,
): Decoded<Array<StatementHead & More>> {
  return decoding(() =>
    list(object(parseJson(body), 'body')['results'], 'results').map((entry, index) => {
      const path = `results[${index}]`
      const row = object(entry, path)
      const transferredOn = optionalDay(row['transferred_date'], `${path}.transferred_date`)
      const number = row['registration_number']
      return {
        statementNumber: text(row['statement_no'], `${path}.statement_no`),
        closedOn: day(row['closing_date'], `${path}.closing_date`),
        paymentOn: day(row['payment_date'], `${path}.payment_date`),
        grossAmountYen: yen(integer(row['gross_amount'], `${path}.gross_amount`)),
        transferAmountYen: yen(integer(row['transfer_amount'], `${path}.transfer_amount`)),
        status: oneOf(row['status'], STATEMENT_STATUSES, `${path}.status`),
        lineCount: integer(row['line_count'], `${path}.line_count`),
        ...(transferredOn && { transferredOn }),
        ...(typeof number === 'string' && /^T\d{13}$/.test(number) && { registrationNumber: number }),
        ...more(row, path),
      }
    }),
  )
}
