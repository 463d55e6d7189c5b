/** What the provider will do later: persisted tasks, run in time order when the clock reaches them. */
import type { Clock } from './clock.ts'
import type { Store } from './store.ts'

export type TaskHandler<P> = (payload: P, now: Date) => void

export type Schedule = {
  /** Registers who does tasks of a kind. Every kind is registered once, before the first tick. */
  on<P>(kind: string, handler: TaskHandler<P>): void
  at(instant: Date, kind: string, payload: unknown): string
  cancel(taskId: string): void
  /** Runs what real time has made due. */
  tick(): number
  dueCount(): number
  pendingCount(): number
  /** Tasks that broke and were put aside: none, unless this sandbox has a mistake. */
  failedCount(): number
  start(everyMs?: number): void
  stop(): void
}

type Task = { readonly id: string; readonly at: number; readonly kind: string; readonly payload: unknown }

export function createSchedule(store: Store, clock: Clock): Schedule {
  const tasks = store.table<Task>('task')
  const failed = store.table<Task & { readonly reason: string }>('failed_task')
  const handlers = new Map<string, TaskHandler<unknown>>()
  let queue = sortedQueue(tasks.values())
  let timer: NodeJS.Timeout | undefined
  store.onReset(() => (queue = []))

  function runUntil(until: Date): number {
    let ran = 0
    for (let task = queue[0]; task && task.at <= until.getTime(); task = queue[0]) {
      popFirst(queue)
      // Not the one on the books: cancelled, or made in a transaction that was rolled back.
      if (tasks.get(task.id) !== task) continue
      runTask(task)
      ran += 1
    }
    return ran
  }

  function runTask(task: Task): void {
    const instant = new Date(task.at)
    try {
      clock.standAt(instant, () => {
        tasks.delete(task.id)
        const handler = handlers.get(task.kind)
        if (!handler) throw new Error(`nobody handles tasks of kind ${task.kind}`)
        handler(task.payload, instant)
      })
    } catch (error) {
      // Its changes are undone. It is put aside, visible in the status, so that the others still run.
      console.error(`task ${task.id} of kind ${task.kind} failed`, error)
      store.transaction(() => {
        tasks.delete(task.id)
        failed.put(task.id, { ...task, reason: String(error) })
      })
    }
  }

  clock.onMove(runUntil)
  return {
    on: (kind, handler) => {
      if (handlers.has(kind)) throw new Error(`tasks of kind ${kind} already have a handler`)
      handlers.set(kind, handler as TaskHandler<unknown>)
    },
    at(instant, kind, payload) {
      const id = String(store.nextNumber('task')).padStart(10, '0')
      const task = { id, at: instant.getTime(), kind, payload }
      tasks.put(id, task)
      push(queue, task)
      return id
    },
    cancel: (taskId) => tasks.delete(taskId),
    tick: () => runUntil(clock.now()),
    dueCount() {
      const now = clock.now().getTime()
      let due = 0
      for (const task of tasks.values()) if (task.at <= now) due += 1
      return due
    },
    pendingCount: () => tasks.size,
    failedCount: () => failed.size,
    start(everyMs = 200) {
      timer ??= setInterval(() => runUntil(clock.now()), everyMs).unref()
    },
    stop() {
      clearInterval(timer)
      timer = undefined
    },
  }
}

function isBefore(a: Task, b: Task): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id)
}

function sortedQueue(tasks: Iterable<Task>): Task[] {
  // A sorted list is already a heap.
  return [...tasks].sort((a, b) => (isBefore(a, b) ? -1 : 1))
}

function push(heap: Task[], task: Task): void {
  let child = heap.push(task) - 1
  while (child > 0) {
    const parent = (child - 1) >> 1
    if (!isBefore(heap[child]!, heap[parent]!)) return
    swap(heap, child, parent)
    child = parent
  }
}

function popFirst(heap: Task[]): void {
  const last = heap.pop()!
  if (heap.length === 0) return
  heap[0] = last
  let parent = 0
  for (;;) {
    let least = parent
    for (const child of [2 * parent + 1, 2 * parent + 2]) {
      if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child
    }
    if (least === parent) return
    swap(heap, parent, least)
    parent = least
  }
}

function swap(heap: Task[], a: number, b: number): void {
  const held = heap[a]!
  heap[a] = heap[b]!
  heap[b] = held
}
