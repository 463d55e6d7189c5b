/** A subscription's rhythm as a clerk says it. */
import { fill, type Language, label } from '@choba/shared/labels/labels.ts'
import type { RhythmUnit } from '@choba/shared/subscriptions/schedule.ts'

type Said = { readonly unit: RhythmUnit; readonly every: number; readonly day: number | null }

export function rhythmWords(language: Language, { unit, every, day }: Said): string {
  const word = (key: string) => label(language, 'rhythm', key)
  const template = word(`${unit}_${every === 1 ? '1' : 'many'}`)
  return fill(template, { every, day: unit === 'month' ? dayWords(language, day) : '' })
}

/** 31 is every month's last day; 29 and 30 only where the month has no such day. */
export function dayWords(language: Language, day: number | null): string {
  const word = (key: string) => label(language, 'rhythm', key)
  if (day === null) return word('start_day')
  if (day === 31) return word('last_day')
  return fill(word(day > 28 ? 'short_month' : 'day_of_month'), { day })
}
