/** The cases that a history must hold but chance alone might miss: every so many orders of a method take the next one of its list. */
import type { Addressee, Person } from './people.ts'

export const NP_SPECIALS = [
  'RE009',
  'NG001',
  'RE021',
  'lost_parcel',
  'RE014',
  'NG999',
  'RE015',
  'review',
  'RE026',
  'RE009-RE014',
  'NG002',
  'RE020',
  'zip_mismatch',
  'RE023',
  'over_limit',
  'wrong_slip_carrier',
  'rare_character',
] as const
export type NpSpecial = (typeof NP_SPECIALS)[number]

/** What the last day still has open: orders given a place of their own in the plan, see loose-ends.ts. */
export const LOOSE_ENDS = [
  'never_reported',
  'reported_late',
  'malformed_slip',
  'uncontracted_carrier',
  'disputed',
  'dispute_settled',
  'electronic_invoice',
  'withdrawn',
  'moved_house',
] as const
export type LooseEnd = (typeof LOOSE_ENDS)[number]

export function isLooseEnd(special: NpSpecial | LooseEnd | undefined): special is LooseEnd {
  return (LOOSE_ENDS as readonly (string | undefined)[]).includes(special)
}

/** Card numbers that the pretend provider refuses, one per kind of refusal. */
export const CARD_SPECIALS = [
  '4000000000000002',
  '4000000000009995',
  '4000000000009987',
  '4000000000000069',
  '4000000000000127',
  '4000000000000119',
  '4100000000000019',
] as const
export type CardSpecial = (typeof CARD_SPECIALS)[number]

export const STORE_SPECIALS = [
  'expired',
  'underpaid',
  'expired',
  'overpaid',
  'preliminary_cancelled',
  'expired',
  'paid_last_day',
  'definite_cancelled',
] as const
export type StoreSpecial = (typeof STORE_SPECIALS)[number]

/** A special case every so many orders of the method, so that 3,000 payments hold each of them several times. */
export const SPECIAL_EVERY = { np_postpaid: 26, card: 24, convenience_store: 9 } as const

/** The address of a customer in trouble: what makes the provider hold, refuse or wait. */
export function troubledCustomer(person: Person, special: NpSpecial): Person {
  switch (special) {
    case 'RE009':
      return { ...person, address: withoutNumbers(person.address) }
    case 'RE014':
      return { ...person, address: `${person.address.split(' ')[0]} 駅前グランドホテル1203` }
    case 'RE009-RE014':
      return { ...person, address: `${withoutNumbers(person.address)}駅前グランドホテル気付` }
    case 'RE021':
      return { ...person, phone: '090-0000-0000' }
    case 'zip_mismatch':
      return { ...person, zip: person.zip.startsWith('0') ? '810-0001' : '060-0001' }
    case 'rare_character':
      return { ...person, name: person.name.replace(/^\S+/, '𠮷田'), kana: person.kana.replace(/^\S+/, 'ヨシダ') }
    case 'NG001':
    case 'NG002':
    case 'NG999':
    case 'review':
      return { ...person, email: `${special.toLowerCase()}+${person.email}` }
    default:
      return person
  }
}

/** Undefined unless the trouble is with where the goods go. */
export function troubledRecipient(recipient: Addressee, special: NpSpecial | undefined): Addressee | undefined {
  if (special === 'RE015') return { ...recipient, address: withoutNumbers(recipient.address) }
  if (special === 'RE020') return { ...recipient, address: `${recipient.address.split(' ')[0]} ホテル湯の里305` }
  return special === 'RE023' ? { ...recipient, phone: '080-0000-0000' } : undefined
}

export function withoutNumbers(address: string): string {
  return address.replace(/\d.*$/, '')
}
