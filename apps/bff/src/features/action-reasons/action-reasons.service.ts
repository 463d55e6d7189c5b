import type { Parsed } from '@choba/shared/contract.ts'
import {
  type actionReasons,
  DEMANDABLE_ACTIONS,
  REASONED_ACTIONS,
  type ReasonSettings,
} from '@choba/shared/contracts/action-reasons.ts'
import { replaceSetting } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { findReasonSettings } from '../../db/action-reasons.ts'
import type { Db } from '../../db/client.ts'
import { lockSetting } from '../../db/lock-setting.ts'
import { putReasonSettings } from './action-reasons.queries.ts'

type Deps = { readonly db: Db }

export function getReasons({ db }: Deps, { merchantId }: Session): Promise<ReasonSettings> {
  return findReasonSettings(db.merchant(merchantId), merchantId)
}

/** @throws AppError request.invalid for a reason named twice */
export async function changeReasons(
  { db }: Deps,
  session: Session,
  asked: Parsed<typeof actionReasons.put>['body'],
): Promise<ReasonSettings> {
  const { merchantId } = session
  const after: ReasonSettings = {
    reasons: asked.reasons.map(({ name, actions }) => ({
      name,
      actions: REASONED_ACTIONS.filter((each) => actions.includes(each)),
    })),
    required: DEMANDABLE_ACTIONS.filter((each) => asked.required.includes(each)),
  }
  refuseTwice(after)
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await lockSetting(tx, merchantId, 'reasons')
      const before = await findReasonSettings(tx, merchantId)
      const entry = {
        merchantId,
        actor: person(session),
        action: 'reasons.change',
        subject: { kind: 'merchant', id: merchantId },
      }
      await replaceSetting(tx, entry, { before, after }, () => putReasonSettings(tx, merchantId, after))
    })
  return after
}

function refuseTwice({ reasons }: ReasonSettings): void {
  const named = new Set<string>()
  for (const [index, { name }] of reasons.entries()) {
    if (named.has(name))
      throw new AppError('request.invalid', { issues: [{ path: `reasons.${index}.name`, message: 'named twice' }] })
    named.add(name)
  }
}
