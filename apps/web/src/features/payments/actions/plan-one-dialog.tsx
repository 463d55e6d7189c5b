/** The planned shipping day of this one order. */
import type { PaymentDetail } from '@choba/shared/contracts/payments.ts'
import { usePlanShipping } from '../../../api/plan-shipping.ts'
import { useWords } from '../../../i18n/language.ts'
import { PlanDialog, sayMoved } from '../../../ui/plan/plan-dialog.tsx'
import { readFacts } from '../detail/facts.ts'

export function PlanOneDialog({ detail, onClose }: { readonly detail: PaymentDetail; readonly onClose: () => void }) {
  const words = useWords()
  const { id, orderNumber } = detail.payment
  const orders = [{ id, orderNumber, shipOn: readFacts(detail.state).shipOn }]
  const { send, ...plan } = usePlanShipping(() => {
    sayMoved(orders, words)
    onClose()
  })
  return <PlanDialog orders={orders} {...plan} onSend={send} onClose={onClose} />
}
