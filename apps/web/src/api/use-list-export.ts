/** What a person chooses for the file of a list, and what the console says of it before it is downloaded. */
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { COLUMNS_OF, type FileColumns } from '@choba/shared/columns/of-list.ts'
import type { Contract, Input, Output } from '@choba/shared/contract.ts'
import { type ExportList, exports, type ExportView } from '@choba/shared/contracts/exports.ts'
import type { ExportEncoding } from '@choba/shared/filters/export.ts'
import type { Language } from '@choba/shared/labels/labels.ts'
import { asApiError } from './api-error.ts'
import { call, queryString } from './call.ts'
import { q } from './q.ts'
import { useMay } from './session.ts'

export type ExportChoice = { readonly encoding: ExportEncoding; readonly language: Language }

/** `view` is the list's filter and order; `shown` are the columns of the screen, for a list on which they can be chosen. */
export function useListExport<C extends Contract & { method: 'GET' }>(
  contract: C,
  path: string,
  view: object,
  language: Language,
  list: ExportList,
  shown?: readonly string[],
) {
  const [choice, choose] = useState<ExportChoice>({ encoding: 'utf8', language })
  const [columns, chooseColumns] = useState<FileColumns>({ scope: shown === undefined ? 'all' : 'shown', chosen: [] })
  // All of them are those of a later version too, but for a list that would take those of its screen.
  const all = shown === undefined ? undefined : COLUMNS_OF[list].ids
  const named = { shown, all, chosen: columns.chosen }[columns.scope]
  const asked = named === undefined ? view : { ...view, columns: named.join(',') }
  const query = { ...asked, ...choice }
  // Every list's export takes the list's own view and the choice; the contract checks it again.
  const checking = q(contract, { query } as unknown as Input<C>)
  const check = useQuery({ ...checking, placeholderData: keepPreviousData, staleTime: 0 })
  // One key until it is taken: a second press is the same request.
  const key = useRef(crypto.randomUUID())
  const keep = useMutation({
    mutationFn: (substitute: boolean) =>
      call(exports.create, {
        // What stands in the address of a list is text, numbers and lists of text.
        body: { idempotencyKey: key.current, list, view: asked as ExportView, ...choice, substitute },
      }),
    onSuccess: () => (key.current = crypto.randomUUID()),
  })
  return {
    /** What a schedule of such files begins with, as it stands in the address of its page. */
    like: JSON.stringify({ list, view: asked, ...choice }),
    mayKeep: useMay('sales.export'),
    keep: keep.mutateAsync,
    isKeeping: keep.isPending,
    list,
    choice,
    choose,
    shown,
    columns,
    chooseColumns,
    hasColumns: named === undefined || named.length > 0,
    checked: check.data as Output<C> | undefined,
    /** What is shown is of an earlier choice. */
    isStale: check.isPlaceholderData,
    failure: check.isError ? { ...asApiError(check.error), onRetry: () => void check.refetch() } : undefined,
    addressOf: (substitute: boolean) =>
      `${path}?${queryString({ ...query, ...(substitute ? { substitute: 'geta' } : {}) })}`,
  }
}
