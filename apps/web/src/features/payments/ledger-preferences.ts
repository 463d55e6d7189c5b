/** Which columns the ledger shows and how high its rows are: kept on the account. */
import { PAYMENT_COLUMN_IDS, type PaymentColumnId, paymentColumns } from '@choba/shared/columns/payments.ts'
import { usePreference } from '../../api/preferences.ts'
import { FIXED_COLUMNS } from './ledger-columns.tsx'

export const DENSITIES = ['compact', 'normal', 'relaxed'] as const
export type Density = (typeof DENSITIES)[number]
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = { compact: 32, normal: 40, relaxed: 48 }

export const DEFAULT_COLUMNS: readonly PaymentColumnId[] = paymentColumns
  .filter((column) => 'shown' in column && column.shown)
  .map((column) => column.id)

export function readColumns(stored: unknown): readonly PaymentColumnId[] {
  if (!Array.isArray(stored)) return DEFAULT_COLUMNS
  const known = stored.filter((id): id is PaymentColumnId => (PAYMENT_COLUMN_IDS as readonly unknown[]).includes(id))
  const free = [...new Set(known)].filter((id) => !FIXED_COLUMNS.includes(id))
  return free.length === 0 ? DEFAULT_COLUMNS : [...FIXED_COLUMNS, ...free]
}

const DEFAULT_WITH_TAGS: readonly PaymentColumnId[] = DEFAULT_COLUMNS.flatMap((id) =>
  id === 'method' ? [id, 'tags' as const] : [id],
)

/** Whoever chose nothing sees tags as soon as there are any. */
export function useLedgerColumns(hasTags: boolean) {
  return usePreference('payments.columns', (stored) => {
    const columns = readColumns(stored)
    return columns === DEFAULT_COLUMNS && hasTags ? DEFAULT_WITH_TAGS : columns
  })
}

export function useDensity() {
  return usePreference(
    'payments.density',
    (stored): Density => DENSITIES.find((density) => density === stored) ?? 'normal',
  )
}
