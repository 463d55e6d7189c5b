/** What every part of the sandbox is handed: made once, passed, never imported. */
import { type Accounts, createAccounts } from './accounts.ts'
import { type Clock, createClock } from './clock.ts'
import type { GuideSection } from './console/guide.ts'
import { createSchedule, type Schedule } from './schedule.ts'
import { openStore, type Store } from './store.ts'

export type Deps = {
  readonly store: Store
  readonly clock: Clock
  readonly schedule: Schedule
  readonly accounts: Accounts
  /** What a person can type to steer outcomes; each part adds its own sections. */
  readonly guide: GuideSection[]
  /** Notices that a waiting client should wait for; each part that sends notices adds its counter. */
  readonly undelivered: (() => number)[]
  /** What works by itself while the process runs. */
  readonly background: { start(): void; stop(): void }[]
}

export type DepsOptions = { readonly folder?: string; readonly realNow?: () => number }

export function createDeps(options: DepsOptions = {}): Deps {
  const store = openStore(options.folder)
  const clock = createClock(store, options.realNow)
  return {
    store,
    clock,
    schedule: createSchedule(store, clock),
    accounts: createAccounts(store),
    guide: [],
    undelivered: [],
    background: [],
  }
}
