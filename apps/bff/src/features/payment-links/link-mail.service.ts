/** What to write to a customer who shall pay by a link. */
import type { Output } from '@choba/shared/contract.ts'
import type { paymentLinks } from '@choba/shared/contracts/payment-links.ts'
import { fill, type Language, labels } from '@choba/shared/labels/labels.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { findText } from '../../db/text-templates.ts'
import { findShopName } from './payment-link.queries.ts'
import { addressOf, isLive, type LinkDeps, linkOf } from './payment-links.service.ts'

/** @throws AppError resource.not_found, link.not_live */
export async function writeMail(
  deps: LinkDeps,
  { merchantId }: Session,
  linkId: string,
  language: Language,
): Promise<Output<typeof paymentLinks.mail>> {
  const db = deps.db.merchant(merchantId)
  const link = await linkOf(db, merchantId, linkId)
  if (!isLive(link)) throw new AppError('link.not_live', { state: link.state })
  const words = labels(language)
  const { name: shop } = await findShopName(db, merchantId, link.shopId)
  const until = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(link.expiresAt)
  const values = {
    shop,
    name: link.customerName,
    order: link.orderNumber,
    item: link.itemName,
    amount: link.amountYen.toLocaleString('en-US'),
    methods: link.methods.map((method) => words.method[method]).join(language === 'ja' ? '・' : ', '),
    expires: until,
    url: addressOf(deps, link.token),
  }
  const { subject, body } = await findText(db, merchantId, 'payment_link', language)
  return { to: link.customer.email, subject: fill(subject, values), body: fill(body, values) }
}
