/** The colour scheme: the browser keeps it for the first paint (`theme.js`), the account keeps it for every device. */
import type { MantineColorScheme } from '@mantine/core'

export const THEME_STORAGE_KEY = 'choba-theme'
export const THEMES = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[]

export function isTheme(value: unknown): value is MantineColorScheme {
  return (THEMES as readonly unknown[]).includes(value)
}
