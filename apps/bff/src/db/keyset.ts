/** A place in a sorted list, as a cursor in a URL and as a row-value comparison in SQL. */
import { type RawBuilder, sql } from 'kysely'
import type { PaymentSort } from '@choba/shared/filters/payments.ts'
import { AppError } from '../core/app-error.ts'

/** The sort value of a row, as its SQL type writes it, and the row's id as the tiebreak. */
export type Keyset = { readonly value: string; readonly id: string }

export type SortOrder = { readonly sort: PaymentSort; readonly direction: 'asc' | 'desc' }

type SortKey = {
  /** Exactly the expression of the index that serves it; rows without a day stand last in descending order. */
  readonly expression: RawBuilder<unknown>
  readonly asText: RawBuilder<string>
  readonly type: RawBuilder<unknown>
  readonly pattern: RegExp
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
// A case, not coalesce: row-level security takes coalesce for something that could leak, and keeps it from an index.
const CAPTURED_ON = sql`(case when captured_on is null then date '0001-01-01' else captured_on end)`
const PAID_OUT_ON = sql`(case when paid_out_on is null then date '0001-01-01' else paid_out_on end)`

export const SORT_KEYS: Readonly<Record<PaymentSort, SortKey>> = {
  orderedAt: {
    expression: sql`ordered_at`,
    // To the microsecond: a JavaScript date would cut what the database compares.
    asText: sql<string>`to_char(ordered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    type: sql`timestamptz`,
    pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/,
  },
  capturedOn: { expression: CAPTURED_ON, asText: sql<string>`${CAPTURED_ON}::text`, type: sql`date`, pattern: DAY },
  paidOutOn: { expression: PAID_OUT_ON, asText: sql<string>`${PAID_OUT_ON}::text`, type: sql`date`, pattern: DAY },
  amountYen: {
    expression: sql`amount_yen`,
    asText: sql<string>`amount_yen::text`,
    type: sql`bigint`,
    pattern: /^\d{1,15}$/,
  },
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A cursor names its order: one that was made under another sort is no place in this list. */
export function encodeCursor({ sort, direction }: SortOrder, key: Keyset): string {
  return Buffer.from(JSON.stringify([sort, direction, key.value, key.id])).toString('base64url')
}

/** @throws AppError request.invalid when the cursor was not made by {@link encodeCursor} for this order. */
export function decodeCursor({ sort, direction }: SortOrder, cursor: string): Keyset {
  const [ofSort, ofDirection, value, id] = parse(cursor)
  const fits = ofSort === sort && ofDirection === direction && typeof value === 'string' && typeof id === 'string'
  if (fits && SORT_KEYS[sort].pattern.test(value) && UUID.test(id)) return { value, id }
  throw new AppError('request.invalid', { issues: [{ path: 'cursor', message: 'not a place in this list' }] })
}

function parse(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parts) ? parts : []
  } catch {
    return [] // not JSON: the same mistake as a cursor of the wrong shape
  }
}

/** Rows beyond a place, walking up or down. */
export function beyond(sort: PaymentSort, key: Keyset, descending: boolean): RawBuilder<boolean> {
  const { expression, type } = SORT_KEYS[sort]
  return sql<boolean>`(${expression}, payment_id) ${descending ? sql`<` : sql`>`} (${key.value}::${type}, ${key.id}::uuid)`
}

export function orderBy(sort: PaymentSort, descending: boolean): RawBuilder<unknown> {
  const way = descending ? sql`desc` : sql`asc`
  return sql`order by ${SORT_KEYS[sort].expression} ${way}, payment_id ${way}`
}
