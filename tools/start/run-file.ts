/** Who runs on a data folder: written down so that the next start can end what a killed start left behind. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../../apps/bff/src/core/start-error.ts'
import { startErrorOfFolder } from '../../apps/bff/src/db/embedded/data-folder.ts'
import { findProcess, isSameProcess, type ProcessIdentity } from '../../apps/bff/src/db/embedded/process.ts'

const GRACE_MS = 10_000

interface Run {
  starter: ProcessIdentity
  children: ProcessIdentity[]
}

/**
 * Takes the folder for this starter and ends the children of a starter that is gone.
 * @throws StartError when a living starter has the folder.
 */
export async function takeFolder(dataDir: string): Promise<void> {
  const run = readRun(dataDir)
  if (run) {
    if (run.starter.pid !== process.pid && isSameProcess(run.starter)) {
      throw new StartError(
        `Choba already runs on ${dataDir} (process ${run.starter.pid}): stop it, or set CHOBA_DATA_DIR to another folder.`,
      )
    }
    await endProcesses(run.children)
  }
  recordChildren(dataDir, [])
}

export function recordChildren(dataDir: string, pids: number[]): void {
  const starter = findProcess(process.pid)
  const children = pids.map((pid) => findProcess(pid)).filter((child) => child !== undefined)
  const file = runFile(dataDir)
  try {
    writeFileSync(`${file}.new`, JSON.stringify({ starter, children }))
    renameSync(`${file}.new`, file)
  } catch (error) {
    throw startErrorOfFolder(dataDir, error)
  }
}

export function leaveFolder(dataDir: string): void {
  rmSync(runFile(dataDir), { force: true })
}

/** Asks to end, waits, then ends. */
export async function endProcesses(processes: ProcessIdentity[]): Promise<void> {
  const alive = () => processes.filter(isSameProcess)
  signalAll(alive(), 'SIGTERM')
  const deadline = Date.now() + GRACE_MS
  while (alive().length > 0 && Date.now() < deadline) await sleep(20)
  signalAll(alive(), 'SIGKILL')
  while (alive().length > 0 && Date.now() < deadline + 5_000) await sleep(20)
}

function signalAll(processes: ProcessIdentity[], signal: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

function readRun(dataDir: string): Run | undefined {
  try {
    const run: Run = JSON.parse(readFileSync(runFile(dataDir), 'utf8'))
    return run.starter && Array.isArray(run.children) ? run : undefined
  } catch {
    return undefined
  }
}

function runFile(dataDir: string): string {
  return join(dataDir, 'run.json')
}
