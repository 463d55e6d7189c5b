/** What a subscription and each of its cycles can be, and what a person may do: one table for the buttons and the BFF. */
import { type Holder, may } from '../permissions.ts'

/** NP postpaid registered afresh for each delivery, or a card charged by our schedule: the same each time, or by use. */
export const ENTERED_KINDS = ['np_schedule', 'fixed', 'metered'] as const
export type EnteredKind = (typeof ENTERED_KINDS)[number]
/** `simple`: begun by a payment link; the provider charges a card at the start of each month by itself. */
export const SUBSCRIPTION_KINDS = [...ENTERED_KINDS, 'simple'] as const
export type SubscriptionKind = (typeof SUBSCRIPTION_KINDS)[number]

/** `ending`: runs to the end of the period that was paid for. */
export const SUBSCRIPTION_STATUSES = ['active', 'ending', 'paused', 'ended'] as const
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number]

export const SUBSCRIPTION_TONE = {
  active: 'in_motion',
  ending: 'waiting',
  paused: 'waiting',
  ended: 'ended',
} as const satisfies Record<SubscriptionStatus, string>

export const CYCLE_STATES = [
  'awaiting_usage',
  'generated',
  'charging',
  'held',
  'retrying',
  'charged',
  'failed',
  'skipped',
  'cancelled',
] as const
export type CycleState = (typeof CYCLE_STATES)[number]

export const CYCLE_TONE = {
  awaiting_usage: 'needs_you',
  generated: 'waiting',
  charging: 'in_motion',
  held: 'needs_you',
  retrying: 'needs_you',
  charged: 'done',
  failed: 'needs_you',
  skipped: 'ended',
  cancelled: 'ended',
} as const satisfies Record<CycleState, string>

/** Cycles nobody has sent to a provider yet: what they cost can still change or fall away. */
export const UNSENT: readonly CycleState[] = ['awaiting_usage', 'generated', 'retrying']
/** Cycles that somebody should look at. */
export const ATTENTIONS = ['held', 'retrying', 'awaiting_usage', 'failed'] as const satisfies readonly CycleState[]
export type Attention = (typeof ATTENTIONS)[number]

export const SUBSCRIPTION_ACTIONS = ['pause', 'resume', 'skip', 'change', 'cancel'] as const
export type SubscriptionAction = (typeof SUBSCRIPTION_ACTIONS)[number]

export const SUBSCRIPTION_REFUSALS = [
  'ended',
  'paused',
  'not_paused',
  'last_cycle',
  'provider_charges',
  'role_forbids',
] as const
export type SubscriptionRefusal = (typeof SUBSCRIPTION_REFUSALS)[number]

export type SubscriptionFacts = {
  readonly status: SubscriptionStatus
  readonly kind: SubscriptionKind
  /** There is a cycle to come. */
  readonly hasNext: boolean
}

/** Why it cannot be done now; undefined when it can. */
export function subscriptionRefusal(
  action: SubscriptionAction,
  { status, kind, hasNext }: SubscriptionFacts,
  who: Holder,
): SubscriptionRefusal | undefined {
  if (status === 'ended') return 'ended'
  // The provider does not let a month out or change it: it can only be stopped, and that for good.
  if (kind === 'simple' && (action !== 'cancel' || status === 'ending')) return 'provider_charges'
  // A cancellation that is only planned can be taken back.
  if (action === 'resume' && status === 'active') return 'not_paused'
  if ((action === 'pause' || action === 'skip') && status === 'paused') return 'paused'
  if (action === 'skip' && !hasNext) return 'last_cycle'
  return may(who, 'subscriptions.act') ? undefined : 'role_forbids'
}

/** What the history of a subscription tells. */
export const SUBSCRIPTION_EVENTS = [
  'created',
  'paused',
  'resumed',
  'skipped',
  'changed',
  'cancelled',
  'cancel_planned',
  'ended',
  'usage_told',
  'cycle_failed',
  'retry_planned',
  'fell_back',
  'paused_by_failure',
  'rescued',
  'stop_refused',
] as const
export type SubscriptionEvent = (typeof SUBSCRIPTION_EVENTS)[number]
