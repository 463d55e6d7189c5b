import type { Kysely } from 'kysely'
import type { CalendarScope } from '@choba/shared/calendar.ts'
import type { Database } from '../../db/schema.ts'

/** Two changes of one merchant's calendar follow each other. */
export async function lockCalendar(tx: Kysely<Database>, merchantId: string): Promise<void> {
  await tx.selectFrom('merchant').select('merchantId').where('merchantId', '=', merchantId).forUpdate().execute()
}

type Line = {
  readonly scope: CalendarScope
  readonly day: string
  readonly closed: boolean
  readonly name: string
  readonly source: 'own' | 'file'
}

export async function putCalendarDay(tx: Kysely<Database>, merchantId: string, line: Line): Promise<void> {
  const { closed, name, source } = line
  await tx
    .insertInto('calendarDay')
    .values({ merchantId, ...line })
    .onConflict((conflict) => conflict.columns(['merchantId', 'scope', 'day']).doUpdateSet({ closed, name, source }))
    .execute()
}

export async function deleteCalendarDay(
  tx: Kysely<Database>,
  merchantId: string,
  { scope, day }: Pick<Line, 'scope' | 'day'>,
): Promise<void> {
  await tx
    .deleteFrom('calendarDay')
    .where('merchantId', '=', merchantId)
    .where('scope', '=', scope)
    .where('day', '=', day)
    .execute()
}
