/** The demo merchant goes as it came: whole. Its books cannot be deleted row by row, so the database is emptied behind its guards (ADR 37). */
import type { Output } from '@choba/shared/contract.ts'
import type { guide } from '@choba/shared/contracts/setup.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { countDemo, getDemoState } from './demo-removal.queries.ts'
import { makeSetupCode, type SetupCodeDeps } from './setup-code.ts'
import type { Db } from '../../db/client.ts'

export type DemoRemovalDeps = SetupCodeDeps & {
  readonly db: Db
  readonly sessions: { forgetPerson(userId: string): void }
  /** Empties every table of ours in one transaction, once the check inside it has passed. */
  readonly emptyDatabase: (isStillDemo: (merchants: readonly DemoState[]) => boolean) => Promise<boolean>
}
export type DemoState = { readonly merchantId: string; readonly name: string; readonly isDemo: boolean }

export async function getDemo({ db }: DemoRemovalDeps, { merchantId }: Session): Promise<Output<typeof guide.demo>> {
  const { isDemo } = await getDemoState(db.owner, merchantId)
  return { isDemo, ...(isDemo ? await countDemo(db.owner, merchantId) : { payments: 0, people: 0 }) }
}

/** @throws AppError demo.not_demo; request.invalid when the name is not the merchant's */
export async function removeDemo(
  deps: DemoRemovalDeps,
  { merchantId, userId }: Session,
  typedName: string,
): Promise<Output<typeof guide.removeDemo>> {
  const { isDemo, name } = await getDemoState(deps.db.owner, merchantId)
  if (!isDemo) throw new AppError('demo.not_demo')
  if (typedName !== name)
    throw new AppError('request.invalid', {
      issues: [{ path: 'merchantName', message: 'not the name of the merchant' }],
    })
  // Whoever runs more than the demo here keeps everything.
  const isEmptied = await deps.emptyDatabase(
    (merchants) => merchants.length === 1 && merchants.every((one) => one.merchantId === merchantId && one.isDemo),
  )
  if (!isEmptied) throw new AppError('demo.not_demo')
  deps.sessions.forgetPerson(userId)
  const setupCode = await makeSetupCode(deps)
  if (setupCode === undefined) throw new AppError('setup.closed')
  return { setupCode }
}
