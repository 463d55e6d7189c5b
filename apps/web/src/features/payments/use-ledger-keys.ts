/** The keyboard of the ledger: it works beside the open drawer too. */
import { type RefObject, useState } from 'react'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'
import { useShortcuts } from '../../ui/keyboard/use-shortcuts.ts'

export function useLedgerKeys(input: {
  readonly rows: readonly PaymentRow[]
  readonly open: string | undefined
  readonly enabled: boolean
  readonly searchBox: RefObject<HTMLInputElement | null>
  readonly onOpen: (row: PaymentRow) => void
  readonly onClose: () => void
  readonly onSelect: (row: PaymentRow) => void
  readonly onExport: () => void
}) {
  const { rows, open } = input
  const [pointed, setPointed] = useState<string | null>(null)
  const current = open ?? pointed

  function move(by: -1 | 1): boolean {
    const at = rows.findIndex((row) => row.id === current)
    const next = rows[at < 0 ? 0 : at + by]
    if (next === undefined) return false
    setPointed(next.id)
    if (open !== undefined) input.onOpen(next)
    return true
  }
  function withCurrent(act: (row: PaymentRow) => void): boolean {
    const row = rows.find((each) => each.id === current)
    if (row !== undefined) act(row)
    return row !== undefined
  }

  useShortcuts(
    {
      j: () => move(1),
      ArrowDown: () => move(1),
      k: () => move(-1),
      ArrowUp: () => move(-1),
      Enter: (event) => (isActivation(event) ? false : withCurrent(input.onOpen)),
      x: () => withCurrent(input.onSelect),
      e: () => input.onExport(),
      '/': () => input.searchBox.current?.focus(),
      Escape: () => (open === undefined ? setPointed(null) : input.onClose()),
    },
    input.enabled,
  )
  return { current, point: setPointed }
}

/** Enter on a focused control presses that control. */
function isActivation(event: KeyboardEvent): boolean {
  return (
    event.target instanceof Element && event.target.closest('button, a, summary, [role=button], [role=tab]') !== null
  )
}
