/** The conditions of a list as its address carries them. */
import * as z from 'zod/mini'

/** Reads each condition on its own: one that makes no sense is dropped, the others stand. An empty list is none. */
export function readConditions(
  shape: Readonly<Record<string, z.ZodMiniType>>,
  raw: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const [key, schema] of Object.entries(shape)) {
    if (raw[key] === undefined || raw[key] === '') continue
    const parsed = z.safeParse(schema, raw[key])
    if (parsed.success && !isEmptyList(parsed.data)) read[key] = parsed.data
  }
  return read
}

/** Other conditions in the place of these; an undefined one and an empty list are none. */
export function withConditions<Search extends object>(search: Search, conditions: Partial<Search>): Search {
  const merged = Object.entries({ ...search, ...conditions })
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined && !isEmptyList(value))) as Search
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
