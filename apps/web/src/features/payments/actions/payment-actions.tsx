/** What may be done now. An action that may not stays in sight, disabled, with its reason and what to do instead. */
import { Button, Tooltip } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { fill, label, type Language } from '@choba/shared/labels/labels.ts'
import type { PaymentAction } from '@choba/shared/states/payment.ts'
import { useLanguage, useWords } from '../../../i18n/language.ts'
import styles from '../detail/detail.module.css'

const ActionDialog = lazy(() => import('./action-dialog.tsx').then((module) => ({ default: module.ActionDialog })))

type Offer = PaymentDetail['actions'][number]

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
  const offer = detail.actions.find((each) => each.action === chosen)
  if (detail.actions.length === 0) return null
  return (
    <div className={`${styles.actions} no-print`} role="group" aria-label={words.detail.actions}>
      <div className={styles.buttons}>
        {detail.actions.map((each) => (
          <ActionButton
            key={each.action}
            offer={each}
            primary={each.action === suggested}
            language={language}
            onChoose={() => setChosen(each.action)}
          />
        ))}
      </div>
      <Refusals offers={detail.actions} language={language} />
      <Suspense fallback={null}>
        {offer?.verdict.allowed ? (
          <ActionDialog
            key={offer.action}
            action={offer.action}
            upToYen={offer.verdict.upToYen}
            payment={detail.payment}
            onClose={() => setChosen(null)}
          />
        ) : null}
      </Suspense>
    </div>
  )
}

type ActionButtonProps = {
  readonly offer: Offer
  readonly primary: boolean
  readonly language: Language
  readonly onChoose: () => void
}

function ActionButton({ offer, primary, language, onChoose }: ActionButtonProps) {
  const { action, verdict } = offer
  const word = label(language, 'action_do', action)
  const variant = primary && verdict.allowed && action !== 'cancel' ? 'filled' : 'default'
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
  const refused = offers.filter((offer) => !offer.verdict.allowed)
  if (refused.length === 0) return null
  const separator = language === 'ja' ? '：' : ': '
  return (
    <ul className={styles.refusals}>
      {refused.map((offer) => (
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
