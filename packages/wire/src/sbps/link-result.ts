/** What stands inside a Link result beyond its fields: the deposit's details, and the merchant's acknowledgement. */
import { decodeCp932, encodeCp932 } from '../cp932.ts'

/** P preliminary, D definite, C preliminary taken back, G definite taken back (sbps-protocol 1.5). */
export const DEPOSIT_TYPES = ['P', 'D', 'C', 'G'] as const
export type DepositType = (typeof DEPOSIT_TYPES)[number]

/** res_payinfo_key of a PY result: `type,amount now,cumulative amount,payer mail[,note]`. */
export type LinkDeposit = {
  readonly type: DepositType
  readonly amount: string
  readonly totalAmount: string
  readonly mail: string
  readonly note: string
}

export function encodeLinkDeposit({ type, amount, totalAmount, mail, note }: LinkDeposit): string {
  return [type, amount, totalAmount, mail, ...(note === '' ? [] : [note])].join(',')
}

export function decodeLinkDeposit(text: string): LinkDeposit | undefined {
  const [type, amount = '', totalAmount = '', mail = '', ...note] = text.split(',').map((part) => part.trim())
  const known = DEPOSIT_TYPES.find((each) => each === type)
  if (known === undefined || !/^\d+$/.test(amount) || !/^\d+$/.test(totalAmount)) return undefined
  return { type: known, amount, totalAmount, mail, note: note.join(',') }
}

/** res_payinfo_key of an accepted convenience-store purchase: `store,due date,number 1,number 2`. Assumed. */
export type LinkSlip = { readonly storeType: string; readonly billDate: string; readonly numbers: readonly string[] }

export function encodeLinkSlip({ storeType, billDate, numbers }: LinkSlip): string {
  return [storeType, billDate, ...numbers].join(',')
}

export function decodeLinkSlip(text: string): LinkSlip | undefined {
  const [storeType = '', billDate = '', ...numbers] = text.split(',')
  return /^\d{3}$/.test(storeType) && /^\d{8}$/.test(billDate) ? { storeType, billDate, numbers } : undefined
}

/** res_payinfo_key of an accepted NP purchase: `NP transaction id,screening result` with NP's result code. Assumed. */
export type LinkNp = { readonly npTransactionId: string; readonly screening: string }

export function encodeLinkNp({ npTransactionId, screening }: LinkNp): string {
  return `${npTransactionId},${screening}`
}

export function decodeLinkNp(text: string): LinkNp | undefined {
  const match = /^([0-9A-Za-z]{11}),(00|10|20|40)$/.exec(text)
  return match ? { npTransactionId: match[1]!, screening: match[2]! } : undefined
}

export type LinkAck = { readonly accepted: boolean; readonly reason: string }

/** `OK,` or `NG,reason` on one line. */
export function encodeLinkAck({ accepted, reason }: LinkAck): Uint8Array {
  return accepted ? Buffer.from('OK,') : encodeCp932(`NG,${reason.replace(/[\r\n,]+/g, ' ')}`).bytes
}

/** A plain `OK` is in use too; what stands before the first comma decides, in capitals. */
export function decodeLinkAck(bytes: Uint8Array): LinkAck {
  const text = (decodeCp932(bytes) ?? '').trim()
  const comma = text.indexOf(',')
  const [word, rest] = comma < 0 ? [text, ''] : [text.slice(0, comma), text.slice(comma + 1)]
  return { accepted: word.trim() === 'OK', reason: rest.trim() }
}
