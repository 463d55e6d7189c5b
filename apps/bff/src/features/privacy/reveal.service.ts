/** Masked personal data of one record, shown for a reason: read, counted and told to the audit log in one transaction, which ends before the answer leaves. */
import type { Output } from '@choba/shared/contract.ts'
import type { reveals } from '@choba/shared/contracts/reveals.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import { requirePermission } from '../../core/require-permission.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { lockSetting } from '../../db/lock-setting.ts'
import { getPrivacySettings } from './privacy.queries.ts'
import { countReveals, findCustomerPerson, findPaymentPeople, type Shown } from './reveal.queries.ts'

type RevealDeps = { readonly db: Db }

export async function getRevealsLeft(
  { db }: RevealDeps,
  { merchantId, userId }: Session,
): Promise<Output<typeof reveals.left>> {
  const reader = db.merchant(merchantId)
  const { revealsPerHour: perHour } = await getPrivacySettings(reader, merchantId)
  return { perHour, left: perHour - (await countReveals(reader, merchantId, userId, perHour)) }
}

const FINDERS = { payment: findPaymentPeople, customer: findCustomerPerson } as const

/**
 * Whoever may not see the record at all is shown nothing of it.
 * @throws AppError auth.forbidden, reveal.off, reveal.too_many, resource.not_found
 */
export async function reveal<K extends keyof Shown>(
  { db }: RevealDeps,
  session: Session,
  { kind, id, reason }: { readonly kind: K; readonly id: string; readonly reason: string },
): Promise<Shown[K]> {
  requirePermission(session, 'sales.read')
  const { merchantId, userId } = session
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      // Two at once of one person cannot both be the last.
      await lockSetting(tx, merchantId, `reveal:${userId}`)
      const { revealsPerHour: perHour } = await getPrivacySettings(tx, merchantId)
      if (perHour === 0) throw new AppError('reveal.off')
      if ((await countReveals(tx, merchantId, userId, perHour)) >= perHour)
        throw new AppError('reveal.too_many', { perHour })
      const shown = await FINDERS[kind](tx, merchantId, id)
      if (shown === undefined) throw new AppError('resource.not_found', { [kind]: id })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: `${kind}.reveal`,
        subject: { kind, id },
        reason,
      })
      return shown as Shown[K] // each kind has a finder of its own
    })
}
