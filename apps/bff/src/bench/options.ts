import { parseArgs } from 'node:util'

export type Options = {
  readonly payments: number
  /** Write the table to docs/bench/latest.json. */
  readonly save: boolean
}

const FULL = 1_000_000
const QUICK = 100_000

/** @throws TypeError for an option that does not exist */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      payments: { type: 'string' },
      quick: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
    },
  })
  const payments = Number(values.payments ?? (values.quick ? QUICK : FULL))
  if (!Number.isSafeInteger(payments) || payments < 1_000) throw new TypeError('--payments is a number from 1000')
  return { payments, save: values.save }
}
