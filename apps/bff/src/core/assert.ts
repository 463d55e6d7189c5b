/** What cannot happen. The message says what was believed; it is logged, never shown. */
export function assert(condition: unknown, believed: string): asserts condition {
  if (!condition) throw new Error(`believed: ${believed}`)
}

/** For the branch that a union leaves open only to values from outside its type. */
export function unreachable(value: never): never {
  throw new Error(`believed unreachable: ${String(value)}`)
}
