/** Orders in the books that look like this one: sent twice, the customer would be asked to pay twice. */
import { Alert } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { orderEntry } from '@choba/shared/contracts/order-entry.ts'
import type { RescueSheet } from '@choba/shared/contracts/rescue.ts'
import type { PaymentStatus } from '@choba/shared/states/payment.ts'
import { q } from '../../api/q.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatYen, readYen } from '../../ui/money/format-yen.ts'
import { StatusBadge } from '../../ui/status/status-badge.tsx'
import type { OrderText } from './correction.ts'
import styles from './rescue.module.css'

/** An order that came to nothing asks nobody to pay. */
const NO_CLAIM: readonly PaymentStatus[] = ['cancelled', 'rejected', 'failed', 'expired', 'refunded']

export function Doubles({ sheet, text }: { readonly sheet: RescueSheet; readonly text: OrderText }) {
  const words = useWords()
  const language = useLanguage()
  const mayAsk = useMay('orders.create')
  const { payment } = sheet
  const query = {
    shopId: payment.shopId,
    orderNumber: payment.orderNumber,
    phone: text.customer.phone.normalize('NFKC').slice(0, 20),
    name: text.customer.name.slice(0, 60),
    amountYen: readYen(text.amount) ?? payment.amountYen,
    orderedAt: payment.orderedAt,
  }
  const answer = useQuery({
    ...q(orderEntry.checkDouble, { query }),
    enabled: mayAsk,
    placeholderData: keepPreviousData,
  })
  const doubles = (answer.data?.doubles ?? []).filter(
    (each) => each.paymentId !== payment.id && !NO_CLAIM.includes(each.status),
  )
  if (doubles.length === 0) return null
  return (
    <Alert color="vermilion" variant="light" data-urgent title={words.rescue.doubles}>
      <ul className={styles.plainList}>
        {doubles.map((each) => (
          <li key={each.paymentId}>
            <Link to="/payments/$id" params={{ id: each.paymentId }} className="link-button mono">
              {each.orderNumber}
            </Link>{' '}
            {each.customerName} {formatYen(each.amountYen)}
            {words.app.yen} <StatusBadge status={each.status} language={language} />
          </li>
        ))}
      </ul>
    </Alert>
  )
}
