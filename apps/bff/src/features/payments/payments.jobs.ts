import type { TaskHandlers } from '../../jobs/tasks.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/client.ts'
import { foldRollups } from '../../ledger/fold.ts'

const FOLD_EVERY_MS = 5_000
const FOLD_KEY = 'rollups:fold'

/** Starts the folding that then keeps itself going, also after a restart. */
export const PAYMENT_CRONTAB = `* * * * * rollups:fold ?jobKey=${FOLD_KEY}`

export function paymentJobs({ db }: { readonly db: Db; readonly clock: Clock }): TaskHandlers {
  return {
    'rollups:fold': async () => {
      await foldRollups(db.owner)
      await enqueue(
        db.owner,
        'rollups:fold',
        {},
        { jobKey: FOLD_KEY, runAt: new Date(Date.now() + FOLD_EVERY_MS), maxAttempts: 1 },
      )
    },
  }
}
