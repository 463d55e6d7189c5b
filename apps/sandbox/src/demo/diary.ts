/** How far the history got, on disk: a player that was killed goes on from here. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseBusinessDate, type BusinessDate } from '@choba/shared/dates.ts'
import type { PlannedAction } from './actions.ts'

export type Diary = {
  readonly startDay: BusinessDate
  readonly days: number
  readonly payments: number
  /** The first day that is not known to be done; it may be half done. */
  readonly nextDay: number
  /** What the next day has to do beside the plan: actions that came too early, and what follows from refused ones. */
  readonly deferred: readonly PlannedAction[]
}

const FILE = 'demo-diary.json'

/** Undefined when there is none, or none that can be read: then the history starts over. */
export function readDiary(folder: string): Diary | undefined {
  try {
    const diary = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Diary
    return parseBusinessDate(diary.startDay) && Number.isSafeInteger(diary.nextDay) ? diary : undefined
  } catch {
    return undefined
  }
}

/** Whole or not at all: a kill between the two steps leaves the old page. */
export function writeDiary(folder: string, diary: Diary): void {
  mkdirSync(folder, { recursive: true })
  const draft = join(folder, `${FILE}.new`)
  writeFileSync(draft, JSON.stringify(diary))
  renameSync(draft, join(folder, FILE))
}

export function removeDiary(folder: string): void {
  rmSync(join(folder, FILE), { force: true })
}
