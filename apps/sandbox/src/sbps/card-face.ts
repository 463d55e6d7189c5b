/** How much of a card an answer shows. */
import type { CardFace } from './records.ts'

/** 0 shows nothing, 1 everything masked, 2 the last four digits. */
export function shownCard(card: CardFace, type: string): Record<string, string> {
  if (type === '0') return {}
  if (type === '1') return { cc_number: '*'.repeat(16), cc_expiration: '*'.repeat(6) }
  return { cc_number: `${'*'.repeat(12)}${card.last4}`, cc_expiration: card.expiration }
}
