import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { encodeCp932 } from '../cp932.ts'
import { decodeApiRequest, encodeApiRequest } from './api-request.ts'
import { toBase64 } from './bytes.ts'
import { checksumOfBytes, shiftJisChecksum, utf8Checksum } from './checksum.ts'
import { decodeLinkForm, encodeLinkForm, linkFormPairs } from './form.ts'
import type { LinkFunction } from './link-fields.ts'
import type { SbpsMessage } from './message.ts'
import { decryptFromBase64, encryptToBase64 } from './triple-des.ts'

type Pairs = [string, string][]
type Vector = { fields_in_order: Pairs; sps_hashcode: string }

const golden = JSON.parse(
  readFileSync(new URL('../../fixtures/sbps-golden-vectors.json', import.meta.url), 'utf8'),
) as {
  hashKey: string
  api_authorization: Vector & { function_id: string; base64_on_the_wire: Record<string, string> }
  link_purchase_request: Vector
  link_notice: Vector
  link_browser_result: Vector
  triple_des: { key: string; iv: string; vectors: { plain: string; base64: string }[] }
}

const keys = {
  hashKey: golden.hashKey,
  tripleDesKey: golden.triple_des.key,
  tripleDesIv: golden.triple_des.iv,
}

function messageOf(vector: Vector): SbpsMessage {
  const detail = vector.fields_in_order.filter(([tag]) => tag.startsWith('dtl_'))
  return {
    values: Object.fromEntries(vector.fields_in_order.filter(([tag]) => !tag.startsWith('dtl_'))),
    rows: detail.length > 0 ? [Object.fromEntries(detail)] : [],
  }
}

function texts(vector: Vector): string[] {
  return vector.fields_in_order.map(([, text]) => text)
}

describe('API messages', () => {
  const vector = golden.api_authorization

  it('hash the received bytes in canonical order', () => {
    const read = decodeApiRequest(Buffer.from(documentOf(vector)), keys)
    expect(read).toMatchObject({ ok: true, functionId: vector.function_id, checksumHolds: true })
    expect(read.ok && { values: { ...read.values }, rows: read.rows.map((row) => ({ ...row })) }).toMatchObject(
      messageOf(vector),
    )
  })

  it('hash and write Shift_JIS, multi-byte leaves in base64', () => {
    // The vector spells 髙 with its NEC code 0xEEE0. Windows, Java and Ruby write the IBM code 0xFBFC, and so do we:
    // the vector's sender is read above, and here the two codes are the only difference.
    const bytes = vector.fields_in_order.map(([tag, text]) =>
      Buffer.from(vector.base64_on_the_wire[tag] ?? toBase64(encodeCp932(text).bytes), 'base64'),
    )
    expect(checksumOfBytes(bytes, keys.hashKey)).toBe(vector.sps_hashcode)
    const asIbm = bytes.map((value) =>
      Buffer.from(value.toString('latin1').replaceAll('\xee\xe0', '\xfb\xfc'), 'latin1'),
    )
    expect(shiftJisChecksum(texts(vector), keys.hashKey)).toBe(checksumOfBytes(asIbm, keys.hashKey))

    const written = encodeApiRequest(vector.function_id, messageOf(vector), keys)
    if (!written.ok) throw new Error('unwritable')
    const xml = Buffer.from(written.bytes).toString('latin1')
    expect(xml).toContain(`<sps_hashcode>${checksumOfBytes(asIbm, keys.hashKey)}</sps_hashcode>`)
    expect(xml).toContain(`<free1>${vector.base64_on_the_wire['free1']}</free1>`)
    expect(decodeApiRequest(written.bytes, keys)).toMatchObject({ ok: true, checksumHolds: true })
  })
})

/** The vector as a client would send it, its multi-byte leaves byte for byte. */
function documentOf(vector: Vector & { function_id: string; base64_on_the_wire: Record<string, string> }): string {
  const leaf = ([tag, text]: [string, string]) => `<${tag}>${vector.base64_on_the_wire[tag] ?? text}</${tag}>`
  const isDetail = ([tag]: [string, string]) => tag.startsWith('dtl_')
  const detail = vector.fields_in_order.filter(isDetail).map(leaf).join('')
  const others = vector.fields_in_order
    .filter((pair) => !isDetail(pair))
    .map(leaf)
    .join('')
  return (
    `<?xml version="1.0" encoding="Shift_JIS"?><sps-api-request id="${vector.function_id}">` +
    `<dtls><dtl>${detail}</dtl></dtls>${others}<sps_hashcode>${vector.sps_hashcode}</sps_hashcode></sps-api-request>`
  )
}

describe('Link messages', () => {
  it.each<[LinkFunction, Vector]>([
    ['A01-1', golden.link_purchase_request],
    ['A02-1', golden.link_notice],
    ['A03-1', golden.link_browser_result],
  ])('%s carries the checksum of its own character set and letter case', (fn, vector) => {
    const pairs = linkFormPairs(fn, messageOf(vector), keys.hashKey)
    expect(pairs.at(-1)).toEqual(['sps_hashcode', vector.sps_hashcode])
    expect(pairs.slice(0, -1)).toEqual(vector.fields_in_order)
    const written = encodeLinkForm(fn, messageOf(vector), keys.hashKey)
    if (!written.ok) throw new Error('unwritable')
    expect(decodeLinkForm(fn, written.bytes, keys.hashKey)).toMatchObject({ ok: true, checksumHolds: true })
  })

  it('hash UTF-8 in requests and notices, Shift_JIS in browser results', () => {
    expect(utf8Checksum(texts(golden.link_purchase_request), keys.hashKey)).toBe(
      golden.link_purchase_request.sps_hashcode,
    )
    expect(utf8Checksum(texts(golden.link_notice), keys.hashKey).toUpperCase()).toBe(golden.link_notice.sps_hashcode)
    expect(shiftJisChecksum(texts(golden.link_browser_result), keys.hashKey)).toBe(
      golden.link_browser_result.sps_hashcode,
    )
  })
})

describe('3DES', () => {
  it.each(golden.triple_des.vectors)('seals $plain', ({ plain, base64 }) => {
    const { bytes } = encodeCp932(plain)
    expect(encryptToBase64(bytes, keys)).toBe(base64)
    expect(toBase64(decryptFromBase64(base64, keys)!)).toBe(toBase64(bytes))
  })
})
