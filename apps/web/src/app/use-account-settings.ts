/** Language and theme as the account keeps them: what the account says wins over what this browser remembered. */
import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import type { Language } from '@choba/shared/labels/labels.ts'
import { usePreference } from '../api/preferences.ts'
import { isLanguage, setLanguage, useLanguage } from '../i18n/language.ts'
import { isTheme } from './theme-choice.ts'

export type AccountSettings = {
  readonly language: Language
  readonly theme: MantineColorScheme
  setLanguage(language: Language): void
  setTheme(theme: MantineColorScheme): void
}

export function useAccountSettings(): AccountSettings {
  const language = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [keptLanguage, keepLanguage] = usePreference('language', (stored) => (isLanguage(stored) ? stored : null))
  const [keptTheme, keepTheme] = usePreference('theme', (stored) => (isTheme(stored) ? stored : null))

  useEffect(() => {
    if (keptLanguage !== null) setLanguage(keptLanguage)
  }, [keptLanguage])
  useEffect(() => {
    if (keptTheme !== null) setColorScheme(keptTheme)
  }, [keptTheme, setColorScheme])

  return {
    language,
    theme: colorScheme,
    setLanguage(next) {
      setLanguage(next)
      keepLanguage(next)
    },
    setTheme(next) {
      setColorScheme(next)
      keepTheme(next)
    },
  }
}
