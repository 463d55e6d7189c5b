/** Sums of payments by day and dimension: what a change adds and takes away. */
import type { Projection } from '../domain/payment/payment.ts'

export type RollupKey = {
  readonly dateKind: string
  readonly day: string
  readonly shopId: string
  readonly method: string
  readonly status: string
  readonly site: string
  readonly billingMethod: string
  readonly connectionMethod: string
}
export type RollupSums = {
  payments: number
  amountYen: number
  capturedYen: number
  refundedYen: number
  feeYen: number
}
export type RollupDelta = RollupKey & RollupSums

/** Adds up changes by key, so that a set of payments writes each cell once. */
export class RollupChanges {
  readonly #cells = new Map<string, RollupDelta>()

  move(before: Projection | undefined, after: Projection): void {
    if (before) this.add(before, -1)
    this.add(after, 1)
  }

  add(row: Projection, sign: 1 | -1): void {
    this.#addDay(row, 'ordered', row.orderedOn, sign)
    if (row.capturedOn !== null) this.#addDay(row, 'captured', row.capturedOn, sign)
    if (row.paidOutOn !== null) this.#addDay(row, 'paid_out', row.paidOutOn, sign)
  }

  /** Cells that changed, without those that cancelled out. */
  cells(): RollupDelta[] {
    return [...this.#cells.values()].filter(
      (cell) =>
        cell.payments !== 0 ||
        cell.amountYen !== 0 ||
        cell.capturedYen !== 0 ||
        cell.refundedYen !== 0 ||
        cell.feeYen !== 0,
    )
  }

  #addDay(row: Projection, dateKind: string, day: string, sign: 1 | -1): void {
    const { shopId, method, status, site, billingMethod, connectionMethod } = row
    const key = `${dateKind}|${day}|${shopId}|${method}|${status}|${site}|${billingMethod}|${connectionMethod}`
    let cell = this.#cells.get(key)
    if (!cell) {
      cell = {
        dateKind,
        day,
        shopId,
        method,
        status,
        site,
        billingMethod,
        connectionMethod,
        payments: 0,
        amountYen: 0,
        capturedYen: 0,
        refundedYen: 0,
        feeYen: 0,
      }
      this.#cells.set(key, cell)
    }
    cell.payments += sign
    cell.amountYen += sign * row.amountYen
    cell.capturedYen += sign * row.capturedYen
    cell.refundedYen += sign * row.refundedYen
    cell.feeYen += sign * row.feeYen
  }
}
