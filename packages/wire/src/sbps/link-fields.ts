/** The field order of the Link type's messages: the order of their checksums. */

const DETAIL =
  'dtl_rowno dtl_item_id dtl_item_name dtl_item_count dtl_tax dtl_amount dtl_free1 dtl_free2 dtl_free3'.split(' ')

const ORDER =
  'pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id pay_item_id item_name tax ' +
  'amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type tracking_id terminal_type'

export const LINK_FUNCTIONS = ['A01-1', 'B01-1', 'C01-1', 'D01-1', 'A02-1', 'A03-1', 'B02-1', 'B03-1'] as const
export type LinkFunction = (typeof LINK_FUNCTIONS)[number]

export type LinkLayout = {
  /** Tags before the detail rows. */
  readonly head: readonly string[]
  readonly detail: readonly string[]
  /** Tags after them. */
  readonly tail: readonly string[]
}

const RESULT: LinkLayout = {
  head: `${ORDER} free1 free2 free3`.split(' '),
  detail: DETAIL,
  tail: (
    'request_date res_pay_method res_result res_tracking_id res_sps_cust_no res_sps_payment_no res_payinfo_key ' +
    'res_payment_date res_err_code res_date limit_second'
  ).split(' '),
}

/** What becomes of a customer's payment information: registered or updated (B01-1), or deleted (C01-1). */
const CUSTOMER_REQUEST: LinkLayout = {
  head: (
    'pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no terminal_type success_url cancel_url ' +
    'error_url pagecon_url free1 free2 free3'
  ).split(' '),
  detail: [],
  tail: ['request_date', 'limit_second'],
}

const CUSTOMER_RESULT: LinkLayout = {
  head: 'pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no terminal_type free1 free2 free3'.split(
    ' ',
  ),
  detail: [],
  tail: (
    'request_date res_pay_method res_result res_sps_cust_no res_sps_payment_no res_payinfo_key res_err_code res_date ' +
    'limit_second'
  ).split(' '),
}

export const LINK_LAYOUTS: Readonly<Record<LinkFunction, LinkLayout>> = {
  'A01-1': {
    head: `${ORDER} success_url cancel_url error_url pagecon_url free1 free2 free3 free_csv`.split(' '),
    detail: DETAIL,
    tail: ['request_date', 'limit_second'],
  },
  'B01-1': CUSTOMER_REQUEST,
  'C01-1': CUSTOMER_REQUEST,
  'D01-1': {
    head: (
      'pay_method merchant_id service_id cust_code order_id item_id item_name service_type tracking_id terminal_type ' +
      'success_url cancel_url error_url pagecon_url free1 free2 free3'
    ).split(' '),
    detail: [],
    tail: ['request_date', 'limit_second'],
  },
  'A02-1': RESULT,
  'A03-1': RESULT,
  'B02-1': CUSTOMER_RESULT,
  'B03-1': CUSTOMER_RESULT,
}

/** Which bytes are hashed: the results that go with the browser hash Shift_JIS. */
export function hashesShiftJis(fn: LinkFunction): boolean {
  return fn === 'A03-1' || fn === 'B02-1'
}

/** SBPS writes the checksum of its server-to-server notices in capitals. */
export function writesUpperCase(fn: LinkFunction): boolean {
  return fn === 'A02-1' || fn === 'B03-1'
}
