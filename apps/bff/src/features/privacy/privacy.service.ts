/** What a merchant settles about its customers' personal data, and whom that would erase. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { privacy, PrivacySettings } from '@choba/shared/contracts/privacy.ts'
import { addMonths, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import { replaceSetting } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { lockSetting } from '../../db/lock-setting.ts'
import { countErasures, getPrivacySettings, listDue, putPrivacySettings } from './privacy.queries.ts'

export type PrivacyDeps = { readonly db: Db; readonly clock: Clock }

const SHOWN = 20

export async function getPrivacy({ db }: PrivacyDeps, { merchantId }: Session): Promise<Output<typeof privacy.get>> {
  const reader = db.merchant(merchantId)
  return { ...(await getPrivacySettings(reader, merchantId)), erased: await countErasures(reader, merchantId) }
}

export async function changePrivacy(
  { db }: PrivacyDeps,
  session: Session,
  asked: Parsed<typeof privacy.put>['body'],
): Promise<PrivacySettings> {
  const { merchantId } = session
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await lockSetting(tx, merchantId, 'privacy')
      const before = await getPrivacySettings(tx, merchantId)
      const { eraseAfterYears = before.eraseAfterYears, revealsPerHour = before.revealsPerHour } = asked
      const after = { eraseAfterYears, revealsPerHour }
      const entry = {
        merchantId,
        actor: person(session),
        action: 'privacy.change',
        subject: { kind: 'merchant', id: merchantId },
      }
      await replaceSetting(tx, entry, { before, after }, () => putPrivacySettings(tx, merchantId, after))
      return after
    })
}

export async function previewDue(
  { db, clock }: PrivacyDeps,
  { merchantId }: Session,
  years: number,
): Promise<Output<typeof privacy.due>> {
  const before = cutOff(clock, years)
  const rows = await listDue(db.merchant(merchantId), merchantId, { before, limit: SHOWN })
  return {
    count: rows[0]?.count ?? 0,
    payments: rows[0]?.allPayments ?? 0,
    before,
    first: rows.map(({ count: _, allPayments: __, ...row }) => row),
  }
}

/** Whose last payment ended before this day, the first of a month, has been kept for the years. */
export function cutOff(clock: Clock, years: number): BusinessDate {
  return addMonths(dayOf(clock.now()), -12 * years)
}
