/** Views of the ledger: the address under a name, with the columns that go with it. The address stays the truth. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { PaymentColumnId } from '@choba/shared/columns/payments.ts'
import type { SavedView } from '@choba/shared/contracts/views.ts'
import { failedOf } from '../../api/api-error.ts'
import { useMay } from '../../api/session.ts'
import { useViews } from '../../api/use-views.ts'
import { ViewMenu } from '../../ui/views/view-menu.tsx'
import { readColumns } from './ledger-preferences.ts'
import { type LedgerSearch, searchOfView, viewText } from './ledger-search.ts'

type LedgerViewsProps = {
  readonly search: LedgerSearch
  readonly shown: readonly PaymentColumnId[]
  readonly onShow: (columns: readonly PaymentColumnId[]) => void
}

export function LedgerViews({ search, shown, onShow }: LedgerViewsProps) {
  const navigate = useNavigate({ from: '/payments' })
  const mayShare = useMay('views.share')
  const { answer, keep, remove, setDefault } = useViews('payments')
  const items = answer.data?.items ?? []

  function open(view: SavedView, replace = false): void {
    if (view.columns !== null) onShow(readColumns(view.columns))
    void navigate({ search: searchOfView(view.search), replace })
  }
  useDefault(Object.keys(search).length === 0, answer.data, (view) => open(view, true))

  const failed = [keep, remove, setDefault].find(({ isError }) => isError)?.error ?? null
  return (
    <ViewMenu
      items={items}
      defaultId={answer.data?.defaultId ?? null}
      shown={{ search: viewText(search), columns: [...shown] }}
      mayShare={mayShare}
      actions={{
        keep: (view) => keep.mutateAsync(view),
        remove: (id) => remove.mutateAsync(id),
        setDefault: (id) => setDefault.mutateAsync(id),
        isBusy: keep.isPending || remove.isPending || setDefault.isPending,
        failed: failedOf(failed),
      }}
      onOpen={open}
    />
  )
}

/** Once, when the ledger is come to without conditions: whoever clears them later wants none. */
function useDefault(
  isBare: boolean,
  found: { readonly items: readonly SavedView[]; readonly defaultId: string | null } | undefined,
  onOpen: (view: SavedView) => void,
): void {
  const isOver = useRef(!isBare)
  useEffect(() => {
    if (isOver.current || found === undefined) return
    isOver.current = true
    const view = found.items.find(({ id }) => id === found.defaultId)
    if (view !== undefined && isBare) onOpen(view)
  }, [found, isBare, onOpen])
}
