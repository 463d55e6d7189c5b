export type ChangedKey = { readonly key: string; readonly before: string; readonly after: string }

/** What differs between two states, key by key. A state that is no object counts as one value. */
export function changedKeys(before: unknown, after: unknown): ChangedKey[] {
  const [left, right] = [fieldsOf(before), fieldsOf(after)]
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  return keys
    .map((key) => ({ key, before: textOf(left[key]), after: textOf(right[key]) }))
    .filter((each) => each.before !== each.after)
}

function fieldsOf(state: unknown): Readonly<Record<string, unknown>> {
  if (state === null || state === undefined) return {}
  return typeof state === 'object' && !Array.isArray(state) ? { ...state } : { '–': state }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
