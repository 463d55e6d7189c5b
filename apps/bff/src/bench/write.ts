/** Eight writers on one merchant's books, a process of its own: new sales, and news of those just made. */
import { yen } from '@choba/shared/money.ts'
import { openDatabase } from '../db/client.ts'
import { readEnv } from '../env.ts'
import { recordBulk } from '../ledger/record-bulk.ts'
import { record } from '../ledger/record.ts'
import { registerPayment, type TestMerchant, tellPayment } from '../testing/factory.ts'
import { some, trade } from './trade.ts'

const WRITERS = 8
const PAYMENTS_AT_ONCE = 20

export async function write(merchant: TestMerchant): Promise<void> {
  const db = openDatabase(readEnv().databaseUrl, { max: WRITERS })
  const scoped = db.merchant(merchant.merchantId)
  let transactions = 0
  let stopped = false
  process.once('disconnect', () => process.exit(0))

  async function writer(index: number): Promise<void> {
    const run = Date.now() % 1_000_000_000
    const sales = trade(merchant, 1_000_000, run * 10 + index)
    for (let round = 0; !stopped; round += 1) {
      const orderNumber = `W${run}-${index}-${round}`
      if (round % 50 === 49) await recordBulk(db, merchant.merchantId, some(sales, PAYMENTS_AT_ONCE))
      else if (round % 10 === 9) {
        const set = [...some(sales, PAYMENTS_AT_ONCE)]
        await scoped.transaction().execute((tx) => record(tx, merchant.merchantId, set))
      } else {
        const at = new Date().toISOString()
        const paymentId = await scoped
          .transaction()
          .execute((tx) => registerPayment(tx, merchant, { orderNumber, orderedAt: at }))
        const authorized = { kind: 'authorized', providerId: orderNumber, transactionId: null, brand: null } as const
        await scoped.transaction().execute((tx) =>
          tellPayment(tx, merchant.merchantId, paymentId, [
            { at, news: authorized },
            { at, news: { kind: 'captured', amountYen: yen(11_000) } },
          ]),
        )
        transactions += 1
      }
      transactions += 1
    }
  }

  const writers = Promise.all(Array.from({ length: WRITERS }, (_, index) => writer(index)))
  process.once('message', () => (stopped = true))
  process.send?.('started')
  await writers
  process.send?.({ transactions })
  await db.close()
}
