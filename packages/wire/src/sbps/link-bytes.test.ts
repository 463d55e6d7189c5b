/** Each Link message byte by byte, both directions, worked out by hand from the rules of the checksum. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decodeLinkForm, encodeLinkForm } from './form.ts'
import { decodeFreeCsv, encodeFreeCsv } from './free-csv.ts'
import { listLinkFaults } from './link-check.ts'
import type { LinkFunction } from './link-fields.ts'
import {
  decodeLinkAck,
  decodeLinkDeposit,
  decodeLinkNp,
  decodeLinkSlip,
  encodeLinkAck,
  encodeLinkDeposit,
} from './link-result.ts'

const KEY = 'c'.repeat(40)
const REQUEST = {
  pay_method: 'credit,webcvs',
  merchant_id: '99901',
  service_id: '101',
  cust_code: 'C1',
  order_id: 'A-1',
  item_id: 'order',
  item_name: '煎茶',
  tax: '80',
  amount: '1080',
  pay_type: '0',
  service_type: '0',
  terminal_type: '0',
  success_url: 'http://s.example/ok',
  cancel_url: 'http://s.example/c',
  error_url: 'http://s.example/e',
  pagecon_url: 'http://s.example/n',
  request_date: '20261125120000',
  limit_second: '600',
}
const RESULT = {
  merchant_id: '99901',
  service_id: '101',
  order_id: 'A-1',
  item_name: '煎茶',
  amount: '1080',
  res_pay_method: 'credit',
  res_result: 'OK',
  res_tracking_id: '00000616307001',
  res_date: '20261125120001',
}

function sha1(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha1')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

function written(fn: LinkFunction, values: Record<string, string>): string {
  const form = encodeLinkForm(fn, { values }, KEY)
  if (!form.ok) throw new Error(form.tag)
  return Buffer.from(form.bytes).toString('latin1')
}

describe('a purchase request', () => {
  it('travels in Shift_JIS and is hashed in UTF-8, small letters', () => {
    const body = written('A01-1', REQUEST)
    expect(body).toContain('pay_method=credit%2Cwebcvs&merchant_id=99901&service_id=101&cust_code=C1&sps_cust_no=&')
    expect(body).toContain('&item_name=%90%F7%92%83&')
    const hashed = Object.values(REQUEST).join('') + KEY
    expect(body.endsWith(`&limit_second=600&sps_hashcode=${sha1(hashed)}`)).toBe(true)
    expect(decodeLinkForm('A01-1', Buffer.from(body), KEY)).toMatchObject({ ok: true, checksumHolds: true })
  })

  it.each([
    ['order_id', '', '99903004'],
    ['order_id', 'A 1', '99904004'],
    ['merchant_id', '999', '99906001'],
    ['item_name', '茶'.repeat(21), '99905006'],
    ['amount', '0', '99907008'],
    ['amount', '12345678', '99905008'],
    ['pay_type', '3', '99907999'],
    ['pay_type', '1', '99903999'],
    ['service_type', '1', '99903027'],
    ['success_url', 'javascript:x', '99904999'],
    ['request_date', '2026', '99906023'],
  ])('is refused for %s = "%s" with %s', (tag, value, code) => {
    expect(listLinkFaults('A01-1', { values: { ...REQUEST, [tag]: value } })[0]).toEqual({
      tag: expect.any(String) as string,
      errorCode: code,
    })
  })

  it('has no fault as it stands', () => {
    expect(listLinkFaults('A01-1', { values: REQUEST })).toEqual([])
  })
})

describe('a result', () => {
  const ordered = ['99901', '101', 'A-1', '煎茶', '1080', 'credit', 'OK', '00000616307001', '20261125120001']

  it('from server to server is hashed in UTF-8, capitals', () => {
    const body = written('A02-1', RESULT)
    expect(body.endsWith(`&sps_hashcode=${sha1(ordered.join(''), KEY).toUpperCase()}`)).toBe(true)
    expect(decodeLinkForm('A02-1', Buffer.from(body), KEY)).toMatchObject({ checksumHolds: true })
    expect(decodeLinkForm('A03-1', Buffer.from(body), KEY)).toMatchObject({ checksumHolds: false })
  })

  it('with the browser is hashed in Shift_JIS, small letters', () => {
    const body = written('A03-1', RESULT)
    const name = Buffer.from([0x90, 0xf7, 0x92, 0x83])
    const parts = ordered.map((text) => (text === '煎茶' ? name : text))
    expect(body.endsWith(`&sps_hashcode=${sha1(...parts, KEY)}`)).toBe(true)
  })
})

describe('a customer’s card', () => {
  const asked = {
    pay_method: 'credit',
    merchant_id: '99901',
    service_id: '101',
    cust_code: 'C1',
    terminal_type: '0',
    success_url: 'http://s.example/ok',
    cancel_url: 'http://s.example/c',
    error_url: 'http://s.example/e',
    pagecon_url: 'http://s.example/n',
    free1: '煎茶',
    request_date: '20261125120000',
    limit_second: '600',
  }
  const result = {
    pay_method: 'credit',
    merchant_id: '99901',
    service_id: '101',
    cust_code: 'C1',
    free1: '煎茶',
    request_date: '20261125120000',
    res_pay_method: 'credit',
    res_result: 'OK',
    res_sps_cust_no: '000000000012',
    res_sps_payment_no: '001',
    res_payinfo_key: 'a'.repeat(32),
    res_date: '20261125120001',
  }

  it.each(['B01-1', 'C01-1'] as const)('%s is asked for in Shift_JIS and hashed in UTF-8, small letters', (fn) => {
    const body = written(fn, asked)
    expect(body).toContain('cust_code=C1&sps_cust_no=&sps_payment_no=&terminal_type=0&success_url=')
    expect(body).toContain('&free1=%90%F7%92%83&free2=&free3=&request_date=')
    expect(body.endsWith(`&sps_hashcode=${sha1(Object.values(asked).join(''), KEY)}`)).toBe(true)
    expect(decodeLinkForm(fn, Buffer.from(body), KEY)).toMatchObject({ checksumHolds: true })
    expect(listLinkFaults(fn, { values: asked })).toEqual([])
  })

  it('B03-1 tells the server in UTF-8, capitals; B02-1 goes with the browser in Shift_JIS, small letters', () => {
    const told = written('B03-1', result)
    expect(told.endsWith(`&sps_hashcode=${sha1(Object.values(result).join(''), KEY).toUpperCase()}`)).toBe(true)
    const parts = Object.values(result).map((text) => (text === '煎茶' ? Buffer.from('90f79283', 'hex') : text))
    expect(written('B02-1', result).endsWith(`&sps_hashcode=${sha1(...parts, KEY)}`)).toBe(true)
  })
})

describe('an application', () => {
  it('D01-1 stands in an order of its own, and names its method unless it is new', () => {
    const asked = {
      pay_method: 'docomo',
      merchant_id: '99901',
      service_id: '101',
      cust_code: 'C1',
      order_id: 'A-1',
      item_id: 'tea',
      item_name: '煎茶',
      service_type: '2',
      terminal_type: '0',
      success_url: 'http://s.example/ok',
      cancel_url: 'http://s.example/c',
      error_url: 'http://s.example/e',
      pagecon_url: 'http://s.example/n',
      request_date: '20261125120000',
    }
    expect(written('D01-1', asked).endsWith(`=${sha1(Object.values(asked).join(''), KEY)}`)).toBe(true)
    expect(listLinkFaults('D01-1', { values: asked })).toEqual([])
    expect(listLinkFaults('D01-1', { values: { ...asked, pay_method: '' } })).toHaveLength(1)
    expect(listLinkFaults('D01-1', { values: { ...asked, service_type: '1' } })[0]).toMatchObject({
      tag: 'tracking_id',
    })
  })
})

describe('what stands inside', () => {
  it('free_csv is Shift_JIS in base64, without letters that would break it', () => {
    const text = encodeFreeCsv({ LAST_NAME: '鈴木', FIRST_NAME: 'A,B', TEL: '' })
    expect(Buffer.from(text, 'base64').toString('hex')).toBe(
      Buffer.concat([
        Buffer.from('LAST_NAME='),
        Buffer.from('97e996d8', 'hex'),
        Buffer.from(',FIRST_NAME=A'),
        Buffer.from('8143', 'hex'),
        Buffer.from('B'),
      ]).toString('hex'),
    )
    expect(decodeFreeCsv(text)).toEqual({ LAST_NAME: '鈴木', FIRST_NAME: 'A，B' })
    expect([decodeFreeCsv('???'), decodeFreeCsv(Buffer.from('=x').toString('base64'))]).toEqual([undefined, undefined])
  })

  it('a deposit tells type, amount and running total', () => {
    const deposit = { type: 'D', amount: '500', totalAmount: '1080', mail: 'a@example.jp', note: '' } as const
    expect(encodeLinkDeposit(deposit)).toBe('D,500,1080,a@example.jp')
    expect(decodeLinkDeposit('D,500,1080,a@example.jp')).toEqual(deposit)
    expect([decodeLinkDeposit('X,1,1,'), decodeLinkDeposit('P,a,1,')]).toEqual([undefined, undefined])
    expect([decodeLinkSlip('1,2'), decodeLinkNp('x,00')]).toEqual([undefined, undefined])
  })

  it('the acknowledgement is OK before the first comma, in capitals', () => {
    expect(Buffer.from(encodeLinkAck({ accepted: true, reason: '' })).toString()).toBe('OK,')
    expect(Buffer.from(encodeLinkAck({ accepted: false, reason: 'a\nb,c' })).toString()).toBe('NG,a b c')
    const answers = ['OK', 'OK,', ' OK,\r\n', 'ok,', 'NG,x', '', 'OKAY'].map((text) => decodeLinkAck(Buffer.from(text)))
    expect(answers.map(({ accepted }) => accepted)).toEqual([true, true, true, false, false, false, false])
  })
})
