import { businessDate, weekday } from '@choba/shared/dates.ts'
import type { Language } from '@choba/shared/labels/labels.ts'

const NAMES = {
  ja: ['日', '月', '火', '水', '木', '金', '土'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const satisfies Record<Language, readonly string[]>

export function weekdayOf(day: string, language: Language): string {
  return NAMES[language][weekday(businessDate(day))] ?? ''
}
