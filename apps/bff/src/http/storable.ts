/** What PostgreSQL can hold as text and JSON, checked before any query meets it. */

/** Deeper than any request of ours; the schema checks behind would recurse as deep as the input. */
const MAX_DEPTH = 32

/** Undefined when the value can be stored, else why not. */
export function whyNotStorable(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return whyNotText(value)
  if (typeof value !== 'object' || value === null) return undefined
  if (depth >= MAX_DEPTH) return `nested more than ${MAX_DEPTH} deep`
  for (const [key, field] of Object.entries(value)) {
    const reason = whyNotText(key) ?? whyNotStorable(field, depth + 1)
    if (reason) return reason
  }
  return undefined
}

function whyNotText(text: string): string | undefined {
  if (text.includes('\0')) return 'contains a NUL character'
  return text.isWellFormed() ? undefined : 'contains half of a character'
}
