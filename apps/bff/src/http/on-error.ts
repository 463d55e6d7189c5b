import type { ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { ERROR_STATUS, type ErrorCode } from '@choba/shared/errors.ts'
import { AppError } from '../core/app-error.ts'
import { refusalOfConstraint } from './constraint-errors.ts'
import type { HonoEnv } from './hono-env.ts'

/** One shape for every failure. Refusals are explained; a bug is logged with the request id and not shown. */
export const onError: ErrorHandler<HonoEnv> = (error, c) => {
  const refusal = asRefusal(error)
  const code = refusal?.code ?? 'internal'
  const log = c.get('log')
  if (ERROR_STATUS[code] >= 500) log?.error({ err: error, code }, 'request failed')
  else log?.debug({ code, details: refusal?.details }, 'request refused')
  const body = { error: { code, details: refusal?.details ?? {}, requestId: c.get('requestId') } }
  const retryAfter = ERROR_STATUS[code] === 503 ? 5 : refusal?.details['retryAfterSeconds']
  if (typeof retryAfter === 'number') c.header('Retry-After', String(retryAfter))
  return c.json(body, ERROR_STATUS[code])
}

export const notFound: NotFoundHandler<HonoEnv> = (c) => onError(new AppError('route.not_found'), c)

function asRefusal(error: Error): AppError | undefined {
  if (error instanceof AppError) return error
  if (error instanceof HTTPException) return new AppError(codeOfStatus(error.status))
  if (error instanceof SyntaxError && /JSON/.test(error.message))
    return new AppError('request.invalid', { issues: [{ path: 'body', message: 'not JSON' }] })
  if (isCutShort(error)) return new AppError('request.invalid', { issues: [{ path: 'body', message: 'cut short' }] })
  return asDatabaseRefusal(error)
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 413) return 'request.too_large'
  if (status === 404 || status === 405) return 'route.not_found'
  return status < 500 ? 'request.invalid' : 'internal'
}

/** PostgreSQL's and the connection's own codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_DATABASE_CODE: Readonly<Record<string, ErrorCode>> = {
  '57014': 'service.timeout', // query_canceled, by statement_timeout
  '55P03': 'service.timeout', // lock_not_available
  '25P03': 'service.timeout', // idle_in_transaction_session_timeout
  '53300': 'service.unavailable', // too_many_connections
  '57P01': 'service.unavailable', // admin_shutdown
  '57P02': 'service.unavailable', // crash_shutdown
  '57P03': 'service.unavailable', // cannot_connect_now
  '58030': 'service.unavailable', // io_error
  '53100': 'service.unavailable', // disk_full
  '08000': 'service.unavailable',
  '08003': 'service.unavailable',
  '08006': 'service.unavailable',
  ECONNREFUSED: 'service.unavailable',
  ECONNRESET: 'service.unavailable',
  EPIPE: 'service.unavailable',
  ETIMEDOUT: 'service.unavailable',
  '22P02': 'request.invalid', // invalid_text_representation: an id that is no uuid
  '22003': 'request.invalid', // numeric_value_out_of_range
  '22007': 'request.invalid', // invalid_datetime_format
  '22008': 'request.invalid', // datetime_field_overflow
  '22P05': 'request.invalid', // untranslatable_character
  '22021': 'request.invalid', // character_not_in_repertoire
}

/** The caller went away in the middle of its body; nobody is left to read this but the log. */
function isCutShort(error: Error & { code?: unknown }): boolean {
  return error.code === 'ECONNRESET' && error.message === 'aborted'
}

function asDatabaseRefusal(error: Error & { code?: unknown; constraint?: unknown }): AppError | undefined {
  if (typeof error.constraint === 'string') {
    const code = refusalOfConstraint(error.constraint)
    if (code) return new AppError(code, { constraint: error.constraint })
  }
  if (typeof error.code === 'string') {
    const code = BY_DATABASE_CODE[error.code]
    if (code) return new AppError(code)
  }
  // node-postgres reports a connection that ended under a query, and a pool that has none to give, by text alone.
  if (/^Connection terminated|^timeout exceeded when trying to connect/.test(error.message))
    return new AppError('service.unavailable')
  return undefined
}
