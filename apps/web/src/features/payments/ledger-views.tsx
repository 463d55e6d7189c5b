/** Views of the ledger: the address under a name, with the columns that go with it. The address stays the truth. */
import { useNavigate } from '@tanstack/react-router'
import type { PaymentColumnId } from '@choba/shared/columns/payments.ts'
import { useListViews } from '../../api/use-list-views.ts'
import { ViewMenu } from '../../ui/views/view-menu.tsx'
import { readColumns } from './ledger-preferences.ts'
import { type LedgerSearch, parseLedgerSearch } from './ledger-search.ts'

type LedgerViewsProps = {
  readonly search: LedgerSearch
  readonly shown: readonly PaymentColumnId[]
  readonly onShow: (columns: readonly PaymentColumnId[]) => void
}

export function LedgerViews({ search: { open: _, ...search }, shown, onShow }: LedgerViewsProps) {
  const navigate = useNavigate({ from: '/payments' })
  const views = useListViews('payments', {
    search,
    columns: shown,
    onOpen(raw, columns, replace) {
      if (columns !== null) onShow(readColumns(columns))
      const { open: _open, ...next } = parseLedgerSearch(raw)
      void navigate({ search: next, replace })
    },
  })
  return <ViewMenu {...views} />
}
