/** What the BFF knows about the order being keyed in: the customer's limit, and orders that look like this one. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type CustomerLimit, customers } from '@choba/shared/contracts/customers.ts'
import { type Doublet, orderEntry } from '@choba/shared/contracts/order-entry.ts'
import type { OrderInput } from '@choba/shared/contracts/orders.ts'
import { q } from '../../api/q.ts'

const WAIT_MS = 350

export function useOrderQuestions(order: OrderInput): {
  readonly limit: CustomerLimit | undefined
  readonly doubles: readonly Doublet[]
} {
  const [key] = useDebouncedValue(
    JSON.stringify([
      order.shopId,
      order.orderNumber,
      order.customer.phone,
      order.customer.name,
      order.amountYen,
      order.orderedAt.slice(0, 10),
    ]),
    WAIT_MS,
  )
  const [shopId, orderNumber, phone, name, amountYen, day] = JSON.parse(key) as [
    string,
    string,
    string,
    string,
    number,
    string,
  ]
  const isSomebody = phone !== '' || name !== ''
  const limit = useQuery({
    ...q(customers.limit, { query: { shopId, phone: phone.slice(0, 20), name: name.slice(0, 60) } }),
    placeholderData: keepPreviousData,
  })
  const doubles = useQuery({
    ...q(orderEntry.checkDouble, {
      query: {
        shopId,
        orderNumber: orderNumber.slice(0, 40),
        phone: phone.slice(0, 20),
        name: name.slice(0, 60),
        amountYen: Math.min(amountYen, 99_999_999),
        orderedAt: `${day}T12:00:00+09:00`,
      },
    }),
    enabled: isSomebody || orderNumber !== '',
    placeholderData: keepPreviousData,
  })
  return { limit: limit.data, doubles: doubles.data?.doubles ?? [] }
}
