/** Carriers by NP's code (`pd_company_code`), with the slip number's shape where the carrier publishes one. */

export type Carrier = { code: string; ja: string; en: string; slipPattern?: RegExp; trackable: boolean }

/** Numbers are compared without hyphens and spaces. */
const TWELVE_DIGITS = /^\d{12}$/
/** Registered mail and 翌朝10時郵便 carry 11 to 13 digits, depending on the label. */
const POST_DIGITS = /^\d{11,13}$/

export const CARRIERS: readonly Carrier[] = [
  { code: '50000', ja: '佐川急便', en: 'Sagawa Express', slipPattern: TWELVE_DIGITS, trackable: true },
  { code: '59010', ja: 'ヤマト運輸', en: 'Yamato Transport', slipPattern: TWELVE_DIGITS, trackable: true },
  { code: '59020', ja: '日本通運', en: 'Nippon Express', trackable: true },
  { code: '59030', ja: '西濃運輸', en: 'Seino Transportation', trackable: true },
  {
    code: '59040',
    ja: '日本郵便（書留）',
    en: 'Japan Post, registered mail',
    slipPattern: POST_DIGITS,
    trackable: true,
  },
  {
    code: '59041',
    ja: '日本郵便（ゆうパック）',
    en: 'Japan Post, Yu-Pack',
    slipPattern: TWELVE_DIGITS,
    trackable: true,
  },
  {
    code: '59042',
    ja: '日本郵便（翌朝10時郵便）',
    en: 'Japan Post, next morning 10 o’clock',
    slipPattern: POST_DIGITS,
    trackable: true,
  },
  {
    code: '59043',
    ja: '日本郵便（ゆうパケット）',
    en: 'Japan Post, Yu-Packet',
    slipPattern: TWELVE_DIGITS,
    trackable: true,
  },
  { code: '59050', ja: 'セイノースーパーエクスプレス', en: 'Seino Super Express', trackable: true },
  { code: '59060', ja: '福山通運', en: 'Fukuyama Transporting', trackable: true },
  { code: '59080', ja: '新潟運輸', en: 'Niigata Unyu', trackable: true },
  { code: '59090', ja: '名鉄運輸', en: 'Meitetsu Transport', trackable: true },
  { code: '59100', ja: 'トナミ運輸', en: 'Tonami Transportation', trackable: true },
  { code: '59110', ja: '信州名鉄運輸', en: 'Shinshu Meitetsu Transport', trackable: true },
  { code: '59140', ja: 'トールエクスプレスジャパン', en: 'Toll Express Japan', trackable: true },
  { code: '59150', ja: 'エコ配', en: 'Ecohai', trackable: true },
  { code: '59160', ja: 'JADクーリエ', en: 'JAD Courier', trackable: true },
  { code: '55555', ja: 'ご契約運送会社', en: 'Contracted carrier (no tracking)', trackable: false },
]

const BY_CODE = new Map(CARRIERS.map((carrier) => [carrier.code, carrier]))

export function findCarrier(code: string): Carrier | undefined {
  return BY_CODE.get(code)
}

/** NP itself accepts 1–20 half-width letters, digits and hyphens. */
export function isSlipNumber(slipNumber: string): boolean {
  return /^[0-9A-Za-z-]{1,20}$/.test(slipNumber)
}

/** A warning for a person, not a refusal: does the number look like one of this carrier's? Unknown carriers and shapes count as fitting. */
export function slipNumberFitsCarrier(carrierCode: string, slipNumber: string): boolean {
  const pattern = findCarrier(carrierCode)?.slipPattern
  return pattern === undefined || pattern.test(slipNumber.replaceAll('-', ''))
}
