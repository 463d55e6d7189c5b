/** One claim of an order with its cancel: allowed, under way, or not and why. */
import { Button, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ZombieClaim } from '@choba/shared/contracts/zombies.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import { MethodMark } from '../../ui/status/method-mark.tsx'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import { formatDay } from '../../ui/time/format-time.ts'
import { useCancel } from './use-cancel.ts'
import styles from './zombies.module.css'

type ClaimCellProps = {
  readonly claim: ZombieClaim
  readonly orderNumber: string
  readonly remedy: 'main' | 'second' | 'none'
}

export function ClaimCell({ claim, orderNumber, remedy }: ClaimCellProps) {
  const { zombies: words, app } = useWords()
  const language = useLanguage()
  const { cancel, sending, failure } = useCancel(claim.paymentId, orderNumber)
  return (
    <div className={styles.claim}>
      <span className={styles.line}>
        <MethodMark method={claim.method} language={language} />
        <Link to="/payments/$id" params={{ id: claim.paymentId }} className="link-button">
          {fill(words.branch, { number: claim.orderBranch + 1 })}
        </Link>
        <StatusBadge status={claim.status} language={language} />
      </span>
      <span>
        <strong className="num">
          {formatYen(claim.amountYen)} {app.yen}
        </strong>{' '}
        {claim.nextOn === null ? null : (
          <span className="soft">{fill(words.until, { date: formatDay(claim.nextOn, language) })}</span>
        )}
      </span>
      {remedy === 'none' ? null : remedyButton()}
      {failure === null ? null : (
        <span role="alert" className={styles.failure}>
          {failure}
        </span>
      )}
    </div>
  )

  function remedyButton() {
    if (claim.inFlight !== null || sending) return <span className="soft">{words.cancelling}</span>
    const reason = claim.cancel.reason === null ? null : label(language, 'refusal', claim.cancel.reason)
    return (
      <Tooltip label={reason} disabled={reason === null}>
        <Button
          size="compact-xs"
          w="max-content"
          color="vermilion"
          variant={remedy === 'main' ? 'filled' : 'outline'}
          disabled={!claim.cancel.allowed}
          aria-description={reason ?? undefined}
          onClick={cancel}
        >
          {words[WORD[claim.method] ?? 'cancel_claim']}
        </Button>
      </Tooltip>
    )
  }
}

const WORD: Readonly<Record<string, 'cancel_slip' | 'cancel_authorization'>> = {
  convenience_store: 'cancel_slip',
  card: 'cancel_authorization',
}
