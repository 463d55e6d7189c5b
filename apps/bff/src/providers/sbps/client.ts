/** Calls to SBPS's API: one endpoint, the function in the root attribute, Basic credentials, Shift_JIS (sbps-protocol 2.1). */
import { jstCompact, parseJstCompact } from '@choba/shared/dates.ts'
import { encodeApiRequest } from '@choba/wire/sbps/api-request.ts'
import { type ApiAnswer, decodeApiResponse } from '@choba/wire/sbps/api-response.ts'
import type { SbpsKeys } from '@choba/wire/sbps/message.ts'
import { type Connection, numberSetting, secretOf, textSetting } from '../../core/connection.ts'
import { basicAuth, exchange, type Exchange } from '../http.ts'
import type { OperationItem, RawMessage } from '../port.ts'

/** Whose answer it will be, and the payment it speaks of. */
export type Asking = Pick<OperationItem, 'operationId'> & {
  readonly payment: Pick<OperationItem['payment'], 'providerId'>
}

export type SbpsReply =
  | { readonly kind: 'ok'; readonly answer: ApiAnswer; readonly at: string; readonly message: RawMessage }
  | { readonly kind: 'refused'; readonly code: string; readonly at: string; readonly message: RawMessage | null }
  | { readonly kind: 'unknown'; readonly cause: string }
  | { readonly kind: 'not_done'; readonly cause: string }

const TIMEOUT_MS = 30_000

/** Asks for one function on behalf of an operation. `values` go without the merchant's own fields. */
export async function askSbps(
  connection: Connection,
  item: Asking,
  functionId: string,
  values: Readonly<Record<string, string>>,
): Promise<SbpsReply> {
  const keys = keysOf(connection)
  const request = encodeApiRequest(
    functionId,
    { values: { ...head(connection), ...values, request_date: jstCompact(new Date()) } },
    keys,
  )
  if (!request.ok)
    return { kind: 'refused', code: `request.${request.reason}`, at: new Date().toISOString(), message: null }
  const reply = await send(connection, { method: 'POST', path: '/api/xmlapi.do', body: request.bytes })
  if (reply.kind === 'not_sent') return { kind: 'not_done', cause: reply.cause }
  if (reply.kind === 'no_answer') return { kind: 'unknown', cause: reply.cause }
  if (reply.status === 401 || reply.status === 403)
    return { kind: 'refused', code: 'provider.unauthorized', at: reply.at, message: null }
  if (reply.status !== 200) return { kind: 'unknown', cause: `HTTP ${reply.status}` }
  const decoded = decodeApiResponse(reply.body, keys, values['encrypted_flg'] === '1')
  if (!decoded.ok) return { kind: 'unknown', cause: `unreadable answer: ${decoded.reason}` }
  const at = parseJstCompact(decoded.date)?.toISOString() ?? reply.at
  const message: RawMessage = {
    kind: `sbps_answer_${functionId}`,
    uniqueKey: `answer:${item.operationId}:${functionId}:${decoded.date}:${decoded.errorCode}`,
    providerId: decoded.trackingId ?? item.payment.providerId,
    contentType: reply.contentType,
    body: reply.body,
    saidAt: at,
  }
  return decoded.result === 'OK'
    ? { kind: 'ok', answer: decoded, at, message }
    : { kind: 'refused', code: decoded.errorCode, at, message }
}

export async function send(
  connection: Connection,
  call: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: Uint8Array },
): Promise<Exchange> {
  const result = await exchange({
    method: call.method,
    url: `${connection.baseUrl}${call.path}`,
    timeoutMs: numberSetting(connection, 'timeoutMs', TIMEOUT_MS),
    headers: {
      authorization: basicAuth(
        `${textSetting(connection, 'merchantId')}${textSetting(connection, 'serviceId')}`,
        secretOf(connection, 'hashKey'),
      ),
      ...(call.body === undefined ? {} : { 'content-type': 'text/xml; charset=Shift_JIS' }),
    },
    ...(call.body === undefined ? {} : { body: call.body }),
  })
  if (result.kind === 'answer') connection.heard(result.at)
  return result
}

export function keysOf(connection: Connection): SbpsKeys {
  return {
    hashKey: secretOf(connection, 'hashKey'),
    tripleDesKey: secretOf(connection, 'tripleDesKey'),
    tripleDesIv: secretOf(connection, 'tripleDesIv'),
  }
}

function head(connection: Connection): Record<string, string> {
  return { merchant_id: textSetting(connection, 'merchantId'), service_id: textSetting(connection, 'serviceId') }
}

/** The five digits in the middle of a code are method and type: `mmm tt iii` (sbps-protocol 2.7). */
export function typeOf(code: string): string {
  return code.slice(3, 5)
}
