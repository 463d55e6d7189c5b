/** One chunk of an undo: the reverse of what was booked, in the transaction that marks the rows. */
import { dayOf } from '@choba/shared/dates.ts'
import { isAsImported, undoEvents } from '../../domain/payment/imported.ts'
import { standingOf } from '../../domain/payment/payment.ts'
import { type Change, lockPayments, record } from '../../ledger/record.ts'
import type { Work } from './import-kind.ts'
import { changeRows, listRows } from './import-rows.queries.ts'
import { moveRun } from './imports.queries.ts'
import { listPaymentEvents } from './undo.queries.ts'

const UNDO_CHUNK = 1000

/** Answers whether there may be more. */
export async function undoChunk({ tx, merchantId, run, deps }: Work): Promise<boolean> {
  const key = { merchantId, runId: run.id }
  const rows = await listRows(tx, key, { state: 'done', after: 0, limit: UNDO_CHUNK })
  if (rows.length === 0) {
    await moveRun(tx, merchantId, run.id, { from: ['undoing'], to: 'undone' })
    return false
  }
  const ids = [...new Set(rows.flatMap((row) => row.paymentId ?? []))]
  const locked = await lockPayments(tx, merchantId, ids)
  const events = Map.groupBy(await listPaymentEvents(tx, merchantId, ids), (event) => event.paymentId)
  const at = deps.clock.now().toISOString()
  const changes: Change[] = []
  const stayed = new Set<string>()
  for (const [paymentId, before] of locked) {
    // A further row of a sale whose first was in the chunk before.
    if (standingOf(before.state).status === 'undone') continue
    if (!isAsImported(before.state.books, before.version)) {
      stayed.add(paymentId)
      continue
    }
    const past = (events.get(paymentId) ?? []).map((event) => ({ ...event, on: dayOf(new Date(event.at)) }))
    changes.push({
      paymentId,
      before,
      actor: { kind: 'person', id: run.startedBy ?? '' },
      events: undoEvents(past).map((event) => ({ at, event })),
    })
  }
  await record(tx, merchantId, changes)
  await changeRows(
    tx,
    key,
    rows.map(({ rowNumber, paymentId }) =>
      stayed.has(paymentId ?? '')
        ? { rowNumber, state: 'failed', reasons: ['gone_on'] }
        : { rowNumber, state: 'undone', result: 'undone', reasons: [] },
    ),
  )
  return true
}
