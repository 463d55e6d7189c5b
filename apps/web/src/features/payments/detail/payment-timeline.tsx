/**
 * Events and operations in one line of time. What was asked for stands there from the moment it was accepted; once the
 * provider has agreed, the event says so and names who asked.
 */
import type { OperationRow } from '@choba/shared/contracts/operations.ts'
import type { PaymentDetail, TimelineItem } from '@choba/shared/contracts/payments.ts'
import { label, type Language } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { formatYen } from '../../../ui/money/format-yen.ts'
import { Timeline, type TimelineEntry } from '../../../ui/timeline/timeline.tsx'
import { formatInstant } from '../../../ui/time/format-time.ts'
import { eventCodes, eventWords } from '../../../ui/timeline/event-words.ts'
import { pairOperations } from './pair-operations.ts'
import { ReasonList } from './reason-list.tsx'

/** `place` sorts: an event told by its day only never stands before the one it followed. */
type Entry = TimelineEntry & { readonly order: number; readonly place: string }

const URGENT_RESULTS: readonly unknown[] = ['on_hold', 'rejected']
const OPERATION_TONES: Readonly<Record<OperationRow['state'], TimelineEntry['tone']>> = {
  requested: 'pending',
  held: 'pending',
  accepted: 'pending',
  running: 'pending',
  unknown: 'pending',
  done: 'done',
  refused: 'urgent',
  failed: 'urgent',
  declined: 'done',
  withdrawn: 'done',
}

export function PaymentTimeline({ detail }: { readonly detail: PaymentDetail }) {
  const words = useWords()
  const language = useLanguage()
  const { paired, alone } = pairOperations(detail.timeline, detail.operations)
  const entries = [
    ...inPlace(detail.timeline.map((item) => eventEntry(item, paired.get(item.sequence), language))),
    ...alone.map((operation) => operationEntry(operation, language)),
  ]
  if (entries.length === 0) return <p className="soft">{words.detail.timeline_empty}</p>
  return <Timeline entries={entries.toSorted(newestFirst)} formatAt={(instant) => formatInstant(instant, language)} />
}

function eventEntry(item: TimelineItem, operation: OperationRow | undefined, language: Language): Entry {
  const codes = eventCodes(item)
  const urgent = item.type === 'registration_refused' || URGENT_RESULTS.includes(item.data.result)
  const actor = item.actor.name ?? label(language, 'actor', item.actor.kind)
  const reason = operation?.reason ?? null
  return {
    key: `event-${item.sequence}`,
    order: item.sequence,
    text: eventWords(item, language),
    at: item.at,
    place: item.at,
    actor: operation === undefined || operation.requestedBy === actor ? actor : `${operation.requestedBy} → ${actor}`,
    tone: urgent ? 'urgent' : item.type === 'paid_out' ? 'done' : 'plain',
    ...(codes.length === 0 && reason === null ? {} : { more: <More text={reason} codes={codes} /> }),
  }
}

function operationEntry(operation: OperationRow, language: Language): Entry {
  const amount =
    operation.amountYen === null ? '' : ` ${formatYen(operation.amountYen)}${language === 'ja' ? '円' : ' yen'}`
  const separator = language === 'ja' ? '：' : ': '
  return {
    key: `operation-${operation.id}`,
    order: Number.MAX_SAFE_INTEGER,
    text: `${label(language, 'action', operation.kind)}${amount}${separator}${label(language, 'operation_state', operation.state)}`,
    at: operation.endedAt ?? operation.requestedAt,
    place: operation.endedAt ?? operation.requestedAt,
    actor: operation.requestedBy,
    tone: OPERATION_TONES[operation.state],
    ...(operation.codes.length === 0 && operation.reason === null
      ? {}
      : { more: <More text={operation.reason} codes={operation.codes} /> }),
  }
}

function More({ text, codes }: { readonly text: string | null; readonly codes: readonly string[] }) {
  return (
    <>
      {text}
      <ReasonList codes={codes} />
    </>
  )
}

function inPlace(entries: readonly Entry[]): Entry[] {
  let latest = ''
  return entries
    .toSorted((a, b) => a.order - b.order)
    .map((entry) => {
      latest = entry.at > latest ? entry.at : latest
      return { ...entry, place: latest }
    })
}

function newestFirst(a: Entry, b: Entry): number {
  return b.place.localeCompare(a.place) || b.order - a.order
}
