/** What a person chooses for the file of a list, and what the console says of it before it is downloaded. */
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Contract, Input, Output } from '@choba/shared/contract.ts'
import { type ExportList, exports, type ExportView } from '@choba/shared/contracts/exports.ts'
import type { ExportEncoding } from '@choba/shared/filters/export.ts'
import type { Language } from '@choba/shared/labels/labels.ts'
import { asApiError } from './api-error.ts'
import { call, queryString } from './call.ts'
import { q } from './q.ts'
import { useMay } from './session.ts'

export type ExportChoice = { readonly encoding: ExportEncoding; readonly language: Language }

/** `view` is the list's filter and order. */
export function useListExport<C extends Contract & { method: 'GET' }>(
  contract: C,
  path: string,
  view: object,
  language: Language,
  list: ExportList,
) {
  const [choice, choose] = useState<ExportChoice>({ encoding: 'utf8', language })
  const query = { ...view, ...choice }
  // Every list's export takes the list's own view and the choice; the contract checks it again.
  const asked = q(contract, { query } as unknown as Input<C>)
  const check = useQuery({ ...asked, placeholderData: keepPreviousData, staleTime: 0 })
  // One key until it is taken: a second press is the same request.
  const key = useRef(crypto.randomUUID())
  const keep = useMutation({
    mutationFn: (substitute: boolean) =>
      call(exports.create, {
        // What stands in the address of a list is text, numbers and lists of text.
        body: { idempotencyKey: key.current, list, view: view as ExportView, ...choice, substitute },
      }),
    onSuccess: () => (key.current = crypto.randomUUID()),
  })
  return {
    mayKeep: useMay('sales.export'),
    keep: keep.mutateAsync,
    isKeeping: keep.isPending,
    choice,
    choose,
    checked: check.data as Output<C> | undefined,
    /** What is shown is of an earlier choice. */
    isStale: check.isPlaceholderData,
    failure: check.isError ? { ...asApiError(check.error), onRetry: () => void check.refetch() } : undefined,
    addressOf: (substitute: boolean) =>
      `${path}?${queryString({ ...query, ...(substitute ? { substitute: 'geta' } : {}) })}`,
  }
}
