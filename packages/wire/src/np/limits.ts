/** The limits NP states for its API, for whoever fills a form or a batch before sending it. */

export const MAX_TRANSACTIONS_PER_CALL = 1_000
/** |sum of goods − billed amount| may not pass this (E0102004). */
export const MAX_GOODS_DIFFERENCE_YEN = 3_000
/** NP recommends a client time-out of about 30 seconds. */
export const RECOMMENDED_TIMEOUT_MS = 30_000
export const NP_TRANSACTION_ID_LENGTH = 11
export const SHOP_TRANSACTION_ID_MAX = 40
export const SLIP_NUMBER_MAX = 20
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

/** Cuts a batch into calls that NP accepts. */
export function chunkForCalls<T>(rows: readonly T[]): T[][] {
  const chunks: T[][] = []
  for (let start = 0; start < rows.length; start += MAX_TRANSACTIONS_PER_CALL) {
    chunks.push(rows.slice(start, start + MAX_TRANSACTIONS_PER_CALL))
  }
  return chunks
}
