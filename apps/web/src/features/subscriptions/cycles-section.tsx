/** Every cycle made up so far, newest first: where it stands, its payment, and each try to charge it. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { SubscriptionCycle, SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { UNSENT } from '@choba/shared/states/subscription.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { PlainTable } from '../../ui/facts/plain-table.tsx'
import { Section } from '../../ui/facts/section.tsx'
import { formatCount, formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { ActDialog } from './act-dialog.tsx'
import { CycleBadge } from './subscription-columns.tsx'
import styles from './subscriptions.module.css'

export function CyclesSection({ subscription }: { readonly subscription: SubscriptionDetail }) {
  const { subscription_detail: words } = useWords()
  const language = useLanguage()
  const [skipping, setSkipping] = useState<number | null>(null)
  const { cycles, moreCycles, kind } = subscription
  const maySkip = subscription.actions.some(({ action, refusal }) => action === 'skip' && refusal !== 'role_forbids')
  const isMetered = kind === 'metered' || cycles.some(({ usage }) => usage !== null)
  const skipped = cycles.find(({ number }) => number === skipping)
  return (
    <Section title={words.cycles}>
      {cycles.length === 0 ? (
        <p className="soft">{words.cycles_empty}</p>
      ) : (
        <PlainTable
          caption={words.cycles}
          columns={[
            { name: '#' },
            { name: words.falls_on },
            { name: words.state },
            { name: words.attempts },
            ...(isMetered ? [{ name: words.usage, end: true }] : []),
            { name: words.line_amount, end: true },
          ]}
          rows={cycles.map((cycle) => ({
            key: String(cycle.number),
            cells: [
              cycle.number,
              <span key="day" className={styles.day}>
                {formatDay(cycle.fallsOn, language)}
              </span>,
              <Standing
                key="state"
                cycle={cycle}
                code={subscription.code}
                onSkip={
                  maySkip && UNSENT.includes(cycle.state) && subscription.status !== 'ended'
                    ? () => setSkipping(cycle.number)
                    : undefined
                }
              />,
              <Attempts key="attempts" cycle={cycle} />,
              ...(isMetered ? [cycle.usage === null ? '–' : formatCount(cycle.usage)] : []),
              formatYen(cycle.amountYen),
            ],
          }))}
        />
      )}
      {moreCycles ? <p className="soft">{words.cycles_more}</p> : null}
      {skipped === undefined ? null : (
        <ActDialog action="skip" cycle={skipped} subscription={subscription} onClose={() => setSkipping(null)} />
      )}
    </Section>
  )
}

type StandingProps = {
  readonly cycle: SubscriptionCycle
  readonly code: string
  readonly onSkip: (() => void) | undefined
}

function Standing({ cycle, code, onSkip }: StandingProps) {
  const { subscription_detail: words } = useWords()
  const language = useLanguage()
  const held = cycle.state === 'held' ? cycle.attempts.find(({ paymentId }) => paymentId !== null) : undefined
  return (
    <div className={styles.standing}>
      <CycleBadge state={cycle.state} language={language} />
      {cycle.dueOn === null ? null : (
        <span className="soft">{fill(words.due_on, { day: formatDay(cycle.dueOn, language) })}</span>
      )}
      {cycle.state === 'awaiting_usage' ? (
        <Link to="/subscriptions/usage" search={{ code }} className="link-button">
          {words.waits_usage}
        </Link>
      ) : null}
      {held?.paymentId ? (
        <Link to="/rescue/$id" params={{ id: held.paymentId }} className="link-button">
          {words.rescue}
        </Link>
      ) : null}
      {onSkip === undefined ? null : (
        <Button size="compact-xs" variant="subtle" onClick={onSkip}>
          {words.skip_this}
        </Button>
      )}
    </div>
  )
}

function Attempts({ cycle }: { readonly cycle: SubscriptionCycle }) {
  const { subscription_detail: words } = useWords()
  const language = useLanguage()
  if (cycle.attempts.length === 0) return <span className="soft">{words.not_sent}</span>
  return (
    <ul className={styles.attempts}>
      {cycle.attempts.map((attempt) => (
        <li key={attempt.orderNumber}>
          <div className={styles.attempt}>
            {attempt.paymentId === null ? (
              <span className="mono">{attempt.orderNumber}</span>
            ) : (
              <Link to="/payments/$id" params={{ id: attempt.paymentId }} className="link-button mono">
                {attempt.orderNumber}
              </Link>
            )}
            <MethodMark method={attempt.method} language={language} />
            {attempt.status === null ? null : <StatusBadge status={attempt.status} language={language} />}
            <span className="soft">{fill(words.asked_on, { day: formatDay(attempt.askedOn, language) })}</span>
          </div>
          {attempt.codes.map((code) => (
            <div key={code} className={styles.reason}>
              {label(language, 'reason', code)} <span className="soft mono">{code}</span>
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}
