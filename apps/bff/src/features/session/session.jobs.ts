import type { TaskHandlers } from '../../jobs/tasks.ts'

/** Every night at 3:20 in Tokyo; the queue's clock is UTC. */
export const SESSION_CRONTAB = '20 18 * * * auth:prune'

export function sessionJobs(prune: () => Promise<void>): TaskHandlers {
  return { 'auth:prune': () => prune() }
}
