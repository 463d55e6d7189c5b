/** Every kind of job (`feature:verb`) and what it carries. A task added here needs a handler, or the process does not start. */
import type { JobHelpers } from 'graphile-worker'

export const TASKS = {
  /** Nightly: sessions and attempt counts that can no longer matter. */
  'auth:prune': task<object>(),
  /** Every five minutes: failed sign-ins that were only counted are told to the audit log. */
  'auth:tell_attempts': task<object>(),
  /** Every few seconds: what was sold is moved from single changes into the sums of its day and month. */
  'rollups:fold': task<object>(),
  /** Nightly: recomputes the books from their events. */
  'ledger:verify': task<object>(),
  /** Every five minutes: what was audited since is bound into the chain. */
  'audit:seal': task<object>(),
  /** Sends accepted operations of one connection to its provider. */
  'operations:run': task<{ merchantId: string; connectionId: string; operationIds: string[] }>(),
  /** Sends an operation that was held and has not been taken back. */
  'operations:release': task<{ merchantId: string; operationId: string }>(),
  /** Finds out what became of operations whose answer never came. */
  'operations:resolve': task<{ merchantId: string; connectionId: string; operationIds: string[] }>(),
  /** Applies what providers said and nobody has worked in yet. */
  'messages:apply': task<{ merchantId: string }>(),
  /** Tries messages again that wait for something. */
  'messages:retry': task<object>(),
  /** Checks a file's rows, sends those that are ready, and looks after their answers. */
  'imports:work': task<{ merchantId: string; runId: string; looks?: number }>(),
  /** Every minute: what happened since is told to whoever the merchant's rules name. */
  'notifications:look': task<object>(),
  /** Nightly: what was told long ago goes. */
  'notifications:prune': task<object>(),
  /** Hands a mail to the merchant's server. */
  'mail:send': task<{ merchantId: string; mailId: string }>(),
  /** Nightly: mails that left or failed long ago. */
  'mail:prune': task<object>(),
  /** Writes a file that is kept. */
  'exports:run': task<{ merchantId: string; exportId: string }>(),
  /** Every minute: files whose time has come are asked for. */
  'exports:take': task<object>(),
  /** Lays a schedule's file into its folder, or mails it. */
  'exports:deliver': task<{ merchantId: string; exportId: string }>(),
  /** Nightly: customers whose time is over are erased. */
  'privacy:retain': task<object>(),
  /** Nightly: files whose time is over lose their bytes. */
  'exports:prune': task<object>(),
  /** Every few seconds: tells the merchant's own programs what happened. */
  'webhooks:pump': task<object>(),
  /** Nightly: old deliveries go. */
  'webhooks:prune': task<object>(),
  /** Asks one provider for news. */
  'connections:poll': task<{ merchantId: string; connectionId: string; all?: boolean }>(),
  /** Every minute: links that nobody paid end, and those that wait follow their payments. */
  'payment-links:sweep': task<object>(),
  /** Every minute: each merchant's subscriptions are looked after. */
  'subscriptions:schedule': task<object>(),
  /** Makes up what is due, charges it, and follows what became of it. */
  'subscriptions:run': task<{ merchantId: string }>(),
  /** Has a provider that charges by itself stop. */
  'subscriptions:stop': task<{ merchantId: string; subscriptionId: string }>(),
  /** Asks the provider whether a purchase stands that our OK may not have reached. */
  'payment-links:ask': task<{ merchantId: string; linkId: string; doubted?: boolean }>(),
  /** Every minute: sees to it that each connection is polled. */
  'connections:schedule': task<object>(),
} as const satisfies Record<string, Task<object>>

export type TaskName = keyof typeof TASKS
export type TaskPayload<N extends TaskName> = (typeof TASKS)[N] extends Task<infer Payload> ? Payload : never

export type TaskHandler<N extends TaskName> = (payload: TaskPayload<N>, helpers: JobHelpers) => Promise<void>
/** What one feature brings; app.ts joins them. */
export type TaskHandlers = { readonly [N in TaskName]?: TaskHandler<N> }

/** Carries the payload's type; there is nothing to know about a task at run time but its name. */
type Task<Payload> = { readonly payload?: Payload }

function task<Payload extends object>(): Task<Payload> {
  return {}
}
