/**
 * Taking a file of past sales back (ADR 0028): all of it or none. The books are only added to, so each payment gets the
 * reverse of its events and stands as `undone`; its order number may be brought in again.
 */
import type { ImportRun } from '@choba/shared/contracts/imports.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { KINDS } from './kinds.ts'
import type { ImportDeps } from './import-kind.ts'
import { hasRows } from './import-rows.queries.ts'
import { jobKey } from './imports.jobs.ts'
import { moveRun } from './imports.queries.ts'
import { change } from './imports.service.ts'
import { countGoneOn } from './undo.queries.ts'

/** @throws AppError resource.not_found, import.busy, import.nothing_ready, import.depended_on with how many have gone on */
export async function undoImport(deps: ImportDeps, session: Session, id: string): Promise<ImportRun> {
  const { merchantId, userId } = session
  return change(deps, session, id, ['cancelled', 'done'], async (tx, run) => {
    const key = { merchantId, runId: id }
    if (KINDS[run.kind].undone !== true) throw new AppError('import.busy', { id, kind: run.kind })
    if (!(await hasRows(tx, key, 'done'))) throw new AppError('import.nothing_ready', { id })
    const gone = await countGoneOn(tx, key)
    if (gone.count > 0) throw new AppError('import.depended_on', { id, count: gone.count, paymentId: gone.first })
    await moveRun(tx, merchantId, id, { from: ['cancelled', 'done'], to: 'undoing', by: userId })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'import.undo',
      subject: { kind: 'import', id },
      before: { kind: run.kind, counts: run.counts },
    })
    await enqueue(tx, 'imports:work', { merchantId, runId: id }, { jobKey: jobKey(id) })
  })
}
