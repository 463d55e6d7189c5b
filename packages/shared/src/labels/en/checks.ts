/** Faults of an order before it is sent to NP, in English. */
import type { Words } from '../types.ts'
import type { checks as ja } from '../ja/checks.ts'

export const checks: Words<typeof ja> = {
  check: {
    missing: '{field} is empty: fill it in.',
    too_long:
      '{field} has {length|character|characters}, and {max} is the most: shorten it, or use another field for a part of it.',
    forbidden_characters:
      '{field} has characters that cannot be used, from character {place} on ({characters}): replace them.',
    not_kana: '{field} has characters other than kana and alphanumerics: write it in kana.',
    not_digits: '{field} has characters other than digits and hyphens: write it in digits.',
    zip_format: '{field} has seven digits: check how many there are.',
    zip_address_mismatch: '{field} belongs to {expected}, but the address is in {named}: correct one of them.',
    phone_start: '{field} begins with 0: write it with its area code.',
    phone_digits: '{field} should have {digits|digit|digits} and has {length}: look for a missing or doubled one.',
    email_format: '{field} is not in the form of an e-mail address: check both sides of the @.',
    goods_missing: 'There are no goods: enter at least one line.',
    goods_total:
      'The goods add up to {totalYen} yen and {amountYen} yen are billed, a difference of more than {max} yen: balance it with a line for shipping, a fee or a discount.',
    amount_not_positive: 'The billed amount is not above 0 yen: it must be at least 1 yen.',
    order_number_missing: 'The order number is empty: fill it in.',
    order_number_too_long: 'The order number has {length|character|characters}, and {max} is the most: shorten it.',
    bundled_elsewhere:
      'A bundled invoice goes only where buyer and recipient are the same: send it separately, or deliver to the buyer.',
    zip_unknown: '{field} is not in the postal code table: unless it is new or belongs to one business, check it.',
    zip_city_mismatch:
      '{field} belongs to {expected}, which the address does not name: NP may hold the order, so check it.',
    address_without_number:
      '{field} has no house number: with number, building and room NP is less likely to hold the order.',
    address_not_home:
      '{field} says “{word}”: NP holds orders to hotels, pick-up points and PO boxes. Ask for the home address.',
  },
  check_field: {
    orderNumber: 'Order number',
    amountYen: 'Billed amount',
    goods: 'Goods',
    goods_name: 'name',
    unitPriceYen: 'unit price',
    quantity: 'quantity',
    customer: 'Buyer',
    delivery: 'Delivery address',
    name: 'name',
    kana: 'name in kana',
    company: 'company',
    department: 'department',
    zip: 'postal code',
    address: 'address',
    phone: 'phone number',
    email: 'e-mail address',
  },
  check_side: { customer: 'The buyer’s {field}', delivery: 'The recipient’s {field}' },
  check_severity: { error: 'must be corrected', warning: 'please check' },
}
