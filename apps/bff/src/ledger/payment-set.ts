/** Payments that several pieces of news speak of: locked together, decided on in turn, recorded at once. */
import { type Kysely, sql } from 'kysely'
import type { Actor } from '../core/actor.ts'
import type { Database } from '../db/schema.ts'
import type { DatedNews } from '../domain/payment/news.ts'
import { applyNews } from './apply-news.ts'
import { type Change, type LockedPayment, lockPayments, record } from './record.ts'

/** A payment as a provider names it. */
export type ProviderRef = { readonly connectionId: string; readonly providerId: string }
/** A provider's message, or somebody who says it in its place. */
export type NewsSource = { readonly provider: string; readonly messageId: string } | { readonly actor: Actor }

export class PaymentSet {
  readonly #tx: Kysely<Database>
  readonly #merchantId: string
  readonly #ids: ReadonlyMap<string, string>
  readonly #locked: ReadonlyMap<string, LockedPayment>
  readonly #current = new Map<string, LockedPayment['state']>()
  readonly #changes: Change[] = []

  private constructor(
    tx: Kysely<Database>,
    merchantId: string,
    ids: ReadonlyMap<string, string>,
    locked: ReadonlyMap<string, LockedPayment>,
  ) {
    this.#tx = tx
    this.#merchantId = merchantId
    this.#ids = ids
    this.#locked = locked
  }

  /** Locks all of them in one statement: two sets that overlap queue up instead of waiting for each other. */
  static async lock(
    tx: Kysely<Database>,
    merchantId: string,
    refs: readonly ProviderRef[],
    paymentIds: readonly string[],
  ): Promise<PaymentSet> {
    const ids = await findByProviderIds(tx, merchantId, refs)
    const locked = await lockPayments(tx, merchantId, [...new Set([...ids.values(), ...paymentIds])])
    return new PaymentSet(tx, merchantId, ids, locked)
  }

  idOf(ref: ProviderRef): string | undefined {
    return this.#ids.get(refKey(ref))
  }

  /** Answers why the news could not be applied, if so; what could be is applied. */
  apply(paymentId: string, news: readonly DatedNews[], source: NewsSource): string | undefined {
    const before = this.#locked.get(paymentId)
    if (before === undefined) return 'payment.unknown'
    const applied = applyNews(this.#current.get(paymentId) ?? before.state, news)
    this.#current.set(paymentId, applied.state)
    this.#changes.push({
      paymentId,
      before,
      events: applied.events,
      ...('actor' in source
        ? source
        : { actor: { kind: 'provider', id: source.provider }, messageId: source.messageId }),
    })
    return applied.refusals[0]
  }

  record(): Promise<void> {
    return record(this.#tx, this.#merchantId, this.#changes)
  }
}

async function findByProviderIds(
  tx: Kysely<Database>,
  merchantId: string,
  refs: readonly ProviderRef[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const [connectionId, ofConnection] of Map.groupBy(refs, (ref) => ref.connectionId)) {
    const asked = [...new Set(ofConnection.map((ref) => ref.providerId))]
    const rows = await tx
      .selectFrom('payment')
      .select(['providerId', 'paymentId'])
      .where('merchantId', '=', merchantId)
      .where('connectionId', '=', connectionId)
      .where('providerId', '=', sql<string>`any(${asked}::text[])`)
      .execute()
    // A statement may still name a transaction that another took the place of.
    const earlier = await tx
      .selectFrom('providerReference')
      .select(['providerId', 'paymentId'])
      .where('merchantId', '=', merchantId)
      .where('connectionId', '=', connectionId)
      .where('providerId', '=', sql<string>`any(${asked}::text[])`)
      .execute()
    for (const row of [...earlier, ...rows])
      ids.set(refKey({ connectionId, providerId: row.providerId ?? '' }), row.paymentId)
  }
  return ids
}

function refKey(ref: ProviderRef): string {
  return `${ref.connectionId}|${ref.providerId}`
}
