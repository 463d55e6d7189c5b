import type { TaskHandlers } from '../../jobs/tasks.ts'

/** Every night at 3:20 in Tokyo; the queue's clock is UTC. */
export const SESSION_CRONTAB = `20 18 * * * auth:prune
*/5 * * * * auth:tell_attempts`

export function sessionJobs(of: {
  readonly prune: () => Promise<void>
  readonly tellAttempts: () => Promise<void>
}): TaskHandlers {
  return { 'auth:prune': () => of.prune(), 'auth:tell_attempts': () => of.tellAttempts() }
}
