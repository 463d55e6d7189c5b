"""SBPS's API type from Python: card and convenience store, with the standard library alone.

    python3 sbps.py card    authorize, confirm, capture, refund
    python3 sbps.py store   issue a slip, inquire
    python3 sbps.py vectors prints a pinned example of every function (packages/wire/fixtures/sbps-function-bytes.json)

Reads SBPS_URL, SBPS_MERCHANT_ID, SBPS_SERVICE_ID, SBPS_HASH_KEY. Python has no Triple DES of its own: encrypted_flg is 0,
and `vectors` asks openssl.
"""
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import urllib.request
from datetime import datetime, timedelta, timezone

MULTI_BYTE = {'item_name', 'free1', 'free2', 'free3', 'dtl_item_name', 'last_name', 'first_name', 'last_name_kana',
              'first_name_kana', 'add1', 'add2', 'add3', 'resrv1', 'resrv2', 'resrv3'}
KEY, IV = b'0123456789ABCDEFGHIJKLMN', b'abcdefgh'


def sjis(text):
    return text.encode('cp932')


def seal(plain):
    padded = plain + b' ' * (-len(plain) % 8)
    command = ['openssl', 'enc', '-des-ede3-cbc', '-nopad', '-K', KEY.hex(), '-iv', IV.hex(), '-provider', 'default']
    return base64.b64encode(subprocess.run(command, input=padded, capture_output=True, check=True).stdout).decode()


def escape(text):
    return text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('"', '&quot;').replace("'", '&apos;')


def write(fields, hashed, sealed=False, group=''):
    """Fields as (tag, text), or (tag, [fields]) for a group of them, in the order of the specification."""
    xml = ''
    for tag, value in fields:
        if isinstance(value, list):
            inner = write(value, hashed, sealed, tag)
            xml += f'<{tag}>{inner}</{tag}>' if inner else ''
            continue
        hashed.append(sjis(value))
        if sealed and group == 'pay_method_info':
            wire = seal(sjis(value))
        elif tag in MULTI_BYTE:
            wire = base64.b64encode(sjis(value)).decode()
        else:
            wire = escape(value)
        xml += f'<{tag}>{wire}</{tag}>'
    return xml


def document(function_id, fields, hash_key, sealed=False):
    hashed = []
    body = write(fields, hashed, sealed)
    checksum = hashlib.sha1(b''.join(hashed) + hash_key.encode()).hexdigest()
    return (f'<?xml version="1.0" encoding="Shift_JIS"?>\n<sps-api-request id="{function_id}">{body}'
            f'<sps_hashcode>{checksum}</sps_hashcode></sps-api-request>')


def japan_time():
    now = os.environ.get('SBPS_NOW')
    instant = datetime.fromisoformat(now.replace('Z', '+00:00')) if now else datetime.now(timezone.utc)
    return instant.astimezone(timezone(timedelta(hours=9))).strftime('%Y%m%d%H%M%S')


def call(function_id, fields):
    env = os.environ
    user, key = env['SBPS_MERCHANT_ID'] + env['SBPS_SERVICE_ID'], env['SBPS_HASH_KEY']
    head = [('merchant_id', env['SBPS_MERCHANT_ID']), ('service_id', env['SBPS_SERVICE_ID'])]
    body = document(function_id, head + fields + [('request_date', japan_time())], key)
    credentials = base64.b64encode(f'{user}:{key}'.encode()).decode()
    request = urllib.request.Request(env['SBPS_URL'] + '/api/xmlapi.do', body.encode('cp932'),
                                     {'Content-Type': 'text/xml', 'Authorization': 'Basic ' + credentials})
    with urllib.request.urlopen(request) as answer:
        said = dict(re.findall(r'<(\w+)>([^<]*)</\1>', answer.read().decode('cp932')))
    print(function_id, said)
    return said


def token():
    env = os.environ
    card = {'merchantId': env['SBPS_MERCHANT_ID'], 'serviceId': env['SBPS_SERVICE_ID'], 'ccNumber': '4111111111111111',
            'ccExpiration': '203012', 'securityCode': '123'}
    # In a shop this happens in the customer's browser, by the provider's script.
    request = urllib.request.Request(env['SBPS_URL'] + '/sbpstoken/tokens', json.dumps(card).encode(),
                                     {'Content-Type': 'application/json'})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)['tokenResponse']


def card():
    made = token()
    said = call('ST01-00131-101', [
        ('cust_code', 'PYTHON-1'), ('order_id', 'PYTHON-CARD-1'), ('item_id', 'TEA'), ('item_name', '銘茶'),
        ('amount', '3300'), ('sps_cust_info_return_flg', '0'), ('pay_method_info', [('dealings_type', '10')]),
        ('pay_option_manage', [('token', made['token']), ('token_key', made['tokenKey'])]), ('encrypted_flg', '0')])
    ids = [('tracking_id', said['res_tracking_id']), ('processing_datetime', japan_time())]
    call('ST02-00101-101', ids)
    call('ST02-00201-101', ids + [('pay_option_manage', [('amount', '3300')])])
    call('ST02-00307-101', ids + [('pay_option_manage', [('amount', '300'), ('refund_rowno', '1')])])
    call('MG01-00101-101', ids[:1] + [('response_info_type', '2'), ('encrypted_flg', '0')])


def store():
    said = call('ST01-00101-701', [
        ('cust_code', 'PYTHON-2'), ('order_id', 'PYTHON-STORE-1'), ('item_id', 'TEA'), ('item_name', '煎茶'),
        ('amount', '2160'), ('pay_method_info', [
            ('issue_type', '0'), ('last_name', '髙橋'), ('first_name', '花子'), ('tel', '0312345678'),
            ('mail', 'paynow+python@example.jp'), ('webcvstype', '016')]), ('encrypted_flg', '0')])
    call('MG01-00101-701', [('tracking_id', said['res_tracking_id']), ('encrypted_flg', '0')])


if __name__ == '__main__':
    if sys.argv[1] == 'vectors':
        from vectors import vectors
        print(json.dumps(vectors(), ensure_ascii=False, indent=1))
    else:
        {'card': card, 'store': store}[sys.argv[1]]()
