/** NP's rules for a buyer or a recipient, as faults that name the field: one source for forms, imports, the BFF and the sandbox. */
import { misfitCharacters } from './cp932-characters.ts'
import { ELEVEN_DIGIT_TEL_PREFIXES, EMAIL_MAX_ASCII, FULL_WIDTH_MAX, fullWidthLength } from './np-limits.ts'
import { namedPrefecture, prefectureOfZip, zipContradictsAddress } from './zip-prefecture.ts'

export const PERSON_FIELDS = ['name', 'kana', 'company', 'department', 'zip', 'address', 'phone', 'email'] as const
export type PersonField = (typeof PERSON_FIELDS)[number]

/** What is wrong, in the words of the labels `check_*`. */
export const PERSON_PROBLEMS = [
  'missing',
  'too_long',
  'forbidden_characters',
  'not_kana',
  'not_digits',
  'zip_format',
  'zip_address_mismatch',
  'phone_start',
  'phone_digits',
  'email_format',
] as const
export type PersonProblem = (typeof PERSON_PROBLEMS)[number]

export type CheckParams = Readonly<Record<string, string | number>>
export type PersonFault = {
  readonly field: PersonField
  readonly problem: PersonProblem
  readonly params: CheckParams
  /** NP's code for the buyer is E0100048 and this many on, for the destination E0100072 and as many; a whole code where it stands apart. */
  readonly np: number | { readonly buyer: string; readonly destination: string }
}

export type PersonToCheck = {
  readonly name: string
  readonly kana: string
  readonly company: string
  readonly department?: string
  /** Seven digits, with or without a hyphen. */
  readonly zip: string
  /** From the prefecture to the building. */
  readonly address: string
  readonly phone: string
}

/** Every fault, in the order of NP's codes; empty when NP would take the person. */
export function personFaults(person: PersonToCheck): PersonFault[] {
  const { name, kana, company, department = '', zip, address, phone } = person
  return [
    ...(name === ''
      ? [fault('name', 'missing', 0)]
      : (forbidden('name', name, 1) ?? tooLong('name', name, FULL_WIDTH_MAX.name, 2))),
    ...tooLong('kana', kana, FULL_WIDTH_MAX.nameKana, 3),
    ...(kana === '' || isKana(kana) ? [] : [fault('kana', 'not_kana', 4)]),
    ...tooLong('company', company, FULL_WIDTH_MAX.companyName, 5),
    ...(forbidden('company', company, 6) ?? []),
    ...tooLong('department', department, FULL_WIDTH_MAX.departmentName, 7),
    ...(forbidden('department', department, 8) ?? []),
    ...zipFaults(zip, address),
    ...(address === ''
      ? [fault('address', 'missing', 12)]
      : [...(forbidden('address', address, 13) ?? []), ...tooLong('address', address, FULL_WIDTH_MAX.address, 14)]),
    ...phoneFaults(phone),
  ]
}

/** Codes run in parallel for buyer and destination. */
export function npFaultCode({ np }: PersonFault, side: 'buyer' | 'destination'): string {
  return typeof np === 'number' ? `E01000${(side === 'buyer' ? 48 : 72) + np}` : np[side]
}

/** The buyer's alone: NP sends its mails there, and refuses an order without one. */
export function emailFaults(email: string): PersonFault[] {
  const code = (buyer: string) => ({ buyer, destination: buyer })
  if (email === '') return [fault('email', 'missing', code('E0100068'))]
  const odd = [...email].findIndex((character) => character < '!' || character > '~')
  if (odd >= 0)
    return [
      fault('email', 'forbidden_characters', code('E0100069'), { characters: [...email][odd] ?? '', place: odd + 1 }),
    ]
  if (email.length > EMAIL_MAX_ASCII)
    return [fault('email', 'too_long', code('E0100070'), { max: EMAIL_MAX_ASCII, length: email.length })]
  return /^[^@]+@[^@.]+(\.[^@.]+)+$/.test(email) ? [] : [fault('email', 'email_format', code('E0100071'))]
}

function zipFaults(zip: string, address: string): PersonFault[] {
  if (zip === '') return [fault('zip', 'missing', 9)]
  if (!/^[\d-]+$/.test(zip)) return [fault('zip', 'not_digits', 10)]
  if (!/^\d{3}-?\d{4}$/.test(zip)) return [fault('zip', 'zip_format', { buyer: 'E0100136', destination: 'E0100137' })]
  if (!zipContradictsAddress(zip, address)) return []
  const params = { expected: prefectureOfZip(zip) ?? '–', named: namedPrefecture(address) ?? '–' }
  return [fault('zip', 'zip_address_mismatch', 11, params)]
}

function phoneFaults(phone: string): PersonFault[] {
  if (phone === '') return [fault('phone', 'missing', 15)]
  if (!/^[\d-]+$/.test(phone)) return [fault('phone', 'not_digits', 16)]
  if (!/^0\d+(-\d+)*$/.test(phone)) return [fault('phone', 'phone_start', 17)]
  const length = phone.replaceAll('-', '').length
  const mobile = ELEVEN_DIGIT_TEL_PREFIXES.some((prefix) => phone.replaceAll('-', '').startsWith(prefix))
  const digits = mobile ? 11 : 10
  return length === digits ? [] : [fault('phone', 'phone_digits', mobile ? 18 : 19, { digits, length })]
}

function tooLong(field: PersonField, text: string, max: number, np: number): PersonFault[] {
  const length = fullWidthLength(text)
  return length > max ? [fault(field, 'too_long', np, { max, length })] : []
}

/** Assumed: characters outside Windows-31J, which NP's own files are written in, and control characters. */
function forbidden(field: PersonField, text: string, np: number): PersonFault[] | undefined {
  const misfits = misfitCharacters(text)
  const [first] = misfits
  if (first === undefined) return undefined
  const characters = misfits.map(({ character }) => character).join(' ')
  return [fault(field, 'forbidden_characters', np, { characters, place: first.place })]
}

function isKana(text: string): boolean {
  return /^[ァ-ヶー・ぁ-ゖA-Za-z0-9 .'-]+$/.test(text.normalize('NFKC'))
}

function fault(
  field: PersonField,
  problem: PersonProblem,
  np: PersonFault['np'],
  params: CheckParams = {},
): PersonFault {
  return { field, problem, params, np }
}
