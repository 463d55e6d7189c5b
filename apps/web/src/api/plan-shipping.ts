/** Moves the planned shipping day of one order or a thousand: each is taken or refused on its own, and repeats are the same request. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { guarantee } from '@choba/shared/contracts/guarantee.ts'
import { operations } from '@choba/shared/contracts/operations.ts'
import { payments } from '@choba/shared/contracts/payments.ts'
import { rescue } from '@choba/shared/contracts/rescue.ts'
import { shipments } from '@choba/shared/contracts/shipments.ts'
import { asApiError } from './api-error.ts'
import { call } from './call.ts'

export type ShippingPlan = {
  readonly paymentIds: readonly string[]
  /** Null: no day is planned any more. */
  readonly shipOn: string | null
  readonly reason: string
}
export type PlanRefusal = { readonly id: string; readonly code: string; readonly reason: string | null }

const SHOWN_BY = [
  payments.get,
  payments.list,
  rescue.list,
  rescue.get,
  shipments.list,
  guarantee.summary,
  guarantee.list,
]

export function usePlanShipping(onAllTaken: (plan: ShippingPlan) => void) {
  const queryClient = useQueryClient()
  const keys = useRef(new Map<string, string>())
  /** The same wish, sent again after a lost answer, is the same request. */
  function keyOf(shipOn: string | null, reason: string): string {
    const wish = JSON.stringify([shipOn, reason])
    const key = keys.current.get(wish) ?? crypto.randomUUID()
    keys.current.set(wish, key)
    return key
  }
  const request = useMutation({
    async mutationFn({ paymentIds, shipOn, reason }: ShippingPlan): Promise<PlanRefusal[]> {
      const key = keyOf(shipOn, reason)
      const { results } = await call(operations.create, {
        body: {
          operations: paymentIds.map((paymentId) => ({
            idempotencyKey: `${key}:${paymentId}`,
            action: 'plan_shipping' as const,
            paymentId,
            shipOn,
            ...(reason === '' ? {} : { reason }),
          })),
        },
      })
      return results.flatMap(({ index, error }) => {
        const id = paymentIds[index]
        return error === null || id === undefined ? [] : [{ id, ...error }]
      })
    },
    onSuccess(refused, plan) {
      if (refused.length === 0) onAllTaken(plan)
    },
    async onSettled() {
      await Promise.all(SHOWN_BY.map(({ path }) => queryClient.invalidateQueries({ queryKey: [path] })))
    },
  })
  return {
    sending: request.isPending,
    failure: request.isError ? asApiError(request.error).code : null,
    refused: request.data ?? [],
    send: (plan: ShippingPlan) => request.mutate(plan),
  }
}
