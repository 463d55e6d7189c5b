/** What the merchant's rules will do with this amount, before it is asked for. */
import { useQuery } from '@tanstack/react-query'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { safety } from '@choba/shared/contracts/safety.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import type { PaymentAction } from '@choba/shared/states/payment.ts'
import { givenUpYen, NO_RULES, safetyVerdict, type SafetyVerdict } from '@choba/shared/states/safety.ts'
import { q } from '../../../api/q.ts'
import { useWords } from '../../../i18n/language.ts'
import { FailureText } from '../../../ui/feedback/failure.tsx'
import { formatYen } from '../../../ui/money/format-yen.ts'

type Asked = { readonly action: PaymentAction; readonly payment: PaymentRow; readonly amountYen: number | undefined }

export function useSafety({ action, payment, amountYen }: Asked) {
  const rules = useQuery(q(safety.own, {})).data ?? NO_RULES
  return { rules, verdict: safetyVerdict(rules, action, givenUpYen(action, payment, amountYen ?? null)) }
}

type SafetyHintProps = { readonly verdict: SafetyVerdict; readonly ceilingYen: number | null; readonly seconds: number }

export function SafetyHint({ verdict, ceilingYen, seconds }: SafetyHintProps) {
  const { approvals: words } = useWords()
  if (verdict === 'send') return null
  if (verdict === 'refuse')
    return <FailureText text={fill(words.will_refuse, { amount: formatYen(ceilingYen ?? 0) })} />
  return (
    <p role="status" style={{ margin: 0 }}>
      {verdict === 'ask' ? words.will_ask : fill(words.will_hold, { seconds })}
    </p>
  )
}
