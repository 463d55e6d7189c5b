/** Claims that outlived their order as a file: each in a line, with the other claim of its order. */
import { zombieColumns } from '@choba/shared/columns/zombies.ts'
import type { ZombieExportQuery, ZombieTotals } from '@choba/shared/contracts/zombies.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import { sql } from 'kysely'
import type { ListExport } from '../../exports/list-export.ts'
import { shopNames, wordedColumns } from '../../exports/worded-columns.ts'
import { zombieLinesSql, zombieTotalsSql } from './zombies.queries.ts'

export const zombiesExport: ListExport<ZombieExportQuery, ZombieTotals> = {
  name: 'zombies',
  async open(within, { shop, kind, language }) {
    const { merchantId } = within
    const filter = { shop, kind }
    return {
      columns: wordedColumns(zombieColumns, language, labels(language).zombie_column, {
        shopId: await shopNames(within),
      }),
      from: sql`from (${zombieLinesSql(merchantId, filter)}) found where true`,
      orderBy: sql`order by ordered_at desc, id desc`,
      rowKey: sql`hit.id`,
      totals: async () => {
        const [totals] = await within.query<ZombieTotals>(zombieTotalsSql(merchantId, filter))
        return totals ?? { count: 0, amountYen: 0 }
      },
    }
  },
}
