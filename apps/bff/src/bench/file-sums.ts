/** What a file of the ledger adds up to, row by row as it comes. */
import type { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import '@choba/shared/labels/all.ts'
import { label } from '@choba/shared/labels/labels.ts'
import type { PaymentTotals } from '@choba/shared/contracts/payments.ts'
import { decodeStream } from '../imports/decode.ts'

/** The columns of a file that the totals have too. */
const SUMMED = ['amountYen', 'refundedYen', 'feeYen', 'netYen'] as const
type Sums = Pick<PaymentTotals, 'count' | (typeof SUMMED)[number]>

/** @throws Error when the file lacks one of the columns, or a cell of them holds no whole number */
export async function sumFile(file: Readable): Promise<Sums> {
  const rows = file.pipe(decodeStream('cp932')).pipe(parse({ columns: true }))
  const sums: Sums = { count: 0, amountYen: 0, refundedYen: 0, feeYen: 0, netYen: 0 }
  for await (const row of rows as AsyncIterable<Readonly<Record<string, string>>>) {
    sums.count += 1
    for (const column of SUMMED) {
      const yen = Number(row[label('ja', 'column', column)])
      if (!Number.isSafeInteger(yen)) throw new Error(`row ${sums.count} has no whole number in ${column}`)
      sums[column] += yen
    }
  }
  return sums
}

/** Names of what differs. */
export function differencesOf(sums: Sums, totals: PaymentTotals): string[] {
  return (['count', ...SUMMED] as const).flatMap((name) =>
    sums[name] === totals[name] ? [] : [`${name}: ${sums[name]}, not ${totals[name]}`],
  )
}
