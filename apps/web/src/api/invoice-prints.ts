/** Printing invoices that travel in the parcel: what can be printed, then the pages. A repeat is the same request. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Input } from '@choba/shared/contract.ts'
import { invoicePrints, PRINT_FILE_PATH } from '@choba/shared/contracts/invoice-prints.ts'
import { payments } from '@choba/shared/contracts/payments.ts'
import { shipments } from '@choba/shared/contracts/shipments.ts'
import { asApiError } from './api-error.ts'
import { call, queryString } from './call.ts'

export type ToPrint = Input<typeof invoicePrints.check>['body']

const SHOWN_BY = [shipments.list, invoicePrints.ofPayment, payments.get]

export function useInvoicePrint(which: ToPrint) {
  const queryClient = useQueryClient()
  const keys = useRef(new Map<string, string>())
  /** The same orders, sent again after a lost answer, are the same request. */
  function keyOf(paymentIds: readonly string[]): string {
    const wish = paymentIds.join()
    const key = keys.current.get(wish) ?? crypto.randomUUID()
    keys.current.set(wish, key)
    return key
  }
  const check = useQuery({
    queryKey: [invoicePrints.check.path, which],
    queryFn: ({ signal }) => call(invoicePrints.check, { body: which }, signal),
    // What was printable a moment ago may be shipped by now.
    gcTime: 0,
    staleTime: Infinity,
  })
  const print = useMutation({
    mutationFn: (paymentIds: string[]) =>
      call(invoicePrints.print, { body: { idempotencyKey: keyOf(paymentIds), paymentIds } }),
    async onSuccess() {
      for (const { path } of SHOWN_BY) await queryClient.invalidateQueries({ queryKey: [path] })
    },
  })
  return {
    checked: check.data,
    checkFailure: check.isError ? { ...asApiError(check.error), onRetry: () => void check.refetch() } : null,
    printing: print.isPending,
    result: print.data,
    failure: print.isError ? asApiError(print.error).code : null,
    onPrint: (paymentIds: string[]) => print.mutate(paymentIds),
  }
}

export function printFileAddress(printId: string, payment?: string): string {
  const path = PRINT_FILE_PATH.replace(':printId', encodeURIComponent(printId))
  return payment === undefined ? path : `${path}?${queryString({ payment })}`
}
