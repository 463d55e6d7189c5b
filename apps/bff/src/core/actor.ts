/** Who did it: stands in the audit log, on events and on operations. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'job'; readonly id: string }
  | { readonly kind: 'provider'; readonly id: string }
  | { readonly kind: 'key'; readonly id: string }

/** Stands before the id of an API key where else the id of a person stands. */
export const KEY_PREFIX = 'key:'

/** The caller: a person, or the program that holds one of the merchant's keys. */
export function person(session: { readonly userId: string }): Actor {
  return { kind: session.userId.startsWith(KEY_PREFIX) ? 'key' : 'person', id: session.userId }
}
