/** Whose matter an SBPS error code `mmm tt iii` is, by its type `tt` (sbps-protocol 2.7). */
export const RESULT_CLASSES = ['customer', 'merchant_setting', 'provider', 'ours'] as const
/** Who can do something: the customer, the merchant's contract or settings, SBPS (ask again later), or our software. */
export type ResultClass = (typeof RESULT_CLASSES)[number]

type Types = Readonly<Record<'customer' | 'merchant_setting' | 'provider', readonly string[]>>

const COMMON: Types = {
  customer: ['93'],
  merchant_setting: ['01', '09', '14'],
  provider: ['80', '84', '85', '86', '90', '92'],
}
const CARD: Types = {
  customer: ('20 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 61 ' + '65 66 67 68 69 70 71 72 73 74 75 76 77 T2').split(
    ' ',
  ),
  merchant_setting: ['37', '38', '43'],
  provider: '21 63 64 W0 W1 W2 W3 W4 W5 W6'.split(' '),
}
const CONVENIENCE_STORE: Types = { customer: [], merchant_setting: [], provider: ['20', '21', '22'] }
const OF_METHOD: Readonly<Record<string, Types>> = { '101': CARD, '701': CONVENIENCE_STORE }

/** Null when the text is no SBPS code. A type that nobody has named is ours to look at: what is not known is not repeated. */
export function sbpsClass(code: string): ResultClass | null {
  const match = /^(\d{3})([0-9A-Z]{2})\d{3}$/.exec(code)
  if (match === null) return null
  const [method = '', type = ''] = [match[1], match[2]]
  return classIn(OF_METHOD[method], type) ?? classIn(COMMON, type) ?? 'ours'
}

function classIn(types: Types | undefined, type: string): ResultClass | undefined {
  return (['customer', 'merchant_setting', 'provider'] as const).find((each) => types?.[each].includes(type))
}
