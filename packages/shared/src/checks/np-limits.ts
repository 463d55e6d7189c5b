/** The limits NP states for the fields of a transaction: for forms and imports before sending, and for whoever judges one. */

/** |sum of goods − billed amount| may not pass this (E0102004). In yen. */
export const MAX_GOODS_DIFFERENCE_YEN = 3_000
/** Stores take no more than this in one payment. */
export const STORE_PAYMENT_MAX_YEN = 300_000
export const SHOP_TRANSACTION_ID_MAX = 40
export const EMAIL_MAX_ASCII = 100

/** Counted in full-width characters, after NP's own conversion of half-width ones. */
export const FULL_WIDTH_MAX = { name: 21, nameKana: 25, companyName: 30, departmentName: 30, address: 55 } as const

/** Phone numbers that start like this have 11 digits, all others 10. */
export const ELEVEN_DIGIT_TEL_PREFIXES = ['020', '050', '060', '070', '080', '090'] as const

const HALF_WIDTH_KANA = /[\uFF61-\uFF9F]+/g

/** As NP stores names and addresses: ASCII and half-width kana become full-width (a voiced pair becomes one character). */
export function toFullWidth(text: string): string {
  return text
    .replace(HALF_WIDTH_KANA, (kana) => kana.normalize('NFKC'))
    .replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
    .replace(/ /g, '　')
}

export function fullWidthLength(text: string): number {
  return [...toFullWidth(text)].length
}
