/**
 * What NP's codes speak of: the field of the order that is at fault, and what a person does about it. Hold reasons and
 * rejections from np-postpaid section 1.1, error codes from section 2.5; a code nobody has told us about names no field.
 */
import type { PersonField } from '../checks/np-person.ts'

/** A person's fields on either side of an order, as the checks name them. */
export type OrderSide = 'customer' | 'delivery'

export const REMEDIES = [
  'correct',
  'confirm_or_cancel',
  'cancel_if_applicable',
  'other_method',
  'register_again',
  'already_so',
  'ask_np',
] as const
export type Remedy = (typeof REMEDIES)[number]

/** What is wrong with a field, as NP's codes tell it: the words `np_problem`. */
export const NP_FIELD_PROBLEMS = [
  'missing',
  'forbidden_characters',
  'too_long',
  'zip_address_mismatch',
  'format',
  'digits',
] as const
export type NpFieldProblem = (typeof NP_FIELD_PROBLEMS)[number]

export type NpReason = {
  readonly code: string
  /** Paths of the order, as `npOrderFaults` writes them; the first is where one begins. */
  readonly fields: readonly string[]
  readonly remedy: Remedy
  /** For a code that says one thing of one field of a person. */
  readonly problem: NpFieldProblem | null
}

const HOLD_FIELDS: Readonly<Record<string, readonly string[]>> = {
  RE009: ['customer.address', 'customer.company'],
  RE015: ['delivery.address', 'delivery.company'],
  RE021: ['customer.phone'],
  RE023: ['delivery.phone'],
}

const REMEDY_ALONE: Readonly<Record<string, Remedy>> = {
  RE014: 'confirm_or_cancel',
  RE020: 'confirm_or_cancel',
  RE026: 'cancel_if_applicable',
  NG001: 'other_method',
  NG002: 'other_method',
  NG999: 'other_method',
  E0100113: 'register_again',
  E0100114: 'register_again',
  E0100115: 'already_so',
  E0100118: 'already_so',
  E0100131: 'already_so',
}

/** Codes that name a field of the order itself. */
const ORDER_FIELDS: Readonly<Record<string, readonly string[]>> = {
  E0102004: ['amountYen', 'goods'],
  E0131010: ['amountYen'],
  ESBX0001: ['orderNumber'],
  ESBX0002: ['orderNumber'],
  ESBX0005: ['amountYen'],
  ESBX0006: ['goods'],
  ESBX0007: ['goods'],
}

/** Codes run from E0100048 for the buyer and from E0100072 for the recipient, in the same order. */
const PERSON_CODES: readonly (readonly [field: PersonField, problem: NpFieldProblem])[] = [
  ['name', 'missing'],
  ['name', 'forbidden_characters'],
  ['name', 'too_long'],
  ['kana', 'too_long'],
  ['kana', 'forbidden_characters'],
  ['company', 'too_long'],
  ['company', 'forbidden_characters'],
  ['department', 'too_long'],
  ['department', 'forbidden_characters'],
  ['zip', 'missing'],
  ['zip', 'forbidden_characters'],
  ['zip', 'zip_address_mismatch'],
  ['address', 'missing'],
  ['address', 'forbidden_characters'],
  ['address', 'too_long'],
  ['phone', 'missing'],
  ['phone', 'forbidden_characters'],
  ['phone', 'format'],
  ['phone', 'digits'],
  ['phone', 'digits'],
]
const EMAIL_PROBLEMS: readonly NpFieldProblem[] = ['missing', 'forbidden_characters', 'too_long', 'format']

const PERSON_REASONS: ReadonlyMap<string, NpReason> = new Map(
  [
    ...PERSON_CODES.flatMap(([field, problem], offset) => [
      personReason(48 + offset, 'customer', field, problem),
      personReason(72 + offset, 'delivery', field, problem),
    ]),
    ...EMAIL_PROBLEMS.map((problem, offset) => personReason(68 + offset, 'customer', 'email', problem)),
    personReason(136, 'customer', 'zip', 'format'),
    personReason(137, 'delivery', 'zip', 'format'),
  ].map((reason) => [reason.code, reason]),
)

export function npReason(code: string): NpReason {
  const ofPerson = PERSON_REASONS.get(code)
  if (ofPerson !== undefined) return ofPerson
  const fields = HOLD_FIELDS[code] ?? ORDER_FIELDS[code] ?? []
  const remedy = REMEDY_ALONE[code] ?? (fields.length > 0 ? 'correct' : 'ask_np')
  return { code, fields, remedy, problem: null }
}

/** The fields that several codes name, each once, in the order of the codes. */
export function fieldsAtFault(codes: readonly string[]): string[] {
  return [...new Set(codes.flatMap((code) => npReason(code).fields))]
}

function personReason(number: number, side: OrderSide, field: PersonField, problem: NpFieldProblem): NpReason {
  const fields = [`${side}.${field}`]
  // A postal code and an address that contradict each other: either may be the wrong one.
  if (problem === 'zip_address_mismatch') fields.push(`${side}.address`)
  return { code: `E0100${String(number).padStart(3, '0')}`, fields, remedy: 'correct', problem }
}
