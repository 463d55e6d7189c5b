/** An order in SBPS's words: fixed lengths, full width, nothing that Shift_JIS lacks. */
import { createHash } from 'node:crypto'
import { dayOf } from '@choba/shared/dates.ts'
import { foldForCp932, unmappableInCp932 } from '@choba/wire/cp932.ts'
import { toFullWidth } from '@choba/shared/checks/np-limits.ts'
import type { OperationItem, Person } from '../port.ts'

const ITEM_NAME_BYTES = 40
/** 〓 stands for a character the provider's character set lacks, as in print. */
const GETA = '〓'

export function orderFields(item: OperationItem): Record<string, string> {
  return {
    cust_code: customerCode(item),
    order_id: item.payment.orderNumber,
    item_id: 'order',
    item_name: cutToBytes(writable(item.goods[0]?.name ?? ''), ITEM_NAME_BYTES),
    tax: String(item.payment.taxYen),
    amount: String(item.payment.amountYen),
    order_rowno: String(item.payment.orderBranch + 1),
  }
}

/** The same customer has the same code at the provider, and the code tells nothing about them. */
function customerCode(item: OperationItem): string {
  const { email, phone, name } = item.customer
  const digest = createHash('sha256')
    .update(`${email}|${phone.replaceAll('-', '')}|${name}`)
    .digest('hex')
  return `C${digest.slice(0, 31)}`
}

export function slipFields(item: OperationItem): Record<string, string> {
  const [lastName, firstName] = splitName(writable(toFullWidth(item.customer.name)))
  const [lastKana, firstKana] = splitName(
    writable(toFullWidth(item.customer.kana === '' ? item.customer.name : item.customer.kana)),
  )
  const zip = item.customer.zip.replace('-', '')
  const address = [...writable(toFullWidth(item.customer.address))]
  return {
    issue_type: '0',
    last_name: lastName,
    first_name: firstName,
    last_name_kana: lastKana,
    first_name_kana: firstKana,
    first_zip: zip.slice(0, 3),
    second_zip: zip.slice(3),
    add1: address.slice(0, 25).join(''),
    add2: address.slice(25, 50).join(''),
    add3: address.slice(50, 100).join(''),
    tel: item.customer.phone.replaceAll('-', ''),
    mail: item.customer.email,
    seiyakudate: dayOf(new Date(item.payment.orderedAt)).replaceAll('-', ''),
  }
}

const NAME_LENGTH = 10

/** Family and given name by the space between them; without one, after the second character. */
export function splitName(name: Person['name']): [string, string] {
  const [family = '', ...given] = name.trim().split(/[\s　]+/)
  const rest = given.join('')
  const pair: [string, string] =
    rest === ''
      ? [[...family].slice(0, 2).join(''), [...family].slice(2).join('') || [...family].slice(0, 1).join('')]
      : [family, rest]
  return [[...pair[0]].slice(0, NAME_LENGTH).join(''), [...pair[1]].slice(0, NAME_LENGTH).join('')]
}

export function writable(text: string): string {
  let folded = foldForCp932(text)
  for (const character of unmappableInCp932(folded)) folded = folded.replaceAll(character, GETA)
  return folded
}

/** Two bytes for a full-width character, one for ASCII and half-width kana. */
export function cutToBytes(text: string, most: number): string {
  let bytes = 0
  let kept = ''
  for (const character of text) {
    bytes += /[\u0020-\u007e\uff61-\uff9f]/.test(character) ? 1 : 2
    if (bytes > most) break
    kept += character
  }
  return kept
}
