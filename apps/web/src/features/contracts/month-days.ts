/** Days of the month as a person types them: `10, 20, 末`. */
import { LAST_DAY } from './term-words.ts'

const LAST_WORDS = /^(末|月末|last|end|last day)$/i

/** What is no day stays as the text it is: the BFF refuses it by the field's name. */
export function readDays(text: string): Array<number | string> {
  const parts = text
    .normalize('NFKC')
    .split(/[,、・/]/)
    .map((part) => part.trim().replace(/日$/, ''))
    .filter((part) => part !== '')
  return [...new Set(parts.map(readDay))].toSorted((a, b) => Number(a) - Number(b))
}

function readDay(part: string): number | string {
  if (LAST_WORDS.test(part)) return LAST_DAY
  return /^\d{1,2}$/.test(part) ? Number(part) : part
}

export function writeDays(days: unknown, lastWord: string): string {
  if (!Array.isArray(days)) return ''
  return days.map((day) => (day === LAST_DAY ? lastWord : String(day))).join(', ')
}
