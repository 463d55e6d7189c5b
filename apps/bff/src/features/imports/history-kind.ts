/** Files of past sales, and providers' lists that are held against the books: booked as they were, in chunks, without a word to any provider (ADR 0028). */
import type { ImportFault } from '@choba/shared/contracts/imports.ts'
import { dayOf } from '@choba/shared/dates.ts'
import type { Actor } from '../../core/actor.ts'
import { uuidv7 } from '../../core/uuid.ts'
import { error, isStopped, warning } from '../../imports/faults.ts'
import { differencesOf } from './provider-list.ts'
import type { Run } from './imports.queries.ts'
import { type PastSale, type PastSaleRead, readPastSale } from '../../imports/history-group.ts'
import { valuesOf } from '../../imports/values.ts'
import { type Change, record } from '../../ledger/record.ts'
import { eventsOf } from './history-events.ts'
import type { KindRules, Work } from './import-kind.ts'
import { listByOrder, listHeads, type RowChange, type StoredRow } from './import-rows.queries.ts'
import {
  type Branches,
  listBranches,
  type ListedPayment,
  listListed,
  listShopConnections,
} from './known-payments.queries.ts'
import { raggedFault } from './ragged.ts'

type Group = { readonly rows: readonly StoredRow[]; readonly read: PastSaleRead }
type Check = { readonly changes: readonly RowChange[]; readonly sale: PastSale | undefined; readonly group: Group }

const CHUNK = 1000

export const HISTORY_KIND: KindRules = {
  chunk: CHUNK,
  list: ({ tx, merchantId, run }, state) => listHeads(tx, { merchantId, runId: run.id }, state, CHUNK),

  async check(work, heads) {
    return (await checkSales(work, heads)).flatMap(({ changes }) => changes)
  },

  /** In the transaction of the chunk: what a crash cuts short was never booked. */
  async send(work, heads, sender) {
    const { tx, merchantId, run } = work
    const actor: Actor = { kind: 'person', id: sender.userId }
    const connections = await listShopConnections(tx, merchantId, run.shopId)
    const checks = await checkSales(work, heads)
    const branches = await branchesOf(work, heads)
    const booked: Change[] = []
    const changes = checks.flatMap(({ changes: checked, sale, group }): readonly RowChange[] => {
      if (sale === undefined || checked.some((change) => change.state !== 'ready')) return checked
      const place = {
        runId: run.id,
        shopId: run.shopId,
        connectionId: connections.get(sale.method) ?? '',
        orderBranch: branches.get(sale.orderNumber)?.next ?? 0,
      }
      const paymentId = uuidv7()
      const { customer, goods } = sale
      booked.push({
        paymentId,
        before: undefined,
        actor,
        events: eventsOf(sale, place),
        sheet: { customer, delivery: null, goods },
      })
      return group.rows.map(({ rowNumber }) => ({ rowNumber, state: 'done', paymentId, result: 'booked', reasons: [] }))
    })
    await record(tx, merchantId, booked)
    return changes
  },

  settle: () => Promise.resolve([]),
  retries: 'without_payment',
  undone: true,
}

async function checkSales(work: Work, heads: readonly StoredRow[]): Promise<Check[]> {
  const { tx, merchantId, run, deps } = work
  const connections = await listShopConnections(tx, merchantId, run.shopId)
  const branches = await branchesOf(work, heads)
  // A provider's clock may be ahead of ours, as the sandbox's is; what happened by either has happened.
  const clocks = [deps.clock.now(), ...[...connections.values()].map((id) => deps.providerClocks.now(id))]
  const today = dayOf(new Date(Math.max(...clocks.map(Number))))
  const all = await listByOrder(
    tx,
    { merchantId, runId: run.id },
    heads.flatMap((head) => head.orderNumber ?? []),
  )
  // A cart's list says which orders there were; a provider's is held against what is known of each.
  const known =
    run.kind === 'provider_list'
      ? await listListed(tx, merchantId, run.shopId, columnOf(heads, run, 'providerId'))
      : new Map<string, ListedPayment>()
  const byNumber = Map.groupBy(all, (row) => row.orderNumber)
  return heads.map((head) => {
    const rows = head.orderNumber === null ? [head] : (byNumber.get(head.orderNumber) ?? [head])
    const values = rows.map((row) => ({
      ...valuesOf(row.cells, run.mapping, row.edits, run.reading),
      orderNumber: row.orderNumber ?? '',
    }))
    const read = readPastSale(values, run.reading, today)
    const own = faultsOfBooks(read.sale, branches, connections)
    const listed = read.sale && listedAs(read.sale, known)
    if (listed !== undefined)
      return { changes: compared(rows, read.sale, listed), sale: undefined, group: { rows, read } }
    const faults = rows.map((row, index): readonly ImportFault[] =>
      read.skipped
        ? (read.faults[index] ?? [])
        : [...raggedFault(run.header, row), ...(index === 0 ? own : []), ...(read.faults[index] ?? [])],
    )
    const stopped = faults.some((ofRow, index) => isStopped(ofRow, rows[index]?.confirmed === true))
    const state = read.skipped ? 'left_out' : stopped ? 'faulty' : 'ready'
    const { sale } = read
    const changes = rows.map((row, index): RowChange => ({
      rowNumber: row.rowNumber,
      state,
      faults: faults[index] ?? [],
      ...(index === 0 && sale !== undefined && { tally: `${sale.method} ${sale.state}`, amountYen: sale.amountYen }),
    }))
    return { changes, sale, group: { rows, read } }
  })
}

function columnOf(heads: readonly StoredRow[], run: Run, field: string): string[] {
  const values = heads.map((head) => valuesOf(head.cells, run.mapping, head.edits)[field] ?? '')
  return [...new Set(values.filter((value) => value !== ''))]
}

function listedAs({ providerId }: PastSale, known: ReadonlyMap<string, ListedPayment>): ListedPayment | undefined {
  return providerId === null ? undefined : known.get(providerId)
}

/** What the books know already is not brought in: it agrees, or somebody looks why not. */
function compared(rows: readonly StoredRow[], sale: PastSale | undefined, listed: ListedPayment): RowChange[] {
  const differences = sale === undefined ? [] : differencesOf(sale, listed)
  return rows.map((row, index): RowChange => ({
    rowNumber: row.rowNumber,
    state: differences.length === 0 ? 'left_out' : 'faulty',
    faults: index === 0 ? (differences.length === 0 ? [warning(null, 'known_same')] : differences) : [],
    ...(index === 0 && sale !== undefined && { tally: `${sale.method} ${sale.state}`, amountYen: sale.amountYen }),
  }))
}

function faultsOfBooks(
  sale: PastSale | undefined,
  branches: ReadonlyMap<string, Branches>,
  connections: ReadonlyMap<string, string>,
): ImportFault[] {
  if (sale === undefined) return []
  const known = branches.get(sale.orderNumber)?.standing === true ? [error('orderNumber', 'order_known')] : []
  return connections.has(sale.method) ? known : [...known, error('method', 'no_connection')]
}

function branchesOf({ tx, merchantId, run }: Work, heads: readonly StoredRow[]): Promise<Map<string, Branches>> {
  return listBranches(tx, merchantId, run.shopId, [...new Set(heads.flatMap((head) => head.orderNumber ?? []))])
}
