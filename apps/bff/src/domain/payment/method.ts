/** What a payment method must bring: its facts, what news changes, and where it stands. */
import type { BusinessDate } from '@choba/shared/dates.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import type { Books } from './books.ts'
import type { PaymentEvent } from './events.ts'
import type { DatedNews } from './news.ts'

/** Why news cannot be applied now; it waits, visible, and can be replayed. */
export type Refusal = { readonly refusal: string }
export type Decision = { readonly events: readonly PaymentEvent[] } | Refusal

export const NOTHING: Decision = { events: [] }

/** Facts are plain JSON: they are stored beside the projection. */
export type Facts = Readonly<Record<string, unknown>>

export type Standing = {
  readonly status: PaymentStatus
  readonly providerId: string | null
  readonly transactionId: string | null
  readonly slipNumber: string | null
  readonly reasons: readonly string[]
  /** The next thing that is expected, and by when. */
  readonly next: { readonly kind: string; readonly on: BusinessDate } | null
  readonly shippedOn: BusinessDate | null
  readonly customerPaid: boolean
  /** NP: an earlier approval or hold keeps the customer's limit reserved. */
  readonly creditHeld: boolean
  readonly captureUntil: BusinessDate | null
  readonly refundUntil: BusinessDate | null
}

export type MethodDomain<F extends Facts = Facts> = {
  readonly initial: F
  /** Facts the order itself brings; `initial` where a method has none. */
  open?(event: Extract<PaymentEvent, { type: 'registered' }>): F
  evolve(facts: F, event: PaymentEvent, at: string, books: Books): F
  /** Repeated and outdated news decides to nothing. */
  decide(state: { readonly books: Books; readonly facts: F }, dated: DatedNews): Decision
  standing(state: { readonly books: Books; readonly facts: F }): Standing
}

export function refuse(refusal: string): Refusal {
  return { refusal }
}
