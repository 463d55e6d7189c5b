/** How search parameters stand in the address: plain text, lists as `a,b`. Each route reads its own into types. */
import { queryString } from '../api/call.ts'

export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const text = queryString(search)
  return text === '' ? '' : `?${text}`
}
