/** The views of a list as its menu takes them: an address under a name, with the columns where a list keeps some. */
import { useEffect, useRef } from 'react'
import type { SavedView, ViewList, ViewsOfList } from '@choba/shared/contracts/views.ts'
import { failedOf } from './api-error.ts'
import { useMay } from './session.ts'
import { useViews } from './use-views.ts'
import { viewText } from './view-text.ts'

type ListViews = {
  /** The conditions and the order that are looked at: of the address, what a view is to bring back. */
  readonly search: object
  /** Null for a list whose columns stand. */
  readonly columns?: readonly string[] | null
  readonly onOpen: (search: Record<string, string>, columns: SavedView['columns'], replace: boolean) => void
}

export function useListViews(list: ViewList, { search, columns = null, onOpen }: ListViews) {
  const mayShare = useMay('views.share')
  const { answer, keep, remove, setDefault } = useViews(list)
  const open = (view: SavedView, replace = false) =>
    onOpen(Object.fromEntries(new URLSearchParams(view.search)), view.columns, replace)
  useDefault(Object.keys(search).length === 0, answer.data, (view) => open(view, true))
  const failed = [keep, remove, setDefault].find(({ isError }) => isError)?.error ?? null
  return {
    items: answer.data?.items ?? [],
    defaultId: answer.data?.defaultId ?? null,
    shown: { search: viewText(search), columns: columns === null ? null : [...columns] },
    mayShare,
    actions: {
      keep: keep.mutateAsync,
      remove: remove.mutateAsync,
      setDefault: setDefault.mutateAsync,
      isBusy: keep.isPending || remove.isPending || setDefault.isPending,
      failed: failedOf(failed),
    },
    onOpen: open,
  }
}

/** Once, when the list is come to without conditions: whoever clears them later wants none. */
function useDefault(isBare: boolean, found: ViewsOfList | undefined, onOpen: (view: SavedView) => void): void {
  const isOver = useRef(!isBare)
  useEffect(() => {
    if (isOver.current || found === undefined) return
    isOver.current = true
    const view = found.items.find(({ id }) => id === found.defaultId)
    if (view !== undefined && isBare) onOpen(view)
  }, [found, isBare, onOpen])
}
