/** `POST /api/xmlapi.do`: one address for every function. Transport, checks, and the form of the answer. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { jstCompact, parseJstCompact } from '@choba/shared/dates.ts'
import { type ApiAnswer, encodeApiResponse } from '@choba/wire/sbps/api-response.ts'
import { type ApiRequest, decodeApiRequest } from '@choba/wire/sbps/api-request.ts'
import { listFieldFaults, methodOf } from '@choba/wire/sbps/check.ts'
import type { Unreadable } from '@choba/wire/sbps/message.ts'
import { findTag } from '@choba/wire/sbps/tags.ts'
import { RESPONSE_DECLARATION } from '@choba/wire/sbps/xml.ts'
import type { Context, Hono } from 'hono'
import type { SbpsAccount } from '../accounts.ts'
import { basicCredentials, faultOf, sufferFault } from '../http.ts'
import { isRefused, type Outcome } from './answer.ts'
import { findFunction } from './functions.ts'
import { nextTransactionId, type Sbps } from './records.ts'

const DEFAULT_LIMIT_SECONDS = 600
const COMMON_METHOD = '999'

export function mountApi(app: Hono, sbps: Sbps): void {
  app.post('/api/xmlapi.do', async (c) => {
    const account = authenticate(sbps, c.req.header('authorization'))
    if (!account) return c.body(REFUSED_PAGE, 401, { ...headers(''), 'WWW-Authenticate': 'Basic realm="SBPS API"' })
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const request = decodeApiRequest(bytes, account)
    if (!request.ok) return answer(c, account, unreadableAnswer(sbps, request, bytes), false)
    const fault = faultOf(steeringAddress(request))
    if (fault === 'error500') return c.text('Internal Server Error', 500)
    const reply = sbps.store.transaction(() => handle(sbps, account, request))
    return sufferFault(c, fault, answer(c, account, reply, request.encrypted))
  })
}

/** User = merchant id and service id together, password = hash key. */
export function authenticate(sbps: Sbps, header: string | undefined): SbpsAccount | undefined {
  const credentials = basicCredentials(header)
  if (!credentials || !/^\d{8}$/.test(credentials.user)) return undefined
  const account = sbps.accounts.findSbps(credentials.user.slice(0, 5), credentials.user.slice(5))
  return account && sameText(account.hashKey, credentials.password) ? account : undefined
}

function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}

function steeringAddress(request: ApiRequest): string {
  const { mail, cust_code: custCode, free1 } = request.values
  return [mail, custCode, free1].find((text) => faultOf(text) !== undefined) ?? ''
}

function handle(sbps: Sbps, account: SbpsAccount, request: ApiRequest): ApiAnswer {
  const now = sbps.clock.now()
  const date = jstCompact(now)
  const fault = validate(account, request, now)
  // What validation refuses is answered without the function id.
  if (fault !== undefined) return { result: 'NG', errorCode: fault, date }
  const work = findFunction(request.functionId)
  if (!work) return { result: 'NG', errorCode: `${methodOf(request.functionId)}02000`, date }
  return toAnswer(sbps, account, request, work(sbps, { account, request, now }), date)
}

function toAnswer(sbps: Sbps, account: SbpsAccount, request: ApiRequest, outcome: Outcome, date: string): ApiAnswer {
  const { functionId } = request
  if (isRefused(outcome)) {
    const isValidation = ['03', '04', '05', '06', '07'].includes(outcome.errorCode.slice(3, 5))
    return { ...(isValidation ? {} : { functionId }), result: 'NG', errorCode: outcome.errorCode, date }
  }
  const transactionId = outcome.transactionId ?? nextTransactionId(sbps.store, account, functionId)
  return { functionId, result: 'OK', ...outcome, transactionId, errorCode: '', date }
}

/** An error code, or undefined when the request may be processed. */
function validate(account: SbpsAccount, request: ApiRequest, now: Date): string | undefined {
  const method = methodOf(request.functionId)
  const { values } = request
  const faults = listFieldFaults(request.functionId, request)
  if (faults[0]) return faults[0].errorCode
  if (values['merchant_id'] !== account.merchantId) return `${method}14001`
  if (values['service_id'] !== account.serviceId) return `${method}14002`
  if (!request.checksumHolds) return `${method}09999`
  const sentAt = parseJstCompact(values['request_date'] ?? '')
  if (!sentAt) return `${method}06023`
  const limitSeconds = Number(values['limit_second'] || DEFAULT_LIMIT_SECONDS)
  const isOld = now.getTime() - sentAt.getTime() > limitSeconds * 1000
  return account.requestAgeCheck && isOld ? `${method}10023` : undefined
}

/** A tag that cannot be read is a wrong format (06) of that tag, everything else is a malformed message (00). */
function unreadableAnswer(sbps: Sbps, fault: Unreadable, bytes: Uint8Array): ApiAnswer {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 500)).toString('latin1')
  const method = /<sps-api-request[^>]*\bid\s*=\s*["'][^"']*-(\d{3})["']/.exec(head)?.[1] ?? COMMON_METHOD
  const date = jstCompact(sbps.clock.now())
  if (fault.reason === 'function') return { result: 'NG', errorCode: `${method}02000`, date }
  const item = fault.tag === undefined ? undefined : (findTag(fault.tag)?.item ?? '999')
  return { result: 'NG', errorCode: item === undefined ? `${method}00999` : `${method}06${item}`, date }
}

function answer(c: Context, account: SbpsAccount, reply: ApiAnswer, encrypted: boolean): Response {
  return c.body(toBody(encodeApiResponse(reply, account, encrypted)), 200, headers(account.hashKey))
}

function toBody(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}

/** As recorded. The connection may be kept open: only its speed differs. */
function headers(session: string): Record<string, string> {
  const id = createHash('md5').update(`session ${session}`).digest('hex').toUpperCase()
  return {
    'Content-Type': 'text/xml;charset=Shift_JIS',
    'Content-Language': 'ja',
    Pragma: 'No-cache',
    'Cache-Control': 'no-cache,no-store,max-age=0',
    Expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
    'Set-Cookie': `JSESSIONID=${id}.sandbox; Path=/api`,
    Server: 'Apache',
  }
}

/** Some clients fall over an empty body. */
const REFUSED_PAGE = `${RESPONSE_DECLARATION}\r\n<sps-api-response>\r\n  <res_result>NG</res_result>\r\n  <res_err_code>99914001</res_err_code>\r\n</sps-api-response>`
