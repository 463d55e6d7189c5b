/** The form as it stands, kept on the account while it is keyed in: it survives a reload, and no customer's address stays in the browser. */
import { useEffect, useRef, useState } from 'react'
import { usePreference } from '../../api/preferences.ts'
import { type OrderForm, type PersonText, readForm } from './order-form.ts'

const KEEP_AFTER_MS = 700

export type OrderDraft = {
  readonly form: OrderForm
  readonly change: (change: Partial<OrderForm>) => void
  /** Of one person, onto what stands by now: an address that is looked up and a key that is pressed may meet. */
  readonly changePerson: (side: 'customer' | 'delivery', change: Partial<PersonText>) => void
  readonly reset: (next: OrderForm) => void
  /** What was sent is no draft any more. */
  readonly forget: () => void
}

export function useOrderDraft(initial: () => OrderForm, shops: readonly string[]): OrderDraft {
  const [stored, keep] = usePreference('orders.draft', readForm)
  const [form, setForm] = useState(() => (stored !== null && shops.includes(stored.shopId) ? stored : initial()))
  const kept = useRef(form)

  useEffect(() => {
    if (form === kept.current) return undefined
    function save(): void {
      kept.current = form
      keep(form)
    }
    const timer = setTimeout(save, KEEP_AFTER_MS)
    // Closing the page does not wait for the timer.
    window.addEventListener('pagehide', save)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pagehide', save)
    }
  })

  function forget(): void {
    kept.current = form
    keep(null)
  }
  return {
    form,
    change: (change) => setForm((before) => ({ ...before, ...change })),
    changePerson: (side, change) =>
      setForm((before) => {
        const person = before[side]
        return person === null ? before : { ...before, [side]: { ...person, ...change } }
      }),
    reset: setForm,
    forget,
  }
}
