/** Times as they are taken and compared: always beside their floor, in turns, in one run. */

export type Times = { readonly p50: number; readonly p95: number }

/** One line of the table. `ratio` is what the goal speaks of where it speaks of one. */
export type Measure = {
  readonly measure: string
  readonly value: string
  readonly floor: string
  readonly ratio: string
  readonly goal: string
  readonly met: boolean | null
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Both works in turns, so that what else the machine does falls on both. */
export async function compare(
  rounds: number,
  work: () => Promise<unknown>,
  floor: () => Promise<unknown>,
): Promise<{ readonly work: Times; readonly floor: Times }> {
  const [ofWork, ofFloor]: [number[], number[]] = [[], []]
  const warmUp = Math.ceil(rounds / 10)
  for (let round = 0; round < rounds + warmUp; round += 1) {
    const [a, b] = [await timed(work), await timed(floor)]
    if (round < warmUp) continue
    ofWork.push(a)
    ofFloor.push(b)
  }
  return { work: timesOf(ofWork), floor: timesOf(ofFloor) }
}

export function timesOf(times: readonly number[]): Times {
  const sorted = [...times].sort((a, b) => a - b)
  return { p50: percentile(sorted, 50), p95: percentile(sorted, 95) }
}

function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN
}

export function ms(time: number): string {
  return time < 100 ? `${time.toFixed(2)} ms` : `${Math.round(time).toLocaleString('en')} ms`
}

export function perSecond(count: number, milliseconds: number): string {
  return `${Math.round((count / milliseconds) * 1000).toLocaleString('en')}/s`
}

export function percent(part: number): string {
  return `${Math.round(part * 100)}%`
}

export function times(factor: number): string {
  return `${factor.toFixed(2)}×`
}
