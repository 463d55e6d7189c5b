/** The language of the screen: kept in the browser for the first paint and, once signed in, on the account. */
import { useSyncExternalStore } from 'react'
import { type Language, labels, LANGUAGES } from '@choba/shared/labels/labels.ts'
import type { Labels } from '@choba/shared/labels/types.ts'

/** `theme.js` reads the same key before the first paint. */
const STORAGE_KEY = 'choba-language'

const listeners = new Set<() => void>()
let current: Language = stored()

export function isLanguage(value: unknown): value is Language {
  return (LANGUAGES as readonly unknown[]).includes(value)
}

export function currentLanguage(): Language {
  return current
}

export function setLanguage(language: Language): void {
  if (language === current) return
  current = language
  document.documentElement.lang = language
  try {
    localStorage.setItem(STORAGE_KEY, language)
  } catch {
    // A browser that closes its storage forgets the language of the sign-in page; the account keeps it.
  }
  for (const listener of listeners) listener()
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage)
}

/** Every word of the current language, by group. */
export function useWords(): Labels {
  return labels(useLanguage())
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function stored(): Language {
  try {
    const value = localStorage.getItem(STORAGE_KEY)
    return isLanguage(value) ? value : 'ja'
  } catch {
    return 'ja'
  }
}
