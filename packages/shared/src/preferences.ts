/** What a person may keep on the account. Anything else is refused, so that the store does not become a dump. */
export const PREFERENCE_KEYS = [
  'language',
  'theme',
  'shop',
  'density',
  'payments.columns',
  'payments.density',
  'payments.sort',
  'payments.export',
  'orders.draft',
] as const
export type PreferenceKey = (typeof PREFERENCE_KEYS)[number]

/** As JSON. The draft of an order fits well. */
export const PREFERENCE_VALUE_BYTES = 16 * 1024

export function isPreferenceKey(key: string): key is PreferenceKey {
  return (PREFERENCE_KEYS as readonly string[]).includes(key)
}
