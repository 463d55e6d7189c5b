/** Customers' cells for whoever may not read them, masked in the database as `maskText` masks what a screen shows. */
import { type RawBuilder, sql } from 'kysely'
import { MASK, type PersonalKind } from '@choba/shared/personal.ts'

type CellKind = Extract<PersonalKind, 'name' | 'phone' | 'email' | 'text'>

/** Columns of every list that hold personal data. A column of a new list that does needs its line here. */
const PERSONAL_COLUMNS: Readonly<Record<string, CellKind>> = {
  customerName: 'name',
  customerKana: 'name',
  name: 'name',
  kana: 'name',
  accountHolder: 'name',
  phone: 'phone',
  email: 'email',
  before: 'text',
  after: 'text',
}

export function personalKindOf(columnId: string): CellKind | undefined {
  return PERSONAL_COLUMNS[columnId]
}

export function maskedCell(kind: CellKind, value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${value} is null or ${value}::text = '' then null else ${rest(kind, sql`${value}::text`)} end`
}

function rest(kind: CellKind, value: RawBuilder<unknown>): RawBuilder<unknown> {
  if (kind === 'name') return sql`left(${value}, 1) || ${MASK}`
  if (kind !== 'phone') return sql`${MASK}::text`
  const digits = sql`regexp_replace(${value}, '[^0-9]', '', 'g')`
  return sql`${MASK} || case when length(${digits}) < 8 then '' else right(${digits}, 4) end`
}
