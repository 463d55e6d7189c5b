/** What may be done now. An action that may not stays within reach, disabled, with its reason and what to do instead. */
import { Button, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import type { PaymentAction } from '@choba/shared/states/payment.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import styles from '../detail/detail.module.css'

const PlanOneDialog = lazy(() => import('./plan-one-dialog.tsx').then((module) => ({ default: module.PlanOneDialog })))
const ActionDialog = lazy(() => import('./action-dialog.tsx').then((module) => ({ default: module.ActionDialog })))

type Offer = PaymentDetail['actions'][number]

/** As many buttons as the eye takes in at once; of more, the impossible ones fold away. */
const MOST_IN_SIGHT = 3

export function PaymentActions({
  detail,
  suggested,
}: {
  readonly detail: PaymentDetail
  readonly suggested: PaymentAction | null
}) {
  const words = useWords()
  const language = useLanguage()
  const [chosen, setChosen] = useState<PaymentAction | null>(null)
  const { actions, payment } = detail
  const offer = actions.find((each) => each.action === chosen)
  if (actions.length === 0) return null
  const refused = actions.filter((each) => !each.verdict.allowed)
  const isMany = actions.length > MOST_IN_SIGHT && refused.length > 0
  const inSight = isMany ? actions.filter((each) => each.verdict.allowed) : actions
  return (
    <div className={`${styles.actions} no-print`} role="group" aria-label={words.detail.actions}>
      {inSight.length > 0 ? (
        <div className={styles.buttons}>
          {inSight.map((each) => (
            <ActionButton
              key={each.action}
              offer={each}
              rescueId={isRescue(each.action, payment.status) ? payment.id : null}
              primary={each.action === suggested}
              language={language}
              onChoose={() => setChosen(each.action)}
            />
          ))}
        </div>
      ) : null}
      {isMany ? (
        <details className={styles.otherActions}>
          <summary>{fill(words.detail.other_actions, { count: refused.length })}</summary>
          <ul className={styles.refusals}>
            {refused.map((each) => (
              <li key={each.action} className={styles.refusal}>
                <ActionButton
                  offer={each}
                  rescueId={null}
                  primary={false}
                  language={language}
                  onChoose={() => undefined}
                />
                <span>{sayRefusal(each, language)}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : (
        <Refusals offers={refused} language={language} />
      )}
      <Suspense fallback={null}>
        {offer?.verdict.allowed && offer.action === 'plan_shipping' ? (
          <PlanOneDialog detail={detail} onClose={() => setChosen(null)} />
        ) : offer?.verdict.allowed ? (
          <ActionDialog
            key={offer.action}
            action={offer.action}
            upToYen={offer.verdict.upToYen}
            payment={payment}
            onClose={() => setChosen(null)}
          />
        ) : null}
      </Suspense>
    </div>
  )
}

/** What needs the order's fields is done beside the reasons; a withdrawn claim is registered again as it stands. */
function isRescue(action: PaymentAction, status: PaymentDetail['payment']['status']): boolean {
  return action === 'correct' || (action === 'reregister' && status !== 'withdrawn')
}

type ActionButtonProps = {
  readonly offer: Offer
  /** Where the action is done on a page of its own: the payment's id. */
  readonly rescueId: string | null
  readonly primary: boolean
  readonly language: Language
  readonly onChoose: () => void
}

function ActionButton({ offer, rescueId, primary, language, onChoose }: ActionButtonProps) {
  const { action, verdict } = offer
  const word = label(language, 'action_do', action)
  const variant = primary && verdict.allowed && action !== 'cancel' ? 'filled' : 'default'
  if (verdict.allowed && rescueId !== null) {
    return (
      <Button variant={variant} renderRoot={(props) => <Link to="/rescue/$id" params={{ id: rescueId }} {...props} />}>
        {word}
      </Button>
    )
  }
  if (verdict.allowed) {
    return (
      <Button variant={variant} onClick={onChoose}>
        {word}
      </Button>
    )
  }
  // Not `disabled`: a disabled button gets no focus, and then its reason reaches no one who uses the keyboard.
  return (
    <Tooltip label={sayRefusal(offer, language)} events={{ hover: true, focus: true, touch: true }}>
      <Button variant="default" data-disabled aria-disabled="true" onClick={(event) => event.preventDefault()}>
        {word}
      </Button>
    </Tooltip>
  )
}

/** The reasons in the open, as far as another action or a person can help. */
function Refusals({ offers, language }: { readonly offers: readonly Offer[]; readonly language: Language }) {
  if (offers.length === 0) return null
  const separator = language === 'ja' ? '：' : ': '
  return (
    <ul className={styles.refusals}>
      {offers.map((offer) => (
        <li key={offer.action}>
          {label(language, 'action', offer.action)}
          {separator}
          {sayRefusal(offer, language)}
        </li>
      ))}
    </ul>
  )
}

function sayRefusal({ verdict }: Offer, language: Language): string {
  if (verdict.allowed) return ''
  const stop = language === 'ja' ? '。' : '. '
  const reason = label(language, 'refusal', verdict.reason)
  const advice = label(language, 'refusal_advice', verdict.reason)
  if (verdict.instead !== null)
    return `${reason}${stop}${fill(label(language, 'detail', 'instead'), { action: label(language, 'action_do', verdict.instead) })}`
  return advice === verdict.reason ? reason : `${reason}${stop}${advice}`
}
