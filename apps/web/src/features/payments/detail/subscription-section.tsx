/** Which cycle of which subscription the payment charges; nothing for an order of its own. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { CYCLE_TONE, SUBSCRIPTION_TONE } from '@choba/shared/states/subscription.ts'
import { q } from '../../../api/q.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import { Facts, Section } from '../../../ui/facts/section.tsx'
import { ToneBadge } from '../../../ui/status/status-badge.tsx'
import { formatDay } from '../../../ui/time/format-time.ts'

export function SubscriptionOfPayment({ id }: { readonly id: string }) {
  const words = useWords()
  const language = useLanguage()
  const own = words.subscription_of_payment
  // An addition to the page: without its answer the page stands as it is.
  const cycle = useQuery(q(subscriptions.ofPayment, { id })).data?.cycle
  if (cycle === null || cycle === undefined) return null
  const { subscriptionId, code, number, attempt, state, fallsOn, status } = cycle
  return (
    <Section title={own.title}>
      <p style={{ margin: '0 0 6px' }}>
        <Link to="/subscriptions/$id" params={{ id: subscriptionId }} className="link-button">
          {fill(own.text, { code, number })}
        </Link>{' '}
        {attempt > 1 ? <span className="soft">{fill(own.attempt, { attempt })}</span> : null}
      </p>
      <Facts
        facts={[
          [words.subscription_detail.falls_on, formatDay(fallsOn, language)],
          [own.cycle_state, <ToneBadge key="cycle" tone={CYCLE_TONE[state]} word={words.cycle_state[state]} />],
          [
            own.status,
            <ToneBadge key="status" tone={SUBSCRIPTION_TONE[status]} word={words.subscription_status[status]} />,
          ],
        ]}
      />
    </Section>
  )
}
