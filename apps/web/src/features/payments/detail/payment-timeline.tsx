/** Events and operations in one line of time: what was asked for stands there from the moment it was accepted. */
import type { PaymentDetail, TimelineItem } from '@choba/shared/contracts/payments.ts'
import type { OperationRow } from '@choba/shared/contracts/operations.ts'
import { label, type Language } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { formatYen } from '../../../ui/money/format-yen.ts'
import { Timeline, type TimelineEntry } from '../../../ui/timeline/timeline.tsx'
import { formatInstant } from '../../../ui/time/format-time.ts'
import { eventCodes, eventWords } from './event-words.ts'
import { ReasonList } from './reason-list.tsx'

const URGENT_RESULTS: readonly unknown[] = ['on_hold', 'rejected']
const OPERATION_TONES: Readonly<Record<OperationRow['state'], TimelineEntry['tone']>> = {
  accepted: 'pending',
  running: 'pending',
  unknown: 'pending',
  done: 'done',
  refused: 'urgent',
  failed: 'urgent',
}

export function PaymentTimeline({ detail }: { readonly detail: PaymentDetail }) {
  const words = useWords()
  const language = useLanguage()
  // A registration has its own events; its operation would say the same twice.
  const operations = detail.operations.filter(
    (operation) => operation.kind !== 'register' || OPERATION_TONES[operation.state] !== 'done',
  )
  const entries = [
    ...detail.timeline.map((item) => eventEntry(item, language)),
    ...operations.map((operation) => operationEntry(operation, language)),
  ]
  if (entries.length === 0) return <p className="soft">{words.detail.timeline_empty}</p>
  return <Timeline entries={entries.sort(newestFirst)} formatAt={(instant) => formatInstant(instant, language)} />
}

function eventEntry(item: TimelineItem, language: Language): TimelineEntry & { readonly order: number } {
  const codes = eventCodes(item)
  const urgent = item.type === 'registration_refused' || URGENT_RESULTS.includes(item.data.result)
  return {
    key: `event-${item.sequence}`,
    order: item.sequence,
    text: eventWords(item, language),
    at: item.at,
    actor: item.actor.name ?? label(language, 'actor', item.actor.kind),
    tone: urgent ? 'urgent' : item.type === 'paid_out' ? 'done' : 'plain',
    ...(codes.length === 0 ? {} : { more: <ReasonList codes={codes} /> }),
  }
}

function operationEntry(operation: OperationRow, language: Language): TimelineEntry & { readonly order: number } {
  const amount =
    operation.amountYen === null ? '' : ` ${formatYen(operation.amountYen)}${language === 'ja' ? '円' : ' yen'}`
  const separator = language === 'ja' ? '：' : ': '
  const more = operation.codes.length > 0 || operation.reason !== null
  return {
    key: `operation-${operation.id}`,
    order: Number.MAX_SAFE_INTEGER,
    text: `${label(language, 'action', operation.kind)}${amount}${separator}${label(language, 'operation_state', operation.state)}`,
    at: operation.endedAt ?? operation.requestedAt,
    actor: operation.requestedBy,
    tone: OPERATION_TONES[operation.state],
    ...(more
      ? {
          more: (
            <>
              {operation.reason}
              <ReasonList codes={operation.codes} />
            </>
          ),
        }
      : {}),
  }
}

function newestFirst(a: TimelineEntry & { order: number }, b: TimelineEntry & { order: number }): number {
  return b.at.localeCompare(a.at) || b.order - a.order
}
