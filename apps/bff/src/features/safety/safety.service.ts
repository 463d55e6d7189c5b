/** Ceilings, the second person and the while in which an order can be taken back: what an admin settles. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { safety } from '@choba/shared/contracts/safety.ts'
import { ROLES } from '@choba/shared/permissions.ts'
import { replaceSetting } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { lockSetting } from '../../db/lock-setting.ts'
import { findSafetyRules, KEY_ROLE } from '../../db/safety.ts'
import { getSafetySettings, listOwnRoles, putSafetySettings, type SafetySettings } from './safety.queries.ts'

type Deps = { readonly db: Db }

export async function getSafety({ db }: Deps, { merchantId }: Session): Promise<Output<typeof safety.get>> {
  const reader = db.merchant(merchantId)
  const settings = await getSafetySettings(reader, merchantId)
  return { ...settings, roles: await listOwnRoles(reader, merchantId) }
}

export async function getOwnRules({ db }: Deps, { merchantId, userId }: Session): Promise<Output<typeof safety.own>> {
  const rules = await findSafetyRules(db.merchant(merchantId), merchantId, userId)
  return { ...rules, holdActions: [...rules.holdActions] }
}

/** What waits already goes on as it was asked. @throws AppError request.invalid for a role that is not there, or one named twice */
export async function changeSafety(
  { db }: Deps,
  session: Session,
  next: Parsed<typeof safety.put>['body'],
): Promise<{ done: true }> {
  const { merchantId } = session
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await lockSetting(tx, merchantId, 'safety')
      const own = await listOwnRoles(tx, merchantId)
      refuseUnknownRoles(next.ceilings, [...ROLES, KEY_ROLE, ...own.map(({ id }) => id)])
      const before = await getSafetySettings(tx, merchantId)
      const after: SafetySettings = {
        ...next,
        holdActions: [...new Set(next.holdActions)],
        ceilings: next.ceilings.toSorted((a, b) => (a.role < b.role ? -1 : 1)),
      }
      const entry = {
        merchantId,
        actor: person(session),
        action: 'safety.change',
        subject: { kind: 'merchant', id: merchantId },
      }
      await replaceSetting(tx, entry, { before, after }, () => putSafetySettings(tx, merchantId, after))
    })
  return { done: true }
}

function refuseUnknownRoles(ceilings: SafetySettings['ceilings'], known: readonly string[]): void {
  const named = new Set<string>()
  for (const [index, { role }] of ceilings.entries()) {
    if (!known.includes(role) || named.has(role))
      throw new AppError('request.invalid', {
        issues: [{ path: `ceilings.${index}.role`, message: named.has(role) ? 'named twice' : 'no such role' }],
      })
    named.add(role)
  }
}
