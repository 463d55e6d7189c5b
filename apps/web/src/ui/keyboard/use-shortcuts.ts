import { useEffect, useEffectEvent } from 'react'
import { isShortcut } from './guard.ts'

/** What each key does, by `KeyboardEvent.key`; letters are written in lower case. A handler that returns false lets the key through. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => boolean | void>>

export function useShortcuts(shortcuts: Shortcuts, enabled = true): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!isShortcut(event)) return
    const act = shortcuts[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (act !== undefined && act(event) !== false) event.preventDefault()
  })
  useEffect(() => {
    if (!enabled) return undefined
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [enabled])
}
