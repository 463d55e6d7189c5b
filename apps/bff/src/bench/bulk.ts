/** An import through the door, with all that follows from its events, against COPY of the rows it left. */
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import type { Db } from '../db/client.ts'
import { recordBulk } from '../ledger/record-bulk.ts'
import { makeMerchant } from './load.ts'
import { type Measure, percent, perSecond, timed } from './measure.ts'
import { trade } from './trade.ts'

const MOST_PAYMENTS = 20_000
const TABLES = ['payment', 'order_detail', 'payment_event', 'journal_entry', 'posting']
const GOAL = 0.3

/** Into an empty database, both times: tables, indexes and checks are the same, triggers and keys to other tables only ours. */
export async function measureBulk(db: Db, bare: pg.Client, payments: number): Promise<Measure[]> {
  const count = Math.min(MOST_PAYMENTS, Math.ceil(payments / 5))
  const merchant = await makeMerchant(db, '取込商店', 4)
  const changes = [...trade(merchant, count, 90)]
  const value = await timed(() => recordBulk(db, merchant.merchantId, changes))
  const floor = await copyAgain(bare, merchant.merchantId, 'including all')
  const withoutIndexes = await copyAgain(bare, merchant.merchantId, 'including defaults including generated')
  const ratio = floor / value
  return [
    {
      measure: `bulk import, ${count.toLocaleString('en')} payments with all their books, against COPY of the same rows`,
      value: `${perSecond(count, value)}`,
      floor: perSecond(count, floor),
      ratio: percent(ratio),
      goal: `≥ ${percent(GOAL)}`,
      met: ratio >= GOAL,
    },
    {
      measure: 'bulk import, the same against COPY into tables without indexes',
      value: perSecond(count, value),
      floor: perSecond(count, withoutIndexes),
      ratio: percent(withoutIndexes / value),
      goal: 'reported',
      met: null,
    },
  ]
}

/** How long COPY takes to write the merchant's rows once more, into tables of the same shape. */
async function copyAgain(bare: pg.Client, merchantId: string, including: string): Promise<number> {
  let elapsed = 0
  for (const table of TABLES) {
    const { rows } = await bare.query<{ columns: string }>(
      `select string_agg(attname, ', ' order by attnum) as columns from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [table],
    )
    const columns = rows[0]?.columns ?? ''
    const lines: Buffer[] = []
    const out = bare.query(
      copyStreams.to(`copy (select ${columns} from ${table} where merchant_id = '${merchantId}') to stdout`),
    )
    for await (const chunk of out) lines.push(chunk as Buffer)
    await bare.query(`create table copied (like ${table} ${including})`)
    const data = Buffer.concat(lines)
    elapsed += await timed(async () => {
      const stream = bare.query(copyStreams.from(`copy copied (${columns}) from stdin`))
      stream.end(data)
      await finished(stream)
    })
    await bare.query('drop table copied')
  }
  return elapsed
}
