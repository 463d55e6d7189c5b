/** How long ago something was, in the largest unit that counts at least one. */
import { fill, type Language, labels } from '@choba/shared/labels/labels.ts'

export function sayAge(minutes: number, language: Language): string {
  const words = labels(language).rescue
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return fill(words.age_minutes, { count: minutes })
  const days = Math.floor(hours / 24)
  return days === 0 ? fill(words.age_hours, { count: hours }) : fill(words.age_days, { count: days })
}
