/** A provider's message as a person may read it: its bytes as text, with what belongs to a customer or to nobody masked. */
import iconv from 'iconv-lite'

export const MASK = '***'
/** Longer bodies are cut: what is read on a screen is the beginning. */
const MOST_CHARACTERS = 20_000

/** Names of fields, in JSON, XML and forms alike. */
const PRIVATE_FIELD =
  /(^|_)(name|kana|tel|phone|mail|e-?mail|address|add\d|zip(_code)?|birth\w*|company|department|token(_key)?|security_code|cc_number|cc_expiration|sp_code|hash\w*|sps_hashcode|prefecture|prefectures)(_|$)|name$|kana$|mail$|zip$|^pan$/i
/** Fields whose name sounds private and is not. */
const PUBLIC_FIELD =
  /^(item_name|dtl_item_name|goods_name|site_name|shop_name|mail_link|carrier_name|pd_company_code)$/i
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
const PHONE = /(?<![\w-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\w-])/g

export function readableMessage(body: Uint8Array, contentType: string): string {
  const text = decode(body, contentType).slice(0, MOST_CHARACTERS)
  return maskFields(text).replace(EMAIL, MASK).replace(PHONE, MASK)
}

/** Providers of card and store payments write Shift_JIS and mean Windows code page 932. */
function decode(body: Uint8Array, contentType: string): string {
  const isShiftJis =
    /charset="?(shift[_-]?jis|windows-31j|cp932|ms932|sjis)/i.test(contentType) ||
    /encoding=["']shift[_-]jis/i.test(Buffer.from(body.subarray(0, 100)).toString('latin1'))
  return isShiftJis ? iconv.decode(body, 'cp932') : Buffer.from(body).toString('utf8')
}

function maskFields(text: string): string {
  const start = text.trimStart()
  if (start.startsWith('<')) return maskXml(text)
  if (start.startsWith('{') || start.startsWith('[')) return maskJson(text)
  if (/^[\w.-]+=/.test(start)) return maskForm(text)
  return text
}

function isPrivate(field: string): boolean {
  return PRIVATE_FIELD.test(field) && !PUBLIC_FIELD.test(field)
}

/** A private element keeps its tags. What the provider encrypted is unreadable already and stays. */
function maskXml(text: string): string {
  return text.replace(
    /<([\w.-]+)((?:\s[^<>]*)?)>([^<]*)(?=<\/)/g,
    (whole, field: string, attributes: string, value: string) =>
      value.trim() === '' || !isPrivate(field) || isCiphertext(value.trim()) ? whole : `<${field}${attributes}>${MASK}`,
  )
}

/** Kept as written where possible; what is not JSON after all, or was cut, is masked field by field. */
function maskJson(text: string): string {
  return text.replace(
    /"([\w.-]+)"(\s*:\s*)("(?:[^"\\]|\\.)*"?|-?\d[\d.]*)/g,
    (whole, field: string, colon: string, value: string) =>
      value === '""' || !isPrivate(field) ? whole : `"${field}"${colon}"${MASK}"`,
  )
}

function maskForm(text: string): string {
  return text
    .split('&')
    .map((pair) => {
      const [field = ''] = pair.split('=', 1)
      const value = pair.slice(field.length + 1)
      return value !== '' && isPrivate(field) && !isCiphertext(decodeURIComponentSafely(value))
        ? `${field}=${MASK}`
        : pair
    })
    .join('&')
}

function decodeURIComponentSafely(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** Base64 of whole Triple-DES blocks that are no text: plain base64 of a name would be. */
function isCiphertext(value: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value) || value.length < 12 || value.length % 4 !== 0) return false
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length % 8 !== 0) return false
  const text = iconv.decode(bytes, 'cp932')
  // eslint-disable-next-line no-control-regex -- ciphertext is told from text by exactly these
  return /[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/.test(text)
}
