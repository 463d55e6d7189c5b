/** Files of orders: each order is registered as an NP postpaid payment. */
import type { ImportFault } from '@choba/shared/contracts/imports.ts'
import { SKIP_WORD, WORD_FIELDS } from '@choba/shared/imports/words.ts'
import { error, isStopped, warning } from '../../imports/faults.ts'
import { type OrderRead, readOrder } from '../../imports/order-group.ts'
import { type Values, valuesOf } from '../../imports/values.ts'
import type { KindRules, Work } from './import-kind.ts'
import { raggedFault } from './ragged.ts'
import {
  listByOrder,
  listHeads,
  listOperationEnds,
  type OperationEnd,
  type RowChange,
  type StoredRow,
} from './import-rows.queries.ts'
import { listByOrderNumber, listStandings } from './known-payments.queries.ts'

type Group = {
  readonly rows: readonly StoredRow[]
  readonly read: OrderRead
  /** A word of it says that it is to be left out. */
  readonly skipped: boolean
}

export const ORDERS_KIND: KindRules = {
  chunk: 250,
  list: ({ tx, merchantId, run }, state) => listHeads(tx, { merchantId, runId: run.id }, state, ORDERS_KIND.chunk),

  async check(work, heads) {
    const { tx, merchantId, run } = work
    const groups = await groupsOf(work, heads)
    const known = await listByOrderNumber(tx, merchantId, run.shopId, numbersOf(heads))
    return groups.flatMap(({ rows, read, skipped }): RowChange[] => {
      if (skipped)
        return rows.map(({ rowNumber }) => ({ rowNumber, state: 'left_out', faults: [warning(null, 'skipped')] }))
      const faults = rows.map((row, index): ImportFault[] => [
        ...raggedFault(run.header, row),
        ...(index === 0 && known.has(row.orderNumber ?? '') ? [error('orderNumber', 'order_known')] : []),
        ...(read.faults[index] ?? []),
      ])
      // An order is as good as the worst of its rows.
      const stopped = faults.some((ofRow, index) => isStopped(ofRow, rows[index]?.confirmed === true))
      return rows.map((row, index): RowChange => ({
        rowNumber: row.rowNumber,
        state: stopped ? 'faulty' : 'ready',
        faults: faults[index] ?? [],
      }))
    })
  },

  async send(work, heads, sender) {
    const groups = await groupsOf(work, heads)
    const orders = groups.flatMap(({ read }) => (read.order === undefined ? [] : [read.order]))
    const { results } = await work.deps.doors.takeOrders(sender, orders)
    let at = 0
    return groups.flatMap(({ rows, read }) => {
      const result = read.order === undefined ? undefined : results[at++]
      return rows.map(({ rowNumber }): RowChange => {
        if (result?.paymentId)
          return { rowNumber, state: 'sent', paymentId: result.paymentId, operationKey: `register:${result.paymentId}` }
        return { rowNumber, state: 'failed', reasons: [result?.error?.reason ?? result?.error?.code ?? 'not_taken'] }
      })
    })
  },

  async settle({ tx, merchantId }, rows) {
    const ends = await listOperationEnds(tx, merchantId, keysOf(rows))
    const byKey = new Map(ends.filter(isOver).map((end) => [end.key, end]))
    const standings = await listStandings(
      tx,
      merchantId,
      [...byKey.values()].map((end) => end.paymentId),
    )
    return rows.flatMap((row): RowChange[] => {
      const end = byKey.get(row.operationKey ?? '')
      if (end === undefined) return []
      const standing = standings.get(end.paymentId)
      const outcome =
        end.state === 'done'
          ? { state: 'done' as const, reasons: standing?.reasons ?? [] }
          : { state: 'failed' as const, reasons: end.codes }
      return [{ rowNumber: row.rowNumber, ...outcome, result: standing?.status ?? null }]
    })
  },

  // An order that stands in the books is put right there, not sent a second time.
  retries: 'without_payment',
}

export function isOver(end: OperationEnd): boolean {
  return end.state === 'done' || end.state === 'refused' || end.state === 'failed'
}

export function keysOf(rows: readonly StoredRow[]): string[] {
  return [...new Set(rows.flatMap((row) => row.operationKey ?? []))]
}

function numbersOf(rows: readonly StoredRow[]): string[] {
  return [...new Set(rows.flatMap((row) => row.orderNumber ?? []))]
}

/** Each order with all its rows; a row without a number stands alone. */
async function groupsOf({ tx, merchantId, run }: Work, heads: readonly StoredRow[]): Promise<Group[]> {
  const all = await listByOrder(tx, { merchantId, runId: run.id }, numbersOf(heads))
  const byNumber = Map.groupBy(all, (row) => row.orderNumber)
  return heads.map((head) => {
    const rows = head.orderNumber === null ? [head] : (byNumber.get(head.orderNumber) ?? [head])
    const values = rows.map((row) => ({
      ...valuesOf(row.cells, run.mapping, row.edits, run.reading),
      orderNumber: row.orderNumber ?? '',
    }))
    const first: Values = values[0] ?? {}
    const skipped = Object.keys(WORD_FIELDS.orders).some((field) => first[field] === SKIP_WORD)
    return { rows, read: readOrder(run.shopId, values, run.reading), skipped }
  })
}
