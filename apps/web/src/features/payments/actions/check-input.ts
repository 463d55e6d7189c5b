/** Whether what stands in an action's fields may be sent; each field answers the key of its complaint, or null. */
import type { PaymentAction } from '@choba/shared/states/payment.ts'
import { readYen } from '../../../ui/money/format-yen.ts'

export const LARGEST_YEN = 9_999_999

export type AmountComplaint =
  | 'amount_missing'
  | 'amount_invalid'
  | 'amount_too_small'
  | 'amount_too_large'
  | 'amount_same'

export const ACTIONS_WITH_AMOUNT: readonly PaymentAction[] = [
  'capture',
  'refund',
  'change_amount',
  'reissue',
  'reauthorize',
]

export function checkAmount(
  text: string,
  limits: { readonly most: number; readonly not?: number },
): AmountComplaint | null {
  if (text.trim() === '') return 'amount_missing'
  const amount = readYen(text)
  if (amount === undefined) return 'amount_invalid'
  if (amount < 1) return 'amount_too_small'
  if (amount > limits.most) return 'amount_too_large'
  return amount === limits.not ? 'amount_same' : null
}

export type SlipComplaint = 'slip_missing' | 'slip_invalid'

export function plainSlip(text: string): string {
  return text.normalize('NFKC').trim()
}

export function checkSlip(text: string): SlipComplaint | null {
  const slip = plainSlip(text)
  if (slip === '') return 'slip_missing'
  return /^[0-9A-Za-z-]{1,20}$/.test(slip) ? null : 'slip_invalid'
}
