/** One slip for the customer: on paper, and as the mail a clerk sends. */
import type { Output } from '@choba/shared/contract.ts'
import type { slips, SlipSheet } from '@choba/shared/contracts/slips.ts'
import { fill, type Language, labels } from '@choba/shared/labels/labels.ts'
import { STORES, type StoreCode } from '@choba/shared/methods.ts'
import { numberNames } from '@choba/shared/states/slip.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { findText } from '../../db/text-templates.ts'
import { findSlip } from './slips.queries.ts'
import type { SlipDeps } from './slips.service.ts'

/** @throws AppError resource.not_found */
export async function readSlip({ db }: SlipDeps, { merchantId }: Session, id: string): Promise<SlipSheet> {
  const slip = await findSlip(db.merchant(merchantId), merchantId, id)
  if (slip === undefined) throw new AppError('resource.not_found', { id })
  return { ...slip, orderedAt: slip.orderedAt.toISOString() }
}

/** @throws AppError resource.not_found */
export async function writeMail(
  deps: SlipDeps,
  session: Session,
  id: string,
  language: Language,
): Promise<Output<typeof slips.mail>> {
  const slip = await readSlip(deps, session, id)
  const words = labels(language)
  const store = STORES[slip.store as StoreCode]
  const numbers = numberNames(slip.store, slip.numbers).map(
    ([name, number]) => `${words.slip_number[name]}${language === 'ja' ? '：' : ': '}${number}`,
  )
  const values = {
    customer: slip.customerName,
    shop: slip.shopName,
    order: slip.orderNumber,
    amount: slip.amountYen.toLocaleString('en-US'),
    store: store === undefined ? slip.store : words.store[store],
    numbers: numbers.join('\n'),
    due: slip.payBy.replaceAll('-', '/'),
    how: store === undefined ? '' : words.slip_how[store],
  }
  const { merchantId } = session
  const { subject, body } = await findText(deps.db.merchant(merchantId), merchantId, 'slip', language)
  return { to: slip.email, subject: fill(subject, values), body: fill(body, values) }
}
