/** Pieces of a typed list filter: each is a value in a URL and a condition in SQL. */
import * as z from 'zod/mini'
import { type BusinessDate, parseBusinessDate } from '../dates.ts'

/** Several values in one parameter, `a,b,c`. An empty list is no condition. */
export function manyOf<const T extends string>(values: readonly T[]) {
  return z.pipe(
    z.union([z.string(), z.array(z.string())]),
    z.transform((value: string | string[], context) => {
      const parts = typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value
      for (const part of parts) {
        if (!(values as readonly string[]).includes(part))
          context.issues.push({ code: 'custom', message: `not one of ${values.join(', ')}`, input: part })
      }
      return [...new Set(parts)] as T[]
    }),
  )
}

/** Several ids in one parameter. */
export function manyIds() {
  return z.pipe(
    z.union([z.string(), z.array(z.string())]),
    z.transform((value: string | string[], context) => {
      const parts = typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value
      for (const part of parts) {
        if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(part))
          context.issues.push({ code: 'custom', message: 'not an id', input: part })
      }
      return [...new Set(parts)]
    }),
  )
}

export function day() {
  return z.pipe(
    z.string(),
    z.transform((value: string, context) => {
      const parsed = parseBusinessDate(value)
      if (parsed === undefined)
        context.issues.push({ code: 'custom', message: 'not a day written YYYY-MM-DD', input: value })
      return (parsed ?? value) as BusinessDate
    }),
  )
}

/** Whole yen, also as a URL writes it. */
export function yenAmount() {
  return z.pipe(
    z.union([z.string().check(z.regex(/^-?\d{1,12}$/)), z.int()]),
    z.transform((value: string | number) => Number(value)),
  )
}
