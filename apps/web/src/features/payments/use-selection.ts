import { useCallback, useMemo, useState } from 'react'
import type { PaymentRow } from '@choba/shared/contracts/payments.ts'

/** Chosen rows with what they amount to; they stay chosen when they scroll out of memory. */
export function useSelection() {
  const [chosen, setChosen] = useState<ReadonlyMap<string, number>>(new Map())
  const toggle = useCallback((row: PaymentRow) => {
    setChosen((before) => {
      const after = new Map(before)
      if (!after.delete(row.id)) after.set(row.id, row.amountYen)
      return after
    })
  }, [])
  const clear = useCallback(() => setChosen(new Map()), [])
  const ids = useMemo(() => new Set(chosen.keys()), [chosen])
  const amountYen = useMemo(() => [...chosen.values()].reduce((sum, amount) => sum + amount, 0), [chosen])
  return { ids, amountYen, toggle, clear }
}
