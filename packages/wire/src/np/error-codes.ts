/**
 * NP's error codes: which field each speaks of, what kind of trouble it is, and the label that explains it.
 * Field meanings of the buyer and delivery codes, the call codes and the state codes are known from public
 * integrations; the split of the shipment codes among their fields is not, and is marked `assumed`.
 */

export const NP_PROBLEMS = [
  'missing',
  'forbidden_characters',
  'too_long',
  'format',
  'digits',
  'zip_address_mismatch',
  'not_found',
  'duplicated',
  'too_many',
  'amount',
  'not_expected',
  'state',
  'provider_system',
] as const
export type NpProblem = (typeof NP_PROBLEMS)[number]

/** What the error hangs on: the call as a whole, a field a person can correct, the state of the transaction, or NP itself. */
export type NpErrorClass = 'call' | 'field' | 'state' | 'system' | 'unknown'

export type NpErrorCode = {
  code: string
  class: NpErrorClass
  /** In wire spelling (`customer.zip_code`); `transaction` for the transaction as a whole, `call` for the call. */
  field: string
  problem: NpProblem
  messageKey: string
  basis: 'known' | 'assumed' | 'sandbox'
}

const PERSON_FIELDS: readonly (readonly [offset: number, field: string, problem: NpProblem])[] = [
  [0, 'customer_name', 'missing'],
  [1, 'customer_name', 'forbidden_characters'],
  [2, 'customer_name', 'too_long'],
  [3, 'customer_name_kana', 'too_long'],
  [4, 'customer_name_kana', 'forbidden_characters'],
  [5, 'company_name', 'too_long'],
  [6, 'company_name', 'forbidden_characters'],
  [7, 'department_name', 'too_long'],
  [8, 'department_name', 'forbidden_characters'],
  [9, 'zip_code', 'missing'],
  [10, 'zip_code', 'forbidden_characters'],
  [11, 'zip_code', 'zip_address_mismatch'],
  [12, 'address', 'missing'],
  [13, 'address', 'forbidden_characters'],
  [14, 'address', 'too_long'],
  [15, 'tel', 'missing'],
  [16, 'tel', 'forbidden_characters'],
  [17, 'tel', 'format'],
  [18, 'tel', 'digits'],
  [19, 'tel', 'digits'],
]

type Row = readonly [
  code: string,
  errorClass: NpErrorClass,
  field: string,
  problem: NpProblem,
  basis?: NpErrorCode['basis'],
]

const ROWS: readonly Row[] = [
  ...PERSON_FIELDS.map(([offset, field, problem]): Row => [
    `E01000${48 + offset}`,
    'field',
    `customer.${field}`,
    problem,
  ]),
  ['E0100136', 'field', 'customer.zip_code', 'format'],
  ['E0100068', 'field', 'customer.email', 'missing'],
  ['E0100069', 'field', 'customer.email', 'forbidden_characters'],
  ['E0100070', 'field', 'customer.email', 'too_long'],
  ['E0100071', 'field', 'customer.email', 'format'],
  ...PERSON_FIELDS.map(([offset, field, problem]): Row => [
    `E01000${72 + offset}`,
    'field',
    `dest_customer.${field}`,
    problem,
  ]),
  ['E0100137', 'field', 'dest_customer.zip_code', 'format'],
  ['E0102004', 'field', 'billed_amount', 'amount'],
  ['EPRO0101', 'call', 'call', 'missing'],
  ['EPRO0102', 'call', 'call', 'too_many'],
  ['EPRO0105', 'field', 'np_transaction_id', 'missing'],
  ['EPRO0106', 'field', 'np_transaction_id', 'duplicated'],
  ['EPRO0107', 'state', 'transaction', 'not_expected'],
  ['EPRO0109', 'field', 'bill_issued_date', 'missing', 'assumed'],
  ['E0100002', 'field', 'np_transaction_id', 'forbidden_characters'],
  ['E0100003', 'field', 'np_transaction_id', 'digits'],
  ['E0100113', 'state', 'transaction', 'not_found'],
  ['E0100114', 'state', 'transaction', 'state'],
  ['E0100115', 'state', 'transaction', 'state'],
  ['E0100118', 'state', 'transaction', 'state'],
  ['E0100131', 'state', 'transaction', 'state'],
  ['E0100132', 'state', 'settlement_type', 'not_expected'],
  ['E0109002', 'system', 'call', 'provider_system'],
  ['E0109003', 'system', 'call', 'provider_system'],
  ['E0100105', 'field', 'pd_company_code', 'missing', 'assumed'],
  ['E0100106', 'field', 'pd_company_code', 'forbidden_characters', 'assumed'],
  ['E0100107', 'field', 'pd_company_code', 'not_expected', 'assumed'],
  ['E0100108', 'field', 'slip_no', 'missing', 'assumed'],
  ['E0100109', 'field', 'slip_no', 'forbidden_characters', 'assumed'],
  ['E0100110', 'field', 'slip_no', 'too_long', 'assumed'],
  ['E0100111', 'field', 'bill_issued_date', 'missing', 'assumed'],
  ['E0100143', 'field', 'bill_issued_date', 'not_expected', 'assumed'],
  ['E0100124', 'field', 'bill_issued_date', 'format', 'assumed'],
  ['E0100126', 'field', 'bill_issued_date', 'amount', 'assumed'],
  ['E0100120', 'state', 'transaction', 'state', 'assumed'],
  ['E0100121', 'state', 'transaction', 'state', 'assumed'],
  ['E0131006', 'state', 'base_np_transaction_id', 'state'],
  ['E0131010', 'field', 'billed_amount', 'amount'],
  ['E0131011', 'state', 'base_np_transaction_id', 'too_many'],
  // NP's numbers for these refusals are not public. The prefix keeps anyone from taking them for NP's.
  ['ESBX0000', 'call', 'call', 'format', 'sandbox'],
  ['ESBX0001', 'field', 'shop_transaction_id', 'missing', 'sandbox'],
  ['ESBX0002', 'field', 'shop_transaction_id', 'too_long', 'sandbox'],
  ['ESBX0003', 'field', 'shop_order_date', 'format', 'sandbox'],
  ['ESBX0004', 'field', 'settlement_type', 'not_expected', 'sandbox'],
  ['ESBX0005', 'field', 'billed_amount', 'format', 'sandbox'],
  ['ESBX0006', 'field', 'goods', 'missing', 'sandbox'],
  ['ESBX0007', 'field', 'goods', 'format', 'sandbox'],
  ['ESBX0008', 'state', 'transaction', 'duplicated', 'sandbox'],
  ['ESBX0009', 'state', 'transaction', 'state', 'sandbox'],
  ['ESBX0010', 'field', 'base_np_transaction_id', 'missing', 'sandbox'],
  ['ESBX0011', 'call', 'call', 'not_expected', 'sandbox'],
  ['ESBX0012', 'state', 'transaction', 'state', 'sandbox'],
  ['ESBX0401', 'call', 'call', 'not_expected', 'sandbox'],
]

/** The state codes each need words of their own: what happened decides what to do next. */
const STATE_KEYS: Readonly<Record<string, string>> = {
  E0100114: 'alreadyCancelled',
  E0100115: 'alreadyShipped',
  E0100118: 'paidByCustomer',
  E0100131: 'paidOut',
  E0100120: 'notApproved',
  E0100121: 'inReview',
  E0131006: 'alreadyReregistered',
  E0131010: 'aboveBaseAmount',
  E0131011: 'tooManyReregistrations',
  ESBX0008: 'possibleDoubleRegistration',
  ESBX0009: 'notReregisterable',
  ESBX0012: 'rejectedNotUpdatable',
}

export const NP_ERROR_CODES: readonly NpErrorCode[] = ROWS.map(([code, errorClass, field, problem, basis]) => ({
  code,
  class: errorClass,
  field,
  problem,
  messageKey: `npError.${STATE_KEYS[code] ?? problem}`,
  basis: basis ?? 'known',
}))

const BY_CODE = new Map(NP_ERROR_CODES.map((entry) => [entry.code, entry]))

/** A code nobody has told us about comes back as it is, of class `unknown`. */
export function npErrorCode(code: string): NpErrorCode {
  return (
    BY_CODE.get(code) ?? {
      code,
      class: 'unknown',
      field: 'transaction',
      problem: 'not_expected',
      messageKey: 'npError.unknown',
      basis: 'assumed',
    }
  )
}
