/** What may be done with a subscription now; what may not stays within reach, with its reason. */
import { Button, Tooltip } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { SubscriptionDetail } from '@choba/shared/contracts/subscription-detail.ts'
import type { SubscriptionAction } from '@choba/shared/states/subscription.ts'
import { useWords } from '../../i18n/language.ts'
import { ActDialog } from './act-dialog.tsx'
import styles from './subscriptions.module.css'

const ChangeDialog = lazy(() => import('./change-dialog.tsx').then((module) => ({ default: module.ChangeDialog })))

export function SubscriptionActions({ subscription }: { readonly subscription: SubscriptionDetail }) {
  const words = useWords()
  const [chosen, setChosen] = useState<SubscriptionAction | null>(null)
  const close = () => setChosen(null)
  return (
    <div className={`${styles.actions} no-print`} role="group" aria-label={words.subscription_detail.actions}>
      {subscription.actions.map(({ action, refusal }) => {
        const word = words.subscription_action[action]
        if (refusal === null)
          return (
            <Button key={action} size="xs" variant="default" onClick={() => setChosen(action)}>
              {word}
            </Button>
          )
        // Not `disabled`: a disabled button gets no focus, and then its reason reaches no one who uses the keyboard.
        return (
          <Tooltip
            key={action}
            label={words.subscription_refusal[refusal]}
            events={{ hover: true, focus: true, touch: true }}
          >
            <Button
              size="xs"
              variant="default"
              data-disabled
              aria-disabled="true"
              aria-description={words.subscription_refusal[refusal]}
            >
              {word}
            </Button>
          </Tooltip>
        )
      })}
      {chosen === null || chosen === 'change' ? null : (
        <ActDialog action={chosen} subscription={subscription} onClose={close} />
      )}
      <Suspense fallback={null}>
        {chosen === 'change' ? <ChangeDialog subscription={subscription} onClose={close} /> : null}
      </Suspense>
    </div>
  )
}
