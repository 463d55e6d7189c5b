/** NP's replacement-payment statements as a list of closings. Path and JSON are assumed; the files are in statement-csv.ts. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import { compact, type Decoded, decoding, object, optionalDay, parseJson } from '../json.ts'
import { decodeStatementList, encodeStatementList, type StatementHead } from '../statement/list.ts'

export type NpStatement = StatementHead

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
  return encodeStatementList(statements)
}

export function decodeStatements(body: string): Decoded<NpStatement[]> {
  return decodeStatementList(body, () => ({}))
}
