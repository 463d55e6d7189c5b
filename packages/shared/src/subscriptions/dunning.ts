/** What follows when a cycle is not approved: each further try on its day, then another method, then the end the shop chose. */
import { addDays, type BusinessDate } from '../dates.ts'

export const ON_FAILURE = ['fallback', 'skip', 'pause'] as const
export type OnFailure = (typeof ON_FAILURE)[number]

export type Policy = {
  /** Days after the first failure on which it is tried again; never more often than there are days. */
  readonly retryDays: readonly number[]
  readonly onFailure: OnFailure
}

export type Failures = {
  /** How often the subscription's own method has failed in this cycle, the last one included. */
  readonly count: number
  readonly firstOn: BusinessDate
  /** The other method was tried and failed too. */
  readonly fellBack: boolean
}

export type NextStep =
  | { readonly kind: 'retry'; readonly on: BusinessDate }
  | { readonly kind: 'fallback' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'pause' }

export function nextStep({ retryDays, onFailure }: Policy, { count, firstOn, fellBack }: Failures): NextStep {
  const days = fellBack ? undefined : retryDays[count - 1]
  if (days !== undefined) return { kind: 'retry', on: addDays(firstOn, days) }
  if (onFailure === 'fallback') return { kind: fellBack ? 'skip' : 'fallback' }
  return { kind: onFailure }
}
