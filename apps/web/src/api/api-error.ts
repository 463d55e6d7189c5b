/** What the BFF refused, or why it could not be asked. A person reads its label; `requestId` is the support code. */
import type { ErrorCode } from '@choba/shared/errors.ts'

export type ApiErrorCode = ErrorCode | 'network.offline' | 'unknown'

export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: ApiErrorCode
  readonly details: Readonly<Record<string, unknown>>
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null

  constructor(
    code: ApiErrorCode,
    about: { details?: Record<string, unknown>; requestId?: string | null; retryAfterSeconds?: number | null } = {},
  ) {
    super(code)
    this.code = code
    this.details = about.details ?? {}
    this.requestId = about.requestId ?? null
    this.retryAfterSeconds = about.retryAfterSeconds ?? null
  }
}

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('unknown')
}

/** What a query or a change failed with; null when it has not. */
export function failedOf(error: Error | null): ApiError | null {
  return error === null ? null : asApiError(error)
}
