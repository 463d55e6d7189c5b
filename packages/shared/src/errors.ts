/** Every error code the BFF can answer with, and its HTTP status. Labels live in `labels/`. */
export const ERROR_STATUS = {
  'request.invalid': 400,
  'request.too_large': 413,
  'request.cross_site': 403,
  'auth.required': 401,
  'auth.invalid': 401,
  'auth.forbidden': 403,
  'auth.too_many_attempts': 429,
  'resource.not_found': 404,
  'route.not_found': 404,
  'action.not_allowed': 409,
  'idempotency.conflict': 409,
  'order.duplicate': 409,
  'import.unreadable': 400,
  'import.busy': 409,
  'import.nothing_ready': 409,
  'operation.in_flight': 409,
  'message.not_replayable': 409,
  'link.not_live': 409,
  'return.not_owed': 409,
  'return.not_open': 409,
  'export.unmappable': 409,
  'export.too_many_rows': 409,
  'statement.unreadable': 409,
  'statement.closing_taken': 409,
  'contract.too_early': 409,
  'service.unavailable': 503,
  'service.timeout': 503,
  internal: 500,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS
export const ERROR_CODES = Object.keys(ERROR_STATUS) as ErrorCode[]
