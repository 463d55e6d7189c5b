import type { ErrorCode } from '@choba/shared/errors.ts'

/** What a broken constraint means to the caller. One that is not listed is a bug of ours and answers `internal`. */
const BY_CONSTRAINT: Readonly<Record<string, ErrorCode>> = {
  payment_order_unique: 'order.duplicate',
  operation_idempotency_unique: 'idempotency.conflict',
  operation_in_flight: 'operation.in_flight',
  customer_return_open: 'return.not_open',
  customer_return_idempotency_unique: 'idempotency.conflict',
}

export function refusalOfConstraint(constraint: string): ErrorCode | undefined {
  return Object.hasOwn(BY_CONSTRAINT, constraint) ? BY_CONSTRAINT[constraint] : undefined
}
