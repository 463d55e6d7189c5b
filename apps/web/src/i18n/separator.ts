import type { Language } from '@choba/shared/labels/labels.ts'

/** Between words that stand in a row. */
export function separatorIn(language: Language): string {
  return language === 'ja' ? '、' : ', '
}
