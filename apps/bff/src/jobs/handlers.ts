import type { JobHelpers, TaskList } from 'graphile-worker'
import { StartError } from '../core/start-error.ts'
import { TASKS, type TaskHandlers } from './tasks.ts'

/** One handler for every task and one task for every handler. @throws StartError that names the odd ones */
export function joinHandlers(parts: readonly TaskHandlers[]): TaskList {
  const names = parts.flatMap((part) => Object.keys(part))
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  const unhandled = Object.keys(TASKS).filter((name) => !names.includes(name))
  const unknown = names.filter((name) => !Object.hasOwn(TASKS, name))
  if (twice.length > 0) throw new StartError(`Jobs with more than one handler: ${twice.join(', ')}.`)
  if (unhandled.length > 0) throw new StartError(`Jobs without a handler: ${unhandled.join(', ')}.`)
  if (unknown.length > 0) throw new StartError(`Handlers of no declared job: ${unknown.join(', ')}.`)
  const handlers: Record<string, unknown> = Object.assign({}, ...parts)
  // enqueue() is the only way in and typed per task, so the payload is what the handler declares.
  return handlers as Record<string, (payload: unknown, helpers: JobHelpers) => Promise<void>>
}
