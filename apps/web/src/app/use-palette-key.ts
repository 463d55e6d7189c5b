import { useEffect, useEffectEvent } from 'react'
import { isComposing } from '../ui/keyboard/guard.ts'

/** ⌘K or Ctrl K, also from inside an input, but never while an IME composes. */
export function usePaletteKey(open: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || isComposing(event))
      return
    event.preventDefault()
    open()
  })
  useEffect(() => {
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
