/** The orders that were chosen are moved to another shipping day together. */
import { usePlanShipping } from '../../api/plan-shipping.ts'
import { useWords } from '../../i18n/language.ts'
import { type OrderToPlan, PlanDialog, sayMoved } from '../../ui/plan/plan-dialog.tsx'

type PlanManyProps = {
  readonly orders: readonly OrderToPlan[]
  readonly onDone: () => void
  readonly onClose: () => void
}

export function PlanMany({ orders, onDone, onClose }: PlanManyProps) {
  const words = useWords()
  const { send, ...plan } = usePlanShipping(() => {
    sayMoved(orders, words)
    onDone()
  })
  return <PlanDialog orders={orders} {...plan} onSend={send} onClose={onClose} />
}
