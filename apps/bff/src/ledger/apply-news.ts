/** From what a provider said to what happened: news decided one after the other on the state they left. */
import type { Dated } from '../domain/payment/events.ts'
import { instantOf } from '../domain/payment/instant.ts'
import type { DatedNews } from '../domain/payment/news.ts'
import { decide, evolve, METHOD_DOMAINS, type MethodRegistry, type PaymentState } from '../domain/payment/payment.ts'

export type AppliedNews = {
  readonly events: readonly Dated[]
  readonly state: PaymentState
  /** Why a piece of news could not be applied; the others were. */
  readonly refusals: readonly string[]
}

export function applyNews(
  before: PaymentState,
  news: readonly DatedNews[],
  methods: MethodRegistry = METHOD_DOMAINS,
): AppliedNews {
  let state = before
  const events: Dated[] = []
  const refusals: string[] = []
  for (const dated of news) {
    const decision = decide(state, dated, methods)
    if ('refusal' in decision) {
      refusals.push(decision.refusal)
      continue
    }
    for (const event of decision.events) {
      const at = instantOf(event, dated.at)
      state = evolve(state, event, at, methods)
      events.push({ at, event })
    }
  }
  return { events, state, refusals }
}
