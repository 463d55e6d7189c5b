import { queryString } from './call.ts'

/** What a saved view keeps of an address. The same conditions are one text, in whatever order they were chosen. */
export function viewText(search: object): string {
  return queryString(Object.fromEntries(Object.entries(search).toSorted(([a], [b]) => (a < b ? -1 : 1))))
}
