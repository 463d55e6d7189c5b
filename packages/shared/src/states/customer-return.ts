/** A transfer of what is owed to a customer: asked for, made, or given up. Before it there is only the debt. */
export const RETURN_STATES = ['requested', 'done', 'dropped'] as const
export type ReturnState = (typeof RETURN_STATES)[number]

/** What a task of the list waits for. */
export const RETURN_TASKS = ['owed', ...RETURN_STATES] as const
export type ReturnTask = (typeof RETURN_TASKS)[number]

export const RETURN_TONE = {
  owed: 'needs_you',
  requested: 'in_motion',
  done: 'done',
  dropped: 'ended',
} as const satisfies Record<ReturnTask, string>

/** Kinds of bank accounts in Japan: 普通, 当座, 貯蓄. */
export const ACCOUNT_KINDS = ['ordinary', 'current', 'savings'] as const
export type AccountKind = (typeof ACCOUNT_KINDS)[number]

/** Why money is owed: paid on a cancelled slip, more than was billed, or for an order another payment had paid too. */
export const OWED_REASONS = ['paid_after_cancel', 'overpaid', 'paid_twice'] as const
export type OwedReason = (typeof OWED_REASONS)[number]
