import { type RawBuilder, sql } from 'kysely'

/**
 * The day of issue on the newest page that bills payment `p` as it is billed now, in SQL: a page with another amount, or
 * of a transaction that NP has replaced, is no invoice any more. Served by invoice_print_by_payment.
 */
export const printedOn: RawBuilder<string | null> = sql`(
  select i.issued_on from invoice_print i
    where i.merchant_id = p.merchant_id and i.payment_id = p.payment_id and i.provider_id = p.provider_id and i.amount_yen = p.amount_yen
    order by i.printed_at desc limit 1)`

/** There is a page, and it is one of those that are no invoice any more. */
export const printIsStale: RawBuilder<boolean> = sql`(
  ${printedOn} is null and exists (select from invoice_print i where i.merchant_id = p.merchant_id and i.payment_id = p.payment_id))`
