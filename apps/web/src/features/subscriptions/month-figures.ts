/** The three figures of a month, from its states and its outlook. */
import type { MonthAnswer, Share } from '@choba/shared/contracts/subscription-outlook.ts'
import { ATTENTIONS, type CycleState } from '@choba/shared/states/subscription.ts'

type Sum = { readonly count: number; readonly amountYen: number }
/** Null where it cannot be told. */
export type Figure = { readonly count: number | null; readonly amountYen: number | null }

const NOT_CHARGED: readonly CycleState[] = ['skipped', 'cancelled']

export function figuresOf({ planned, states, outlook }: MonthAnswer) {
  const sum = (of: typeof states): Sum => ({
    count: of.reduce((total, { count }) => total + count, 0),
    amountYen: of.reduce((total, { amountYen }) => total + amountYen, 0),
  })
  const made = sum(states.filter(({ state }) => !NOT_CHARGED.includes(state)))
  return {
    willCharge: { count: made.count + planned.count, amountYen: made.amountYen + planned.amountYen },
    expected: expectedOf(outlook),
    atRisk: sum(states.filter(({ state }) => (ATTENTIONS as readonly CycleState[]).includes(state))),
  }
}

/** A method without a record makes the whole unknown only when it has cycles of its own. */
function expectedOf(outlook: MonthAnswer['outlook']): Figure {
  const open = outlook.filter((line) => line.open > 0)
  if (open.some(({ expected, expectedYen }) => expected === null || expectedYen === null))
    return { count: null, amountYen: null }
  return {
    count: open.reduce((total, { expected }) => total + (expected ?? 0), 0),
    amountYen: open.reduce((total, { expectedYen }) => total + (expectedYen ?? 0), 0),
  }
}

/** To a tenth of a percent, rounded down: a rate is not made better than it is. Undefined of nothing. */
export function percentOf({ part, whole }: Share): string | undefined {
  return whole === 0 ? undefined : `${(Math.floor((part * 1000) / whole) / 10).toFixed(1)}%`
}
