/** The merchant's own chart of accounts: names for what the postings say. The postings stay as they are. */
import { ACCOUNT_NAMES } from '@choba/shared/accounts.ts'
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { AccountMapping, chart } from '@choba/shared/contracts/chart.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { listMappings, putMapping } from './chart.queries.ts'
import type { JournalDeps } from './journal.service.ts'

export async function listChart(
  { db, clock }: JournalDeps,
  { merchantId }: Session,
): Promise<Output<typeof chart.list>> {
  const mappings = await listMappings(db.merchant(merchantId), merchantId)
  return { today: dayOf(clock.now()), mappings }
}

/** @throws AppError resource.not_found */
export async function changeChart(
  { db }: JournalDeps,
  session: Session,
  { account: asked, body }: Parsed<typeof chart.change>,
): Promise<{ changed: boolean }> {
  const { merchantId } = session
  const account = ACCOUNT_NAMES.find((each) => each === asked)
  if (account === undefined) throw new AppError('resource.not_found', { account: asked })
  const after: AccountMapping = { account, ...body }
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const own = (await listMappings(tx, merchantId)).filter((each) => each.account === account)
      const same = own.find((each) => each.validFrom === body.validFrom)
      if (same !== undefined && isSame(same, after)) return { changed: false }
      await putMapping(tx, merchantId, after)
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'account.map',
        subject: { kind: 'account', id: account },
        before: same ?? own.findLast((each) => each.validFrom < body.validFrom) ?? null,
        after,
      })
      return { changed: true }
    })
}

function isSame(a: AccountMapping, b: AccountMapping): boolean {
  return a.code === b.code && a.name === b.name && a.subAccount === b.subAccount && a.taxName === b.taxName
}
