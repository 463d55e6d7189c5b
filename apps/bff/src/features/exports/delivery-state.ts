/** What became of a file's way to its folder or its readers, from the run and the mails that carry it. */
import type { ExportDelivery } from '@choba/shared/contracts/exports.ts'
import type { MailCounts } from './deliveries.queries.ts'
import type { ExportRun } from './exports.queries.ts'

/** Whom it goes to, beside whoever asked for it. */
export function recipientsOf(delivery: ExportRun['delivery']): readonly string[] {
  return delivery?.kind === 'mail' ? delivery.recipients : []
}

/** Null for a file that goes nowhere, also because it was never written. */
export function deliveryOf(
  run: Pick<ExportRun, 'state' | 'delivery' | 'deliveredAt' | 'deliveryFailure'> & MailCounts,
  names: ReadonlyMap<string, string>,
): ExportDelivery | null {
  const { state, delivery } = run
  if (delivery === null || state === 'failed' || state === 'cancelled') return null
  const { kind } = delivery
  const to = kind === 'folder' ? delivery.fileName : delivery.recipients.map((id) => names.get(id) ?? id).join(', ')
  const failure = run.deliveryFailure ?? (run.mailsFailed > 0 ? 'mail_refused' : null)
  if (failure !== null) return { kind, to, state: 'failed', at: null, failure }
  const isDone = run.deliveredAt !== null && run.mailsWaiting === 0
  const at = isDone ? (run.mailedAt ?? run.deliveredAt) : null
  return { kind, to, state: isDone ? 'done' : 'waiting', at: at?.toISOString() ?? null, failure: null }
}
