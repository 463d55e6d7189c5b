import type { ErrorCode } from '@choba/shared/errors.ts'

/** A refusal the caller should see. Anything else that is thrown answers `internal`. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  /** Ids, states, field names. Never names, addresses or secrets: details reach logs and screens. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, details: Record<string, unknown> = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}
