/** The nightly check of the books. What it finds is logged as an error and counted: somebody must look. */
import type { Log } from '../core/log.ts'
import type { Db } from '../db/client.ts'
import type { TaskHandlers } from '../jobs/tasks.ts'
import { sealAudit } from './audit-chain.ts'
import { verifyAll } from './verify.ts'

/** 18:30 UTC is 3:30 in Tokyo. */
export const LEDGER_CRONTAB = '30 18 * * * ledger:verify\n*/5 * * * * audit:seal'

export function ledgerJobs({ db, log }: { readonly db: Db; readonly log: Log }): TaskHandlers {
  return {
    'audit:seal': () => sealAudit(db.owner),
    'ledger:verify': async () => {
      for (const report of await verifyAll(db.owner)) {
        const { differences, ...counts } = report
        if (differences.length === 0) log.info(counts, 'the books agree with their events')
        else log.error({ ...counts, differences }, 'the books differ from their events')
      }
    },
  }
}
