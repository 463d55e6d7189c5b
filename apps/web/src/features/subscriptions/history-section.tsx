/** What happened to the subscription, newest first. */
import type { SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import type { SubscriptionEvent } from '@choba/shared/states/subscription.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { Section } from '../../ui/facts/section.tsx'
import { formatYen } from '../../ui/money/format-yen.ts'
import { formatDay, formatInstant } from '../../ui/time/format-time.ts'
import { Timeline, type TimelineEntry } from '../../ui/timeline/timeline.tsx'

const TONES: Partial<Record<SubscriptionEvent, TimelineEntry['tone']>> = {
  cycle_failed: 'urgent',
  paused_by_failure: 'urgent',
  rescued: 'done',
  retry_planned: 'pending',
  cancel_planned: 'pending',
}

export function HistorySection({ subscription }: { readonly subscription: SubscriptionDetail }) {
  const { subscription_detail: words } = useWords()
  const language = useLanguage()
  return (
    <Section title={words.history}>
      <Timeline
        formatAt={(at) => formatInstant(at, language)}
        entries={subscription.events.map(({ at, kind, detail, by }, index) => ({
          key: `${at}-${kind}-${index}`,
          text: eventWords(language, kind, detail),
          at,
          actor: by ?? words.by_system,
          tone: TONES[kind] ?? 'plain',
        }))}
      />
    </Section>
  )
}

/** Days, methods and amounts in the event's detail are said as everywhere. */
function eventWords(language: Language, kind: SubscriptionEvent, detail: Readonly<Record<string, string>>): string {
  const said = Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, sayDetail(language, key, value)]))
  return fill(label(language, 'subscription_event', kind), said)
}

function sayDetail(language: Language, key: string, value: string): string {
  if (key === 'fields') {
    const names = value.split(',').map((field) => label(language, 'subscription_field', field))
    return names.join(separatorIn(language))
  }
  if (key === 'method') return label(language, 'method', value)
  if (key.endsWith('Yen')) return formatYen(Number(value))
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDay(value, language) : value
}
