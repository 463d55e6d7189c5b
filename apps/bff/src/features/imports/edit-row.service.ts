/** Correcting one row in place. What stands beside it under the same order or slip number is looked at again too. */
import type { Parsed } from '@choba/shared/contract.ts'
import type { ImportRow, imports, ImportRun } from '@choba/shared/contracts/imports.ts'
import { IMPORT_FIELDS } from '@choba/shared/imports/kinds.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { ImportDeps, Work } from './import-kind.ts'
import { changeRows, editRow, type StoredRow } from './import-rows.queries.ts'
import { keyRows, leadRows, leaveOutOrder, uncheckSlips } from './row-keys.queries.ts'
import type { Run } from './imports.queries.ts'
import { change, getRow, rowView } from './imports.service.ts'
import { KINDS } from './kinds.ts'

type Edit = Parsed<typeof imports.editRow>['body']

const EDITABLE: readonly StoredRow['state'][] = ['unchecked', 'ready', 'faulty', 'left_out', 'failed']

/** @throws AppError resource.not_found, import.busy, request.invalid */
export async function editImportRow(
  deps: ImportDeps,
  session: Session,
  id: string,
  rowNumber: number,
  edit: Edit,
): Promise<{ row: ImportRow; run: ImportRun }> {
  const { merchantId } = session
  const key = { merchantId, runId: id }
  let edited: ImportRow | undefined
  const run = await change(deps, session, id, ['mapping', 'preview', 'cancelled', 'done'], async (tx, current) => {
    const before = await getRow(tx, merchantId, id, rowNumber)
    refuseLate(current, before)
    refuseUnknown(current, edit)
    const isOut = edit.leftOut ?? before.state === 'left_out'
    // What was confirmed was the row as it stood.
    const confirmed = edit.confirmed ?? (edit.values === undefined ? before.confirmed : false)
    const wasSent = before.state === 'failed'
    await editRow(tx, key, rowNumber, {
      edits: { ...before.edits, ...edit.values },
      confirmed,
      state: isOut ? 'left_out' : 'unchecked',
      ...(wasSent && { attempts: before.attempts + 1 }),
    })
    await keyRows(tx, key, { orderNumber: current.mapping['orderNumber'], slipNumber: current.mapping['slipNumber'] }, [
      rowNumber,
    ])
    if (current.kind === 'orders' && edit.leftOut !== undefined && before.orderNumber !== null)
      await leaveOutOrder(tx, key, before.orderNumber, edit.leftOut)
    // Which fields, not what they say: a row is a customer's.
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'import.edit_row',
      subject: { kind: 'import', id },
      before: { row: rowNumber, state: before.state },
      after: { row: rowNumber, fields: Object.keys(edit.values ?? {}), leftOut: isOut, confirmed },
    })
    const after = await getRow(tx, merchantId, id, rowNumber)
    await leadRows(tx, key, named(before.orderNumber, after.orderNumber))
    await uncheckSlips(tx, key, named(before.slipKey, after.slipKey))
    if (current.state !== 'mapping') await checkRest({ tx, deps, merchantId, run: current })
    edited = rowView(current, await getRow(tx, merchantId, id, rowNumber))
  })
  return { row: edited as ImportRow, run }
}

/** A row that is on its way or done is no longer the file's; an order that stands in the books is put right there. */
function refuseLate(run: Run, row: StoredRow): void {
  const isBooked = run.kind === 'orders' && row.paymentId !== null
  if (!EDITABLE.includes(row.state) || isBooked)
    throw new AppError('import.busy', { id: run.id, row: row.rowNumber, state: row.state })
}

function refuseUnknown(run: Run, edit: Edit): void {
  const fields = IMPORT_FIELDS[run.kind].map((field) => field.id)
  const unknown = Object.keys(edit.values ?? {}).find((field) => !fields.includes(field))
  if (unknown !== undefined)
    throw new AppError('request.invalid', { issues: [{ path: `values.${unknown}`, message: 'no such field' }] })
}

/** The few rows that a correction touched. */
async function checkRest(work: Work): Promise<void> {
  const rules = KINDS[work.run.kind]
  for (;;) {
    const rows = await rules.list(work, 'unchecked')
    if (rows.length === 0) return
    await changeRows(work.tx, { merchantId: work.merchantId, runId: work.run.id }, await rules.check(work, rows))
  }
}

function named(...keys: ReadonlyArray<string | null>): string[] {
  return [...new Set(keys.filter((key) => key !== null))]
}
