/** Before an NP order is raised: what the raise would use of the customer's limit. NP decides; this only warns. */
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { customers } from '@choba/shared/contracts/customers.ts'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { q } from '../../../api/q.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { LimitMeter } from '../../../ui/limit/limit-meter.tsx'

const WAIT_MS = 250

type LimitWarningProps = {
  readonly payment: PaymentRow
  /** Undefined while it is no amount. */
  readonly amountYen: number | undefined
}

export function LimitWarning({ payment, amountYen }: LimitWarningProps) {
  const language = useLanguage()
  const [raisedYen] = useDebouncedValue(Math.max(0, (amountYen ?? 0) - payment.amountYen), WAIT_MS)
  const { shopId, phone, customerName } = payment
  const query = { shopId, phone: phone.slice(0, 20), name: customerName.slice(0, 60) }
  const limit = useQuery({ ...q(customers.limit, { query }), enabled: raisedYen > 0 })
  if (raisedYen === 0 || limit.data === undefined) return null
  return <LimitMeter limit={limit.data} addedYen={raisedYen} language={language} />
}
