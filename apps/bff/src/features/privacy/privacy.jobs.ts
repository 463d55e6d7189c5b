/** Each night: customers whose time is over go, one transaction each, so that a process that dies has lost nothing. */
import { AppError } from '../../core/app-error.ts'
import type { Log } from '../../core/log.ts'
import type { TaskHandlers } from '../../jobs/tasks.ts'
import { type ErasureDeps, eraseCustomer } from './erasure.service.ts'
import { listDue, listRetaining } from './privacy.queries.ts'
import { cutOff } from './privacy.service.ts'

/** Every night at 2:40 in Tokyo; the queue's clock is UTC. */
export const PRIVACY_CRONTAB = '40 17 * * * privacy:retain'

const AT_ONCE = 100
const JOB = { kind: 'job', id: 'privacy:retain' } as const

export function privacyJobs(deps: ErasureDeps & { readonly log: Log }): TaskHandlers {
  return {
    'privacy:retain': async () => {
      for (const { merchantId, eraseAfterYears } of await listRetaining(deps.db.owner))
        await eraseDue(deps, merchantId, cutOff(deps.clock, eraseAfterYears))
    },
  }
}

async function eraseDue(deps: ErasureDeps & { readonly log: Log }, merchantId: string, before: string): Promise<void> {
  const counts = { erased: 0, stayed: 0 }
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const due = await listDue(deps.db.merchant(merchantId), merchantId, { before, limit: AT_ONCE, after })
    for (const { id } of due) {
      after = id
      if (await isErased(deps, { merchantId, customerId: id })) counts.erased += 1
      else counts.stayed += 1
    }
    if (due.length < AT_ONCE) break
  }
  if (counts.erased + counts.stayed > 0) deps.log.info({ merchantId, ...counts }, 'customers were kept long enough')
}

/** Whoever has something else open stays until another night. */
async function isErased(deps: ErasureDeps, key: { merchantId: string; customerId: string }): Promise<boolean> {
  try {
    await eraseCustomer(deps, key, { actor: JOB, reason: '' })
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'customer.open') return false
    throw error
  }
}
