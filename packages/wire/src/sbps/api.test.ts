import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCp932, encodeCp932 } from '../cp932.ts'
import { decodeApiRequest, encodeApiRequest } from './api-request.ts'
import { decodeApiResponse, encodeApiResponse, type ApiAnswer } from './api-response.ts'
import { shiftJisChecksum } from './checksum.ts'
import { listFieldFaults } from './check.ts'
import { findLayout, listFunctionIds } from './fields.ts'
import { decodeNotice, decodeNoticeAck, encodeNotice, encodeNoticeAck, type Notice } from './notice.ts'
import { decryptFromBase64, encryptToBase64 } from './triple-des.ts'

const keys = { hashKey: 'a'.repeat(40), tripleDesKey: '0123456789ABCDEFGHIJKLMN', tripleDesIv: 'abcdefgh' }

const STORE_REQUEST = {
  merchant_id: '99901',
  service_id: '001',
  cust_code: 'C-1',
  order_id: 'O-1',
  item_id: 'I-1',
  item_name: '手拭い',
  amount: '1080',
  last_name: '鈴木',
  first_name: '花子',
  issue_type: '0',
  tel: '0312345678',
  mail: 'hanako@example.jp',
  webcvstype: '016',
  encrypted_flg: '1',
  request_date: '20260803090000',
}

function write(functionId: string, values: Record<string, string>, rows: Record<string, string>[] = []): Uint8Array {
  const written = encodeApiRequest(functionId, { values, rows }, keys)
  if (!written.ok) throw new Error(`unwritable: ${JSON.stringify(written)}`)
  return written.bytes
}

function xmlOf(bytes: Uint8Array): string {
  return decodeCp932(bytes)!
}

/** Text that Shift_JIS holds and that no trimming touches. */
const word = fc
  .array(fc.constantFrom(...'abcXYZ019-_@.帳場手拭いアイウ①髙～－ﾔﾏ<&>"'), { minLength: 1, maxLength: 12 })
  .map((letters) => letters.join(''))

describe('API requests', () => {
  it.each(listFunctionIds())('%s reads back what was written, plain and encrypted', (functionId) => {
    fc.assert(
      fc.property(fc.infiniteStream(word), fc.boolean(), fc.nat(3), (words, encrypted, rowCount) => {
        const next = () => words.next().value
        const values: Record<string, string> = {}
        const rows: Record<string, string>[] = Array.from({ length: rowCount }, () => ({}))
        let hasRows = false
        for (const part of findLayout(functionId)!.parts) {
          if (part.kind === 'rows') hasRows = true
          for (const { tag } of part.slots) {
            if (tag === 'sps_hashcode') continue
            if (part.kind === 'rows') for (const row of rows) row[tag] = next()
            else values[tag] = tag === 'encrypted_flg' ? (encrypted ? '1' : '0') : next()
          }
        }
        const read = decodeApiRequest(write(functionId, values, rows), keys)
        if (!read.ok) throw new Error(JSON.stringify(read))
        const { sps_hashcode: _, ...leaves } = read.values
        expect(leaves).toEqual(values)
        expect(read.rows.map((row) => ({ ...row }))).toEqual(hasRows ? rows : [])
        expect(read.checksumHolds).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  it('encrypts pay_method_info leaf by leaf, multi-byte ones without base64 in between', () => {
    const xml = xmlOf(write('ST01-00101-701', STORE_REQUEST))
    expect(xml).toContain('<last_name>3aB4z9V5tLA=</last_name>')
    expect(xml).toContain(`<item_name>${Buffer.from(encodeCp932('手拭い').bytes).toString('base64')}</item_name>`)
    expect(xml).not.toContain('hanako')
    expect(xml).toMatch(
      /^<\?xml version="1.0" encoding="Shift_JIS"\?>\n<sps-api-request id="ST01-00101-701"><merchant_id>/,
    )
  })

  it('hashes in canonical order whatever order the document has, even after sps_hashcode', () => {
    const hash = shiftJisChecksum(['99901', '001', 'B1', '12345678901234', '20260803090000'], keys.hashKey)
    const xml = `<?xml version="1.0" encoding="Shift_JIS"?><sps-api-request id="ST02-00303-101">
      <sps_hashcode>${hash.toUpperCase()}</sps_hashcode><request_date>20260803090000</request_date>
      <tracking_id> 12345678901234 </tracking_id><sps_transaction_id>B1</sps_transaction_id>
      <service_id>001</service_id><merchant_id>99901</merchant_id><limit_second/></sps-api-request>`
    expect(decodeApiRequest(Buffer.from(xml), keys)).toMatchObject({ ok: true, checksumHolds: true })
  })

  it('takes groups and rows that a client writes empty', () => {
    const xml = `<sps-api-request id="ST01-00111-101"><merchant_id>99901</merchant_id><dtls><dtl/><dtl></dtl></dtls>
      <dtls/><pay_method_info></pay_method_info><pay_option_manage/></sps-api-request>`
    const read = decodeApiRequest(Buffer.from(xml), keys)
    expect(read.ok && [{ ...read.values }, read.rows.length]).toEqual([{ merchant_id: '99901' }, 2])
  })

  it('sees a wrong key and a changed amount', () => {
    const bytes = write('ST01-00101-701', STORE_REQUEST)
    expect(decodeApiRequest(bytes, { ...keys, hashKey: 'b'.repeat(40) })).toMatchObject({ checksumHolds: false })
    const changed = Buffer.from(xmlOf(bytes).replace('<amount>1080', '<amount>1081'), 'latin1')
    expect(decodeApiRequest(changed, keys)).toMatchObject({ ok: true, checksumHolds: false })
  })

  it('takes PKCS#7 padding and a whole block of spaces', () => {
    const cipher = createCipheriv('des-ede3-cbc', keys.tripleDesKey, keys.tripleDesIv)
    const pkcs7 = Buffer.concat([cipher.update('002'), cipher.final()]).toString('base64')
    expect(Buffer.from(decryptFromBase64(pkcs7, keys)!).toString()).toBe('002')
    const block = encryptToBase64(Buffer.from(`12345678${' '.repeat(8)}`), keys)
    expect(Buffer.from(decryptFromBase64(block, keys)!).toString()).toBe('12345678')
  })

  it('takes base64 that was broken into lines', () => {
    const xml = xmlOf(write('ST01-00101-701', STORE_REQUEST))
      .replace('<item_name>', '<item_name>\n')
      .replace('</item_name>', '\n</item_name>')
    expect(decodeApiRequest(Buffer.from(xml, 'latin1'), keys)).toMatchObject({ ok: true, checksumHolds: true })
  })

  it('refuses to send what Shift_JIS cannot hold, and names it', () => {
    expect(encodeApiRequest('ST01-00101-701', { values: { ...STORE_REQUEST, last_name: '𠮷野' } }, keys)).toEqual({
      ok: false,
      reason: 'unmappable',
      tag: 'last_name',
      characters: ['𠮷'],
    })
  })

  it('hashes the folded spelling of a dash, the one that travels', () => {
    const bytes = write('ST01-00101-701', { ...STORE_REQUEST, item_name: '春〜夏', add3: '1−2' })
    expect(decodeApiRequest(bytes, keys)).toMatchObject({
      checksumHolds: true,
      values: { item_name: '春～夏', add3: '1－2' },
    })
  })

  it.each([
    ['<a>', 'xml'],
    ['', 'xml'],
    ['<sps-api-response id="ST02-00303-101"/>', 'root'],
    ['<sps-api-request id="ST99-00000-101"/>', 'function'],
    ['<sps-api-request/>', 'function'],
    ['<!DOCTYPE x [<!ENTITY a "b">]><sps-api-request id="ST02-00303-101"/>', 'xml'],
    ['<sps-api-request id="ST02-00303-101"><tax>&a;</tax></sps-api-request>', 'xml'],
    ['<sps-api-request id="ST02-00303-101"><tax>1</tax><tax>2</tax></sps-api-request>', 'duplicate'],
    ['<sps-api-request id="ST02-00303-101"><item_name>***</item_name></sps-api-request>', 'base64'],
    [`<sps-api-request id="ST02-00303-101">${'<a>'.repeat(50)}1${'</a>'.repeat(50)}</sps-api-request>`, 'xml'],
  ])('refuses %s with a reason', (xml, reason) => {
    expect(decodeApiRequest(Buffer.from(xml), keys)).toMatchObject({ ok: false, reason })
  })

  it('reads a tag called __proto__ as nothing special', () => {
    const xml = '<sps-api-request id="ST02-00303-101"><__proto__><tax>1</tax></__proto__></sps-api-request>'
    decodeApiRequest(Buffer.from(xml), keys)
    expect(({} as Record<string, unknown>)['tax']).toBeUndefined()
  })
})

describe('field checks', () => {
  const good = { ...STORE_REQUEST, seiyakudate: '20260803', bill_date: '20260820' }

  it('finds nothing in a good request', () => {
    expect(listFieldFaults('ST01-00101-701', { values: good })).toEqual([])
  })

  it.each([
    [{ cust_code: '' }, '70103003'],
    [{ amount: '12a' }, '70104008'],
    [{ amount: '12345678' }, '70105008'],
    [{ item_name: 'あ'.repeat(21) }, '70105006'],
    [{ bill_date: '2026080' }, '70106214'],
    [{ encrypted_flg: '2' }, '70107028'],
    [{ webcvstype: '' }, '70103213'],
  ])('names the first fault of %o as %s', (change, code) => {
    const values: Record<string, string> = { ...good, ...change }
    expect(listFieldFaults('ST01-00101-701', { values })[0]?.errorCode).toBe(code)
  })

  it('names a dealings type that is too long as the recorded answer does', () => {
    const values = { ...good, cc_number: '4111111111111111', cc_expiration: '203012', dealings_type: '100' }
    expect(listFieldFaults('ST01-00111-101', { values })[0]?.errorCode).toBe('10105202')
  })
})

describe('API answers', () => {
  const answer: ApiAnswer = {
    functionId: 'MG01-00101-101',
    result: 'OK',
    transactionId: 'C99901001MG010010110100000000001',
    status: '0',
    methodInfo: { cc_company_code: '10035', commit_status: '1', payment_status: '2', resrv1: '帳場' },
    methodInfoDetail: { cc_number: '************1111', divide_times: '' },
    customerNo: '000000000001',
    paymentNo: '001',
    processDate: '20260803090000',
    errorCode: '',
    date: '20260803090001',
  }

  it.each([true, false])('read back what was written (encrypted: %s)', (encrypted) => {
    const read = decodeApiResponse(encodeApiResponse(answer, keys, encrypted), keys, encrypted)
    if (!read.ok) throw new Error(JSON.stringify(read))
    expect({ ...read, methodInfo: { ...read.methodInfo }, methodInfoDetail: { ...read.methodInfoDetail } }).toEqual({
      ok: true,
      ...answer,
    })
  })

  it('are written as recorded: single quotes, two spaces, self-closed empties', () => {
    const xml = xmlOf(encodeApiResponse({ result: 'NG', errorCode: '', date: '20260803090001' }, keys, false))
    expect(xml).toBe(
      "<?xml version='1.0' encoding='Shift_JIS' ?>\r\n<sps-api-response>\r\n  <res_result>NG</res_result>\r\n" +
        '  <res_err_code/>\r\n  <res_date>20260803090001</res_date>\r\n</sps-api-response>',
    )
    expect(xmlOf(encodeApiResponse(answer, keys, false))).toContain('      <divide_times/>')
  })

  it('hide the card group when encrypted', () => {
    expect(xmlOf(encodeApiResponse(answer, keys, true))).not.toContain('1111')
  })

  it('refuse an answer without a result', () => {
    expect(
      decodeApiResponse(Buffer.from('<sps-api-response><res_date>1</res_date></sps-api-response>'), keys, false),
    ).toEqual({
      ok: false,
      reason: 'value',
      tag: 'res_result',
    })
  })
})

describe('notices', () => {
  const head = {
    merchantId: '99901',
    serviceId: '001',
    transactionId: 'C99901001ST010010170100000000001',
    trackingId: '83910000000001',
    receivedAt: '20260803101500',
    requestDate: '20260803101501',
  }
  const deposit: Notice = {
    functionId: 'NT01-00103-701',
    ...head,
    report: '1',
    amount: '1080',
    totalAmount: '1080',
    mail: 'hanako@example.jp',
    extra: '備考',
  }
  const expiry: Notice = { functionId: 'NT01-00104-701', ...head, orderId: 'ORD-1' }

  it.each([
    [deposit, true],
    [deposit, false],
    [expiry, true],
    [expiry, false],
  ])('read back what was written: %o encrypted %s', (notice, encrypted) => {
    const written = encodeNotice(notice, keys, encrypted)
    if (!written.ok) throw new Error('unwritable')
    expect(decodeNotice(written.bytes, keys)).toEqual({ ok: true, notice, checksumHolds: true })
  })

  it('show a checksum that does not hold', () => {
    const written = encodeNotice(expiry, keys, true)
    if (!written.ok) throw new Error('unwritable')
    const forged = Buffer.from(xmlOf(written.bytes).replace('83910000000001', '83910000000002'))
    expect(decodeNotice(forged, keys)).toMatchObject({ ok: true, checksumHolds: false })
  })

  it.each([
    ['tracking_id', /<tracking_id>.*?<\/tracking_id>/, '<tracking_id>x</tracking_id>'],
    ['rec_type', /<rec_type>.*?<\/rec_type>/, '<rec_type>9</rec_type>'],
    ['rec_amount', /<rec_amount>.*?<\/rec_amount>/, '<rec_amount/>'],
  ])('refuse a wrong %s', (tag, from, to) => {
    const written = encodeNotice(deposit, keys, false)
    if (!written.ok) throw new Error('unwritable')
    expect(decodeNotice(Buffer.from(xmlOf(written.bytes).replace(from, to), 'latin1'), keys)).toEqual({
      ok: false,
      reason: 'value',
      tag,
    })
  })

  it('are acknowledged with the same id, a refusal with its reason', () => {
    const ok = encodeNoticeAck({ functionId: 'NT01-00103-701', result: 'OK' })
    expect(xmlOf(ok)).toBe(
      "<?xml version='1.0' encoding='Shift_JIS' ?>\n<sps-api-response id=\"NT01-00103-701\"><res_result>OK</res_result></sps-api-response>",
    )
    const ng = { functionId: 'NT01-00104-701', result: 'NG', message: '不明な取引' } as const
    expect(decodeNoticeAck(encodeNoticeAck(ng))).toEqual({ ok: true, ...ng })
  })
})

describe('garbage', () => {
  const seeds = [
    write('ST01-00101-701', STORE_REQUEST, [{ dtl_rowno: '1', dtl_item_id: 'a' }]),
    encodeApiResponse({ result: 'OK', errorCode: '', date: '1', methodInfo: { a: 'b' } }, keys, true),
    encodeNoticeAck({ functionId: 'x', result: 'NG', message: '理由' }),
  ]
  const mangled = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      fc.nat(),
    )
    .map(([seed, changes, cut]) => {
      const bytes = Uint8Array.from(seed)
      for (const [at, value] of changes) bytes[at % bytes.length] = value
      return bytes.subarray(0, cut % (bytes.length + 1))
    })

  it('comes back as a refusal or as a message, never as an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mangled), (bytes) => {
        for (const read of [
          decodeApiRequest(bytes, keys),
          decodeApiResponse(bytes, keys, true),
          decodeApiResponse(bytes, keys, false),
          decodeNotice(bytes, keys),
          decodeNoticeAck(bytes),
        ]) {
          expect(read.ok === true || typeof read.reason === 'string').toBe(true)
        }
      }),
      { numRuns: 800 },
    )
  })
})
