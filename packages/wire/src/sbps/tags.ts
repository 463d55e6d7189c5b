/** Every leaf tag of the API: its type, its longest length in bytes of Shift_JIS, and its item number in error codes. */

/** 9 = digits, X = half-width ASCII, M = multi-byte, base64 of Shift_JIS on the wire. */
export type TagKind = '9' | 'X' | 'M'

export type Tag = {
  readonly kind: TagKind
  readonly maxBytes: number
  /** The only length allowed, for dates and fixed codes. */
  readonly exactBytes?: number
  /** The last three digits of an error code about this tag; 2xx numbers belong to the method. */
  readonly item: string
  readonly values?: readonly string[]
}

const FLAG = ['0', '1']

/** Lengths are what public clients validate; where none is known the number is assumed. */
const TAGS: Readonly<Record<string, Tag>> = {
  merchant_id: { kind: '9', maxBytes: 5, exactBytes: 5, item: '001' },
  service_id: { kind: '9', maxBytes: 3, exactBytes: 3, item: '002' },
  cust_code: { kind: 'X', maxBytes: 64, item: '003' },
  order_id: { kind: 'X', maxBytes: 38, item: '004' },
  item_id: { kind: 'X', maxBytes: 32, item: '005' },
  item_name: { kind: 'M', maxBytes: 40, item: '006' },
  tax: { kind: '9', maxBytes: 7, item: '007' },
  amount: { kind: '9', maxBytes: 7, item: '008' },
  free1: { kind: 'M', maxBytes: 20, item: '010' },
  free2: { kind: 'M', maxBytes: 20, item: '011' },
  free3: { kind: 'M', maxBytes: 20, item: '012' },
  order_rowno: { kind: '9', maxBytes: 2, item: '013' },
  dtl_rowno: { kind: '9', maxBytes: 4, item: '014' },
  dtl_item_id: { kind: 'X', maxBytes: 32, item: '015' },
  dtl_item_name: { kind: 'M', maxBytes: 40, item: '016' },
  dtl_item_count: { kind: '9', maxBytes: 6, item: '017' },
  dtl_tax: { kind: '9', maxBytes: 7, item: '018' },
  dtl_amount: { kind: '9', maxBytes: 9, item: '019' },
  div_settele: { kind: '9', maxBytes: 1, item: '020' },
  last_charge_month: { kind: '9', maxBytes: 6, exactBytes: 6, item: '021' },
  camp_type: { kind: '9', maxBytes: 1, item: '022', values: FLAG },
  request_date: { kind: '9', maxBytes: 14, exactBytes: 14, item: '023' },
  limit_second: { kind: '9', maxBytes: 4, item: '024' },
  sps_hashcode: { kind: 'X', maxBytes: 40, exactBytes: 40, item: '025' },
  sps_transaction_id: { kind: 'X', maxBytes: 32, item: '026' },
  tracking_id: { kind: '9', maxBytes: 14, item: '027' },
  encrypted_flg: { kind: '9', maxBytes: 1, item: '028', values: FLAG },
  processing_datetime: { kind: '9', maxBytes: 14, exactBytes: 14, item: '029' },
  sps_cust_info_return_flg: { kind: '9', maxBytes: 1, item: '030', values: FLAG },
  // Card.
  cc_number: { kind: '9', maxBytes: 19, item: '200' },
  cc_expiration: { kind: '9', maxBytes: 6, exactBytes: 6, item: '201' },
  dealings_type: { kind: '9', maxBytes: 2, exactBytes: 2, item: '202', values: ['10', '21', '61', '80'] },
  divide_times: { kind: '9', maxBytes: 3, item: '203' },
  cust_manage_flg: { kind: '9', maxBytes: 1, item: '205', values: FLAG },
  resrv1: { kind: 'M', maxBytes: 20, item: '206' },
  resrv2: { kind: 'M', maxBytes: 20, item: '207' },
  resrv3: { kind: 'M', maxBytes: 20, item: '208' },
  security_code: { kind: '9', maxBytes: 4, item: '209' },
  pay_info_control_type: { kind: 'X', maxBytes: 1, item: '214', values: ['B', 'M', 'R'] },
  pay_info_detail_control_type: { kind: 'X', maxBytes: 1, item: '215', values: ['B', 'R'] },
  response_info_type: { kind: '9', maxBytes: 1, item: '216', values: ['0', '1', '2'] },
  cardbrand_return_flg: { kind: '9', maxBytes: 1, item: '217', values: FLAG },
  refund_rowno: { kind: '9', maxBytes: 2, item: '225' },
  token: { kind: 'X', maxBytes: 512, item: '227' },
  token_key: { kind: 'X', maxBytes: 512, item: '228' },
  // Convenience store.
  issue_type: { kind: '9', maxBytes: 1, item: '200', values: ['0', '1', '2'] },
  last_name: { kind: 'M', maxBytes: 20, item: '201' },
  first_name: { kind: 'M', maxBytes: 20, item: '202' },
  last_name_kana: { kind: 'M', maxBytes: 20, item: '203' },
  first_name_kana: { kind: 'M', maxBytes: 20, item: '204' },
  first_zip: { kind: '9', maxBytes: 3, exactBytes: 3, item: '205' },
  second_zip: { kind: '9', maxBytes: 4, exactBytes: 4, item: '206' },
  add1: { kind: 'M', maxBytes: 50, item: '207' },
  add2: { kind: 'M', maxBytes: 50, item: '208' },
  add3: { kind: 'M', maxBytes: 100, item: '209' },
  tel: { kind: '9', maxBytes: 11, item: '210' },
  mail: { kind: 'X', maxBytes: 200, item: '211' },
  seiyakudate: { kind: '9', maxBytes: 8, exactBytes: 8, item: '212' },
  webcvstype: { kind: '9', maxBytes: 3, exactBytes: 3, item: '213' },
  bill_date: { kind: '9', maxBytes: 8, exactBytes: 8, item: '214' },
  // Pay-easy and free texts in answers and notices.
  bill_info_kana: { kind: 'M', maxBytes: 48, item: '999' },
  bill_info: { kind: 'M', maxBytes: 24, item: '999' },
  bill_note: { kind: 'M', maxBytes: 50, item: '999' },
  res_err_msg: { kind: 'M', maxBytes: 400, item: '999' },
  rec_extra: { kind: 'M', maxBytes: 60, item: '999' },
}

export function findTag(name: string): Tag | undefined {
  return Object.hasOwn(TAGS, name) ? TAGS[name] : undefined
}

export function isMultiByte(name: string): boolean {
  return findTag(name)?.kind === 'M'
}

/** Item numbers from 200 on mean another tag in each method. */
const METHOD_TAGS: Readonly<Record<string, readonly string[]>> = {
  '101': (
    'cc_number cc_expiration dealings_type divide_times cust_manage_flg resrv1 resrv2 resrv3 security_code ' +
    'pay_info_control_type pay_info_detail_control_type response_info_type cardbrand_return_flg refund_rowno ' +
    'token token_key'
  ).split(' '),
  '701': (
    'issue_type last_name first_name last_name_kana first_name_kana first_zip second_zip add1 add2 add3 tel mail ' +
    'seiyakudate webcvstype bill_date'
  ).split(' '),
}

/** The tag that an item number of an error code stands for. */
export function findTagName(method: string, item: string): string | undefined {
  if (item === '999') return undefined
  const names = item < '200' ? Object.keys(TAGS) : (METHOD_TAGS[method] ?? [])
  return names.find((name) => TAGS[name]?.item === item)
}
