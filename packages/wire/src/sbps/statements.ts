/** SBPS's payout statements as a list of closings. Assumed: where SBPS offers them is contract-specific and not public. */
import { type Decoded, oneOf } from '../json.ts'
import { decodeStatementList, encodeStatementList, type StatementHead } from '../statement/list.ts'

export const SBPS_PAY_METHODS = ['credit', 'webcvs'] as const
export type SbpsPayMethod = (typeof SBPS_PAY_METHODS)[number]
export type SbpsStatement = StatementHead & { readonly payMethod: SbpsPayMethod }

export function encodeStatements(statements: readonly SbpsStatement[]): string {
  return encodeStatementList(statements, ({ payMethod }) => ({ pay_method: payMethod }))
}

export function decodeStatements(body: string): Decoded<SbpsStatement[]> {
  return decodeStatementList(body, (row, path) => ({
    payMethod: oneOf(row['pay_method'], SBPS_PAY_METHODS, `${path}.pay_method`),
  }))
}
