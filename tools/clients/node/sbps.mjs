/**
 * A client of SBPS's API type as shops write them: nothing but Node, nothing of ours. Tags are written in the order of
 * the specification, multi-byte ones in base64 of Shift_JIS, pay_method_info sealed with Triple DES.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

const MULTI_BYTE = /^(item_name|free[123]|dtl_item_name|(last|first)_name(_kana)?|add[123]|resrv[123])$/

/** Node decodes Shift_JIS and does not encode it: turned around. */
const encoder = new Map()
const decoder = new TextDecoder('shift_jis')
for (let lead = 0x81; lead <= 0xfc; lead++) {
  for (let trail = 0x40; trail <= 0xfc; trail++) {
    const letter = decoder.decode(Uint8Array.of(lead, trail))
    if (letter.length === 1 && letter !== '\ufffd' && !encoder.has(letter)) encoder.set(letter, [lead, trail])
  }
}

export function toShiftJis(text) {
  return Buffer.from([...text].flatMap((letter) => encoder.get(letter) ?? [letter.charCodeAt(0)]))
}

export class SbpsClient {
  constructor({ url, merchantId, serviceId, hashKey, desKey, desIv }) {
    Object.assign(this, { url, merchantId, serviceId, hashKey, desKey, desIv })
  }

  /** `fields` in the order of the specification; a nested object is a group of tags. */
  async call(functionId, fields) {
    const whole = { merchant_id: this.merchantId, service_id: this.serviceId, ...fields, request_date: japanTime() }
    const sealed = whole.encrypted_flg === '1'
    const hash = createHash('sha1')
    const xml = this.write(whole, hash, sealed, '')
    const checksum = hash.update(this.hashKey).digest('hex')
    const body = `<?xml version="1.0" encoding="Shift_JIS"?><sps-api-request id="${functionId}">${xml}<sps_hashcode>${checksum}</sps_hashcode></sps-api-request>`
    const answer = await fetch(`${this.url}/api/xmlapi.do`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/xml',
        Authorization: `Basic ${Buffer.from(`${this.merchantId}${this.serviceId}:${this.hashKey}`).toString('base64')}`,
      },
      body: toShiftJis(body),
    })
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`)
    return this.read(decoder.decode(await answer.arrayBuffer()), sealed)
  }

  write(fields, hash, sealed, group) {
    return Object.entries(fields)
      .map(([tag, value]) => {
        if (typeof value === 'object') return `<${tag}>${this.write(value, hash, sealed, tag)}</${tag}>`
        const bytes = toShiftJis(value)
        hash.update(bytes)
        if (sealed && group === 'pay_method_info') return `<${tag}>${this.seal(bytes)}</${tag}>`
        return `<${tag}>${MULTI_BYTE.test(tag) ? bytes.toString('base64') : value}</${tag}>`
      })
      .join('')
  }

  seal(bytes) {
    const padded = Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8, ' ')])
    const cipher = createCipheriv('des-ede3-cbc', this.desKey, this.desIv).setAutoPadding(false)
    return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
  }

  unseal(text) {
    const decipher = createDecipheriv('des-ede3-cbc', this.desKey, this.desIv).setAutoPadding(false)
    const plain = Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()])
    return decoder.decode(plain).trimEnd()
  }

  /** Every leaf by its tag; those of res_pay_method_info and pay_method_info unsealed. */
  read(xml, sealed) {
    const info = /<(res_)?pay_method_info>([\s\S]*?)<\/(res_)?pay_method_info>/.exec(xml)?.[2] ?? ''
    const leaves = {}
    for (const [, tag, text] of xml.matchAll(/<(\w+)>([^<]*)<\/\1>/g)) leaves[tag] = text.trim()
    for (const [, tag, text] of info.matchAll(/<(\w+)>([^<]*)<\/\1>/g)) leaves[tag] = sealed ? this.unseal(text) : text
    return leaves
  }
}

/** YYYYMMDDHHMMSS in Japan, of the clock the sandbox goes by (a shop's own clock is the provider's). */
export function japanTime(now = new Date(process.env.SBPS_NOW ?? Date.now())) {
  return new Date(now.getTime() + 9 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14)
}

export function clientOfEnvironment() {
  const { SBPS_URL, SBPS_MERCHANT_ID, SBPS_SERVICE_ID, SBPS_HASH_KEY, SBPS_3DES_KEY, SBPS_3DES_IV } = process.env
  return new SbpsClient({
    url: SBPS_URL,
    merchantId: SBPS_MERCHANT_ID,
    serviceId: SBPS_SERVICE_ID,
    hashKey: SBPS_HASH_KEY,
    desKey: SBPS_3DES_KEY,
    desIv: SBPS_3DES_IV,
  })
}
