/** The language of the screen: kept in the browser for the first paint and, once signed in, on the account. */
import { useSyncExternalStore } from 'react'
import { addWords, type Language, labels, LANGUAGES } from '@choba/shared/labels/labels.ts'
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

/** The console's words, language by language. The door and the frame have theirs from the start. */
const WORDS: Readonly<Record<Language, () => Promise<Partial<Labels>>>> = {
  ja: async () => (await import('@choba/shared/labels/ja.ts')).ja,
  en: async () => (await import('@choba/shared/labels/en.ts')).en,
}
const loaded = new Set<Language>()

export async function loadWords(language: Language): Promise<void> {
  if (loaded.has(language)) return
  addWords(language, await WORDS[language]())
  loaded.add(language)
}

/** Inside the console the words come first; a language whose words cannot be had is not switched to. */
export function setLanguage(language: Language): void {
  if (language === current) return
  if (!loaded.has(current)) return switchTo(language)
  loadWords(language).then(
    () => switchTo(language),
    () => undefined,
  )
}

function switchTo(language: Language): void {
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
