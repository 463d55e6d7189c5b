"""One example of each function, request and answer, written by this client and by nothing of ours."""
from sbps import document, seal, sjis

HASH_KEY = '0123456789abcdef0123456789abcdef01234567'
HEAD = 'merchant_id service_id'
ORDER = 'cust_code order_id item_id item_name tax amount free1 free2 free3 order_rowno'
CUSTOMER = ORDER + ' sps_cust_info_return_flg'
ROW = 'dtls(dtl_rowno dtl_item_id dtl_item_name dtl_item_count dtl_tax dtl_amount)'
NUMBER = 'cc_number cc_expiration security_code'
RESERVED = 'resrv1 resrv2 resrv3'
DEALINGS = 'dealings_type divide_times'
REUSE = 'cust_manage_flg cardbrand_return_flg pay_info_control_type pay_info_detail_control_type'
IDS = 'sps_transaction_id tracking_id'
BY_ID = f'{HEAD} {IDS} processing_datetime'
BY_NUMBER = f'{CUSTOMER} {ROW} pay_method_info({NUMBER} {DEALINGS} {RESERVED})'
BY_TOKEN = f'{CUSTOMER} {ROW} pay_method_info({DEALINGS} {RESERVED})'
TOKEN = 'pay_option_manage(token token_key cust_manage_flg cardbrand_return_flg)'
STORED_NUMBER = f'{HEAD} cust_code sps_cust_info_return_flg pay_method_info({NUMBER} {RESERVED}) pay_option_manage(cardbrand_return_flg) encrypted_flg'
STORED_TOKEN = f'{HEAD} cust_code sps_cust_info_return_flg pay_method_info({RESERVED}) pay_option_manage(token token_key cardbrand_return_flg) encrypted_flg'

FUNCTIONS = {
    'ST01-00101-101': f'{HEAD} {CUSTOMER} {ROW} pay_method_info({NUMBER} {DEALINGS} cust_manage_flg {RESERVED}) pay_option_manage(cardbrand_return_flg) encrypted_flg',
    'ST01-00111-101': f'{HEAD} {BY_NUMBER} pay_option_manage(cust_manage_flg cardbrand_return_flg) encrypted_flg',
    'ST01-00131-101': f'{HEAD} {BY_TOKEN} {TOKEN} encrypted_flg',
    'ST01-00132-101': f'{HEAD} {BY_TOKEN} {TOKEN} monthly_charge(div_settele last_charge_month camp_type) encrypted_flg',
    'ST01-00113-101': f'{HEAD} tracking_id {BY_NUMBER} pay_option_manage({REUSE}) encrypted_flg',
    'ST01-00133-101': f'{HEAD} tracking_id {BY_TOKEN} pay_option_manage(token token_key {REUSE}) encrypted_flg',
    'ST02-00101-101': BY_ID,
    'ST02-00201-101': f'{BY_ID} pay_option_manage(amount)',
    'ST02-00302-101': BY_ID,
    'ST02-00303-101': BY_ID,
    'ST02-00305-101': BY_ID,
    'ST02-00307-101': f'{BY_ID} pay_option_manage(amount refund_rowno)',
    'MG01-00101-101': f'{HEAD} {IDS} response_info_type pay_option_manage(cardbrand_return_flg) encrypted_flg',
    'MG02-00101-101': STORED_NUMBER,
    'MG02-00102-101': STORED_NUMBER,
    'MG02-00103-101': f'{HEAD} cust_code sps_cust_info_return_flg encrypted_flg',
    'MG02-00104-101': f'{HEAD} cust_code sps_cust_info_return_flg response_info_type pay_option_manage(cardbrand_return_flg) encrypted_flg',
    'MG02-00131-101': STORED_TOKEN,
    'MG02-00132-101': STORED_TOKEN,
    'ST01-00101-701': f'{HEAD} {ORDER} {ROW} pay_method_info(issue_type last_name first_name last_name_kana first_name_kana first_zip second_zip add1 add2 add3 tel mail seiyakudate webcvstype bill_date) encrypted_flg',
    'MG01-00101-701': f'{HEAD} {IDS} encrypted_flg',
    'ST02-00303-701': BY_ID,
}

VALUES = {
    'merchant_id': '99901', 'service_id': '001', 'cust_code': 'CUST-1', 'order_id': 'ORD_2026-1', 'item_id': 'ITEM-1',
    'item_name': '銘茶～①', 'tax': '80', 'amount': '1080', 'free1': '店舗', 'free2': 'A&B', 'free3': '',
    'order_rowno': '1', 'sps_cust_info_return_flg': '1', 'dtl_rowno': '1', 'dtl_item_id': 'TEA', 'dtl_item_name': '煎茶',
    'dtl_item_count': '1', 'dtl_tax': '80', 'dtl_amount': '1080', 'cc_number': '4111111111111111',
    'cc_expiration': '203012', 'security_code': '123', 'dealings_type': '61', 'divide_times': '3', 'resrv1': '予備',
    'resrv2': '', 'resrv3': 'x', 'token': 'AB' * 123, 'token_key': '3059' + '0' * 178, 'cust_manage_flg': '0',
    'cardbrand_return_flg': '1', 'pay_info_control_type': 'B', 'pay_info_detail_control_type': 'B', 'div_settele': '0',
    'last_charge_month': '202712', 'camp_type': '1', 'sps_transaction_id': 'B99901001ST010013110100000000001',
    'tracking_id': '00000616307347', 'processing_datetime': '20260803090000', 'refund_rowno': '1',
    'response_info_type': '2', 'issue_type': '0', 'last_name': '高橋', 'first_name': '花子', 'last_name_kana': 'タカハシ',
    'first_name_kana': 'ハナコ', 'first_zip': '150', 'second_zip': '0001', 'add1': '東京都', 'add2': '渋谷区神宮前',
    'add3': '１－２－３', 'tel': '0312345678', 'mail': 'a@example.jp', 'seiyakudate': '20260803', 'webcvstype': '016',
    'bill_date': '20260817', 'encrypted_flg': '1', 'request_date': '20260803090000', 'limit_second': '600',
}


def fields_of(layout):
    fields, group = [], None
    for word in layout.replace('(', ' ( ').replace(')', ' ) ').split():
        if word == '(':
            group = (fields.pop()[0], [])
        elif word == ')':
            name, inner = group
            fields.append((name, [('dtl', inner)] if name == 'dtls' else inner))
            group = None
        else:
            (fields if group is None else group[1]).append((word, VALUES.get(word, '')))
    return fields


def flat(fields, rows):
    found = {}
    for tag, value in fields:
        if tag == 'dtl':
            rows.append(dict(value))
        elif isinstance(value, list):
            found.update(flat(value, rows))
        else:
            found[tag] = value
    return found


CARD = {'cc_company_code': '10035', 'recognized_no': '123456', 'cardbrand_code': 'V'}
FACE = {'cc_number': '************1111', 'cc_expiration': '203012'}
INFO = {
    'MG01-00101-101': {'commit_status': '1', 'payment_status': '2', 'captured_amount': '1080'},
    'MG02-00104-101': FACE,
    'ST01-00101-701': {'invoice_no': '83910000000001', 'bill_date': '20260817', 'cvs_pay_data1': '20020', 'cvs_pay_data2': '625384150900'},
    'MG01-00101-701': {'payment_status': '1', 'webcvstype': '016', 'bill_date': '20260817'},
}


def answer_of(function_id):
    is_settlement = function_id.startswith('ST01')
    answer = {'functionId': function_id, 'result': 'OK', 'transactionId': 'C99901001' + function_id.replace('-', '') + '00000000001'}
    if is_settlement:
        answer['trackingId'] = '00000616307347'
    if function_id.startswith('MG01'):
        answer['status'] = '0'
    info = INFO.get(function_id, CARD if is_settlement else None)
    if info:
        answer['methodInfo'] = info
    if function_id.startswith('MG02') and function_id != 'MG02-00103-101':
        answer.update(customerNo='000000000001', paymentNo='001')
    return {**answer, 'processDate': '20260803090000', 'errorCode': '', 'date': '20260803090001'}


def answer_text(answer, sealed):
    def leaf(indent, tag, text):
        return [f'{indent}<{tag}>{text}</{tag}>' if text else f'{indent}<{tag}/>']
    lines = ["<?xml version='1.0' encoding='Shift_JIS' ?>"]
    lines.append(f'<sps-api-response id="{answer["functionId"]}">' if 'functionId' in answer else '<sps-api-response>')
    lines += leaf('  ', 'res_result', answer['result'])
    for key, tag in (('transactionId', 'res_sps_transaction_id'), ('trackingId', 'res_tracking_id'), ('status', 'res_status')):
        if key in answer:
            lines += leaf('  ', tag, answer[key])
    if 'methodInfo' in answer:
        lines.append('  <res_pay_method_info>')
        for tag, text in answer['methodInfo'].items():
            lines += leaf('    ', tag, seal(sjis(text)) if sealed else text)
        lines.append('  </res_pay_method_info>')
    if 'customerNo' in answer:
        lines += ['  <res_sps_info>', *leaf('    ', 'res_sps_cust_no', answer['customerNo']),
                  *leaf('    ', 'res_sps_payment_no', answer['paymentNo']), '  </res_sps_info>']
    if 'processDate' in answer:
        lines += leaf('  ', 'res_process_date', answer['processDate'])
    lines += leaf('  ', 'res_err_code', answer['errorCode']) + leaf('  ', 'res_date', answer['date'])
    return '\r\n'.join(lines + ['</sps-api-response>'])


def vectors():
    examples = []
    for function_id, layout in FUNCTIONS.items():
        fields = fields_of(layout + ' request_date limit_second')
        rows = []
        values = flat(fields, rows)
        sealed = values.get('encrypted_flg') == '1'
        answer = answer_of(function_id)
        refused = {'functionId': function_id, 'result': 'NG', 'errorCode': '10136999', 'date': '20260803090001'}
        examples.append({
            'functionId': function_id, 'values': values, 'rows': rows, 'encrypted': sealed,
            'request': document(function_id, fields, HASH_KEY, sealed),
            'answer': answer, 'response': answer_text(answer, sealed),
            'refused': refused, 'refusal': answer_text(refused, sealed),
        })
    return examples
