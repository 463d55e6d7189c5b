/** What cannot happen. The message says what was believed; it is logged, never shown. */
export function assert(condition: unknown, believed: string): asserts condition {
  if (!condition) throw new Error(`believed: ${believed}`)
}
