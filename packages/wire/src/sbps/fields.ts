/**
 * The canonical field order of each API function. The checksum follows this order whatever order the document has, and
 * what we write follows it too.
 */

export type Slot = { readonly tag: string; readonly required: boolean }

export type Part =
  | { readonly kind: 'fields'; readonly slots: readonly Slot[] }
  | { readonly kind: 'group'; readonly group: string; readonly slots: readonly Slot[] }
  | { readonly kind: 'rows'; readonly slots: readonly Slot[] }

export type FunctionLayout = { readonly id: string; readonly parts: readonly Part[] }

const HEAD = fields('merchant_id! service_id!')
const TAIL = fields('request_date! limit_second sps_hashcode!')
const ENCRYPTED_TAIL = fields('encrypted_flg request_date! limit_second sps_hashcode!')
const ROWS: Part = {
  kind: 'rows',
  slots: slotsOf('dtl_rowno! dtl_item_id! dtl_item_name dtl_item_count dtl_tax dtl_amount'),
}
const ORDER = fields('cust_code! order_id! item_id! item_name tax amount! free1 free2 free3 order_rowno')
const ORDER_WITH_CUSTOMER = fields(
  'cust_code! order_id! item_id! item_name tax amount! free1 free2 free3 order_rowno sps_cust_info_return_flg',
)
const IDS = fields('sps_transaction_id tracking_id')

const CARD_NUMBER = 'cc_number! cc_expiration!'
const DEALINGS = 'dealings_type divide_times'
const RESERVED = 'resrv1 resrv2 resrv3'

const authorizationByNumber = [
  HEAD,
  ORDER_WITH_CUSTOMER,
  ROWS,
  group('pay_method_info', `${CARD_NUMBER} security_code ${DEALINGS} ${RESERVED}`),
  group('pay_option_manage', 'cust_manage_flg cardbrand_return_flg'),
  ENCRYPTED_TAIL,
]
const authorizationByToken = [
  HEAD,
  ORDER_WITH_CUSTOMER,
  ROWS,
  group('pay_method_info', `${DEALINGS} ${RESERVED}`),
  group('pay_option_manage', 'token token_key cust_manage_flg cardbrand_return_flg'),
  ENCRYPTED_TAIL,
]
const byId = [HEAD, IDS, fields('processing_datetime'), TAIL]
const byIdWithAmount = [HEAD, IDS, fields('processing_datetime'), group('pay_option_manage', 'amount'), TAIL]
const storedCardByNumber = [
  HEAD,
  fields('cust_code! sps_cust_info_return_flg'),
  group('pay_method_info', `${CARD_NUMBER} security_code ${RESERVED}`),
  group('pay_option_manage', 'cardbrand_return_flg'),
  ENCRYPTED_TAIL,
]
const storedCardByToken = [
  HEAD,
  fields('cust_code! sps_cust_info_return_flg'),
  group('pay_method_info', RESERVED),
  group('pay_option_manage', 'token! token_key! cardbrand_return_flg'),
  ENCRYPTED_TAIL,
]

const LAYOUTS: readonly FunctionLayout[] = [
  {
    // The older authorization: the save flag stands inside the card's own group.
    id: 'ST01-00101-101',
    parts: [
      HEAD,
      ORDER_WITH_CUSTOMER,
      ROWS,
      group('pay_method_info', `${CARD_NUMBER} security_code ${DEALINGS} cust_manage_flg ${RESERVED}`),
      group('pay_option_manage', 'cardbrand_return_flg'),
      ENCRYPTED_TAIL,
    ],
  },
  { id: 'ST01-00111-101', parts: authorizationByNumber },
  { id: 'ST01-00131-101', parts: authorizationByToken },
  {
    id: 'ST01-00132-101',
    parts: [
      ...authorizationByToken.slice(0, -1),
      group('monthly_charge', 'div_settele last_charge_month camp_type'),
      ENCRYPTED_TAIL,
    ],
  },
  {
    id: 'ST01-00113-101',
    parts: [HEAD, fields('tracking_id!'), ...authorizationByNumber.slice(1, 4), reuseOptions(''), ENCRYPTED_TAIL],
  },
  {
    id: 'ST01-00133-101',
    parts: [
      HEAD,
      fields('tracking_id!'),
      ...authorizationByToken.slice(1, 4),
      reuseOptions('token token_key '),
      ENCRYPTED_TAIL,
    ],
  },
  { id: 'ST02-00101-101', parts: byId },
  { id: 'ST02-00201-101', parts: byIdWithAmount },
  { id: 'ST02-00303-101', parts: byId },
  { id: 'ST02-00305-101', parts: byId },
  {
    id: 'ST02-00307-101',
    parts: [HEAD, IDS, fields('processing_datetime'), group('pay_option_manage', 'amount! refund_rowno'), TAIL],
  },
  { id: 'ST02-00302-101', parts: byId },
  {
    id: 'MG01-00101-101',
    parts: [
      HEAD,
      IDS,
      fields('response_info_type'),
      group('pay_option_manage', 'cardbrand_return_flg'),
      ENCRYPTED_TAIL,
    ],
  },
  { id: 'MG02-00101-101', parts: storedCardByNumber },
  { id: 'MG02-00102-101', parts: storedCardByNumber },
  { id: 'MG02-00131-101', parts: storedCardByToken },
  { id: 'MG02-00132-101', parts: storedCardByToken },
  { id: 'MG02-00103-101', parts: [HEAD, fields('cust_code! sps_cust_info_return_flg'), ENCRYPTED_TAIL] },
  {
    id: 'MG02-00104-101',
    parts: [
      HEAD,
      fields('cust_code! sps_cust_info_return_flg response_info_type'),
      group('pay_option_manage', 'cardbrand_return_flg'),
      ENCRYPTED_TAIL,
    ],
  },
  {
    id: 'ST01-00101-701',
    parts: [
      HEAD,
      ORDER,
      ROWS,
      group(
        'pay_method_info',
        'issue_type! last_name! first_name! last_name_kana first_name_kana first_zip second_zip add1 add2 add3 ' +
          'tel! mail! seiyakudate webcvstype! bill_date',
      ),
      ENCRYPTED_TAIL,
    ],
  },
  { id: 'MG01-00101-701', parts: [HEAD, IDS, ENCRYPTED_TAIL] },
  // Assumed: SBPS cancels a bill through its back office; no function id for it is public. It follows the cancel of
  // the other methods.
  { id: 'ST02-00303-701', parts: byId },
]

const BY_ID = new Map(LAYOUTS.map((layout) => [layout.id, layout]))

export function findLayout(functionId: string): FunctionLayout | undefined {
  return BY_ID.get(functionId)
}

export function listFunctionIds(): string[] {
  return [...BY_ID.keys()]
}

function reuseOptions(before: string): Part {
  return group(
    'pay_option_manage',
    `${before}cust_manage_flg cardbrand_return_flg pay_info_control_type pay_info_detail_control_type`,
  )
}

function fields(text: string): Part {
  return { kind: 'fields', slots: slotsOf(text) }
}

function group(name: string, text: string): Part {
  return { kind: 'group', group: name, slots: slotsOf(text) }
}

/** `tag` may be missing, `tag!` may not. */
function slotsOf(text: string): Slot[] {
  return text
    .split(' ')
    .map((word) => (word.endsWith('!') ? { tag: word.slice(0, -1), required: true } : { tag: word, required: false }))
}
