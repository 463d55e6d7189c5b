/** NP's replacement-payment statements as a list of closings. Path and JSON are assumed; the files are in statement-csv.ts. */
import { type BusinessDate } from '@choba/shared/dates.ts'
import { yen, type Yen } from '@choba/shared/money.ts'
import {
  compact,
  day,
  decoding,
  integer,
  list,
  object,
  oneOf,
  optionalDay,
  parseJson,
  text,
  type Decoded,
} from './json.ts'

export const NP_STATEMENT_STATUSES = ['closed', 'paid'] as const

export type NpStatement = {
  statementNumber: string
  closedOn: BusinessDate
  paymentOn: BusinessDate
  grossAmountYen: Yen
  transferAmountYen: Yen
  status: (typeof NP_STATEMENT_STATUSES)[number]
  transferredOn?: BusinessDate | undefined
  lineCount: number
  /** The issuer's number for qualified invoices: T and 13 digits. */
  registrationNumber?: string | undefined
}

export function encodeStatementFind(find: { closedFrom?: BusinessDate | undefined }): string {
  return JSON.stringify(compact({ closed_from: find.closedFrom }))
}

export function decodeStatementFind(body: string): Decoded<{ closedFrom: BusinessDate | undefined }> {
  return decoding(() => {
    const message = body.trim() === '' ? {} : object(parseJson(body), 'body')
    return { closedFrom: optionalDay(message['closed_from'], 'closed_from') }
  })
}

export function encodeStatements(statements: readonly NpStatement[]): string {
  return JSON.stringify({
    results: statements.map((statement) => ({
      statement_no: statement.statementNumber,
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

export function decodeStatements(body: string): Decoded<NpStatement[]> {
  return decoding(() =>
    list(object(parseJson(body), 'body')['results'], 'results').map((entry, index) => {
      const path = `results[${index}]`
      const row = object(entry, path)
      const transferredOn = optionalDay(row['transferred_date'], `${path}.transferred_date`)
      const statement = {
        statementNumber: text(row['statement_no'], `${path}.statement_no`),
        closedOn: day(row['closing_date'], `${path}.closing_date`),
        paymentOn: day(row['payment_date'], `${path}.payment_date`),
        grossAmountYen: yen(integer(row['gross_amount'], `${path}.gross_amount`)),
        transferAmountYen: yen(integer(row['transfer_amount'], `${path}.transfer_amount`)),
        status: oneOf(row['status'], NP_STATEMENT_STATUSES, `${path}.status`),
        lineCount: integer(row['line_count'], `${path}.line_count`),
      }
      const number = row['registration_number']
      return {
        ...statement,
        ...(transferredOn && { transferredOn }),
        ...(typeof number === 'string' && /^T\d{13}$/.test(number) && { registrationNumber: number }),
      }
    }),
  )
}
