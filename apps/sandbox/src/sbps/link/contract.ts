/** What an account has agreed on for the hosted page. */
import { objectOf, optional, textOf } from '../../parse.ts'

export type LinkContract = {
  /** The NP contract that orders by NP postpaid are passed on under. Absent: the page does not offer it. Assumed. */
  readonly npMerchantCode?: string
  /** The value of pay_method for NP postpaid is not public: assumed. */
  readonly npPayMethod: string
}

export const DEFAULT_NP_PAY_METHOD = 'nppostpay'

/** @throws Malformed naming the field that is wrong. */
export function parseLinkContract(value: unknown, at: string): LinkContract {
  const contract = objectOf(value, at)
  const code = optional(contract['npMerchantCode'], (text) =>
    textOf(text, `${at}.npMerchantCode`, /^[\x21-\x7e]{1,40}$/),
  )
  const word = optional(contract['npPayMethod'], (text) => textOf(text, `${at}.npPayMethod`, /^[a-z0-9]{1,20}$/))
  return { ...(code === undefined ? {} : { npMerchantCode: code }), npPayMethod: word ?? DEFAULT_NP_PAY_METHOD }
}
