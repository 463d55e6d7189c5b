/** The processes of a running product, found by what they run on a data folder. Linux only: /proc is where that stands. */
import { readdirSync, readFileSync } from 'node:fs'

export const VICTIMS = ['console', 'sandbox', 'postgres', 'player', 'everything'] as const
export type Victim = (typeof VICTIMS)[number]

type Process = { readonly pid: number; readonly parent: number; readonly command: string }

const RUNS: Readonly<Record<Exclude<Victim, 'everything' | 'postgres'>, string>> = {
  console: 'apps/bff/src/main.ts',
  sandbox: 'apps/sandbox/src/main.ts',
  player: 'apps/sandbox/src/demo/main.ts',
}

/** Kills without a word. Answers what was hit; nothing when the victim does not run at this moment. */
export function killHard(victim: Victim, starter: number, databaseFolder: string): number[] {
  const all = listProcesses()
  const family = all.filter((process) => process.parent === starter)
  const postmaster = all.filter((process) => process.command.includes(`-D ${databaseFolder}`))
  const hit =
    victim === 'everything'
      ? [starter, ...pidsOf(family), ...pidsOf(postmaster)]
      : pidsOf(victim === 'postgres' ? postmaster : family.filter((process) => process.command.includes(RUNS[victim])))
  for (const pid of hit) killOne(pid)
  return hit
}

export function isRunning(victim: keyof typeof RUNS, starter: number): boolean {
  return listProcesses().some((process) => process.parent === starter && process.command.includes(RUNS[victim]))
}

function pidsOf(processes: readonly Process[]): number[] {
  return processes.map((process) => process.pid)
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself in the meantime.
  }
}

function listProcesses(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      return [{ pid: Number(name), parent, command }]
    } catch {
      return []
    }
  })
}
