/** Who did it: stands in the audit log, on events and on operations. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'job'; readonly id: string }
  | { readonly kind: 'provider'; readonly id: string }
  | { readonly kind: 'key'; readonly id: string }

export function person(session: { readonly userId: string }): Actor {
  return { kind: 'person', id: session.userId }
}
