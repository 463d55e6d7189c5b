/** Structured logs. What a person typed and what a provider keeps secret is masked by name, at any depth. */
import pino, { type Logger } from 'pino'
import { AppError } from './app-error.ts'

export type Log = Logger

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export function createLog(level: LogLevel, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Errors are described below; the library's own way would copy every property of them.
    serializers: { err: (error: unknown) => error },
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => mask(fields, 0) as Record<string, unknown>,
    },
  }
  return destination ? pino(options, destination) : pino(options)
}

const MASKED = '[masked]'
const MAX_DEPTH = 6
const PRIVATE_KEY =
  /secret|passw|token|cookie|authorization|hash_?key|3?des|sp_?code|e-?mail|phone|tel$|^name$|customer|kana|address|zip|company|card|body|payload|^data$/i

function mask(value: unknown, depth: number): unknown {
  if (value instanceof Error) return describeError(value)
  if (value instanceof Date || value === null || typeof value !== 'object') return value
  if (Buffer.isBuffer(value) || depth >= MAX_DEPTH) return MASKED
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => mask(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, PRIVATE_KEY.test(key) ? MASKED : mask(field, depth + 1)]),
  )
}

/** An error without the values PostgreSQL quotes in `detail`, `where` and its parameters. */
export function describeError(error: Error): Record<string, unknown> {
  const { code, constraint, table, column, routine, severity } = error as Error & Record<string, unknown>
  const described: Record<string, unknown> = {
    type: error.name,
    message: error.message,
    code,
    constraint,
    table,
    column,
    routine,
    severity,
    stack: error.stack,
  }
  if (error instanceof AppError) described['details'] = mask(error.details, 0)
  if (error.cause instanceof Error) described['cause'] = describeError(error.cause)
  return Object.fromEntries(Object.entries(described).filter(([, field]) => field !== undefined))
}
