/** Calls to Net Protections' REST API (np-postpaid 2.1): Basic credentials, a terminal id, JSON, a time-out of 30 s. */
import { RECOMMENDED_TIMEOUT_MS } from '@choba/wire/np/limits.ts'
import type { NpAnswer, NpRowError } from '@choba/wire/np/messages.ts'
import { type Connection, numberSetting, secretOf, textSetting } from '../../core/connection.ts'
import { basicAuth, exchange, type Exchange } from '../http.ts'

export type NpCall = { readonly method: 'GET' | 'POST' | 'PATCH'; readonly path: string; readonly body?: string }

export async function callNp(connection: Connection, call: NpCall): Promise<Exchange> {
  const result = await exchange({
    method: call.method,
    url: `${connection.baseUrl}${call.path}`,
    timeoutMs: numberSetting(connection, 'timeoutMs', RECOMMENDED_TIMEOUT_MS),
    headers: {
      authorization: basicAuth(textSetting(connection, 'merchantCode'), secretOf(connection, 'spCode')),
      'x-np-terminal-id': textSetting(connection, 'terminalId'),
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(call.body === undefined ? {} : { body: call.body }),
  })
  if (result.kind === 'answer') connection.heard(result.at)
  return result
}

export type NpReply<R> =
  | {
      readonly kind: 'answered'
      readonly results: readonly R[]
      readonly errors: readonly NpRowError[]
      readonly at: string
      readonly body: Uint8Array
      readonly contentType: string
    }
  | { readonly kind: 'refused'; readonly codes: readonly string[]; readonly at: string }
  | { readonly kind: 'unknown'; readonly cause: string }
  | { readonly kind: 'not_done'; readonly cause: string }

/** Only an answer NP could have meant counts as one: after a 5xx or garbage it is unknown what was done. */
export async function askNp<R>(
  connection: Connection,
  call: NpCall,
  decode: (status: number, body: string) => NpAnswer<R>,
): Promise<NpReply<R>> {
  const answer = await callNp(connection, call)
  if (answer.kind === 'not_sent') return { kind: 'not_done', cause: answer.cause }
  if (answer.kind === 'no_answer') return { kind: 'unknown', cause: answer.cause }
  const decoded = decode(answer.status, new TextDecoder().decode(answer.body))
  switch (decoded.kind) {
    case 'answered':
      return {
        kind: 'answered',
        results: decoded.results,
        errors: decoded.errors,
        at: answer.at,
        body: answer.body,
        contentType: answer.contentType,
      }
    case 'unauthorized':
      return { kind: 'refused', codes: ['provider.unauthorized'], at: answer.at }
    case 'unavailable':
      return { kind: 'unknown', cause: `HTTP ${decoded.status}` }
    case 'unreadable':
      return { kind: 'unknown', cause: `unreadable answer at ${decoded.path}` }
  }
}
