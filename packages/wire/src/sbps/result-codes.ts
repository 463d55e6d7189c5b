/** What an SBPS error code `mmm tt iii` (method, type, item) means, and whose matter it is. */

import { findTagName } from './tags.ts'

/** Who can do something: the customer, the merchant's contract or settings, SBPS (ask again later), or our software. */
export type ResultClass = 'customer' | 'merchant_setting' | 'provider' | 'ours'

export type ResultMeaning = { readonly class: ResultClass; readonly ja: string; readonly en: string }

export type ResultCode = ResultMeaning & {
  readonly method: string
  readonly type: string
  readonly item: string
  /** Stable key for labels, e.g. `sbps.card.41` or `sbps.common.09`. */
  readonly messageKey: string
  /** The tag that the code complains about, when it names one. */
  readonly tag?: string
}

export const SBPS_METHODS: Readonly<Record<string, string>> = {
  '101': 'card',
  '304': 'yahoo_wallet',
  '305': 'rakuten',
  '306': 'paypal',
  '307': 'yahoo_digital',
  '309': 'recruit',
  '310': 'line_pay',
  '311': 'paypay',
  '313': 'wallet_type_y',
  '314': 'merpay',
  '315': 'amazon_pay',
  '316': 'epos',
  '401': 'd_payment',
  '402': 'au',
  '405': 'softbank_b',
  '406': 'au_pay',
  '510': 'alipay',
  '513': 'prepaid',
  '514': 'unionpay',
  '601': 'apple_pay',
  '604': 'google_pay',
  '701': 'convenience_store',
  '702': 'bank_transfer',
  '703': 'payeasy',
  '710': 'np_postpaid',
  '805': 'eikyufumetsu',
  '806': 't_point',
  '912': 'mail_link',
  '999': 'common',
}

const COMMON: Readonly<Record<string, ResultMeaning>> = {
  '00': ours('電文の形式が不正です', 'The message is malformed'),
  '01': setting('この決済手段は契約にありません', 'The payment method is not enabled in the contract'),
  '02': ours('機能IDが不正です', 'Unknown function id'),
  '03': ours('必須項目がありません', 'A required field is missing'),
  '04': ours('使えない文字があります', 'A field has characters of the wrong class'),
  '05': ours('項目が長すぎます', 'A field is too long'),
  '06': ours('項目の書式が違います', 'A field has the wrong format'),
  '07': ours('項目の値が定義の外です', 'A field has a value outside those defined'),
  '09': setting('チェックサムが一致しません', 'The checksum does not match: check the hash key'),
  '10': ours('リクエストの有効時間を過ぎています', 'The request is older than its limit'),
  '11': ours('処理SBPSトランザクションIDが見つかりません', 'Unknown transaction id'),
  '12': ours('処理トラッキングIDが見つかりません', 'Unknown tracking id'),
  '13': ours('指定できない項目があります', 'A field must not be given'),
  '14': setting('マーチャントID・サービスIDが違います', 'Unknown merchant or service id'),
  '80': provider('決済会社側のシステムエラーです', 'System error at the gateway'),
  '81': ours('決済会社側のパラメータエラーです', 'Parameter error at the gateway'),
  '83': ours('決済会社側に取引がありません', 'The gateway does not find the record'),
  '84': provider('決済機関の応答が不正です', 'The institution answered wrongly'),
  '85': provider('決済機関に接続できません', 'The institution cannot be reached'),
  '86': provider('決済機関のシステムエラーです', 'System error at the institution'),
  '90': provider('決済会社のシステムエラーです', 'System error of the API'),
  '92': provider('決済会社内で接続できません', 'The gateway cannot be reached'),
  '93': customer('再入力の回数を超えました', 'Too many attempts'),
  '94': ours('決済が完了していません', 'The payment is not completed'),
  '95': ours('登録カードの状態が合いません', 'The stored-customer state does not fit'),
  '96': ours('注文番号と枝番が重複しています', 'Order id and branch number were used before'),
  '97': ours('返金番号が重複しています', 'The refund number was used before'),
  '98': ours('永久トークンの状態が合いません', 'The permanent-token state does not fit'),
}

const CARD: Readonly<Record<string, ResultMeaning>> = {
  '20': customer('不正利用の疑いでカード会社に断られました', 'Refused by the fraud filter'),
  '21': provider('カードセンターのエラーです', 'Card centre error'),
  '22': customer('カードの限度額を超えています', 'The card limit is exceeded'),
  '23': customer('このカードは使えません', 'The card cannot be used'),
  '24': customer('暗証番号が違います', 'Wrong PIN'),
  '25': customer('カードの利用回数を超えています', 'The card was used too often'),
  '26': customer('このカードは取り扱えません', 'The card is not accepted'),
  '27': customer('カード番号または有効期限が違います', 'Card number or expiry is wrong'),
  '28': customer('取り扱えない取引です', 'The dealing is not accepted'),
  '29': customer('ボーナス払いが使えません', 'Bonus payment is not possible'),
  '30': customer('ボーナス払いの回数が使えません', 'The number of bonus payments is not possible'),
  '31': customer('ボーナス払いの月が使えません', 'The bonus month is not possible'),
  '32': customer('ボーナス払いの金額が使えません', 'The bonus amount is not possible'),
  '33': customer('分割払いが使えません', 'Instalments are not possible'),
  '34': customer('分割回数が使えません', 'The number of instalments is not possible'),
  '35': customer('分割払いの金額に足りません', 'The amount is too small for instalments'),
  '36': customer('カード会社に断られました', 'Refused by the card company'),
  '37': setting('自動売上の契約のため売上要求は不要です', 'Automatic sales: no capture is needed'),
  '38': setting('ファイルでの処理が必要です', 'The processing must be done by file'),
  '39': ours('与信がありません', 'There is no authorization'),
  '40': ours('すでに取り消されています', 'It is already cancelled'),
  '41': ours('すでに売上確定しています', 'It is already captured'),
  '42': ours('売上確定の期限を過ぎています', 'The capture period is over'),
  '43': setting('ファイルでの処理が必要です', 'The processing must be done by file'),
  '44': ours('与信がありません', 'There is no authorization'),
  '45': ours('すでに取り消されています', 'It is already cancelled'),
  '46': ours('すでに返金されています', 'It is already refunded'),
  '47': ours('継続課金が続いています', 'The recurring charge is active'),
  '49': ours('返金で処理してください', 'Use a refund instead'),
  '50': ours('返金で処理してください', 'Use a refund instead'),
  '51': ours('与信がありません', 'There is no authorization'),
  '52': ours('すでに取り消されています', 'It is already cancelled'),
  '54': ours('継続課金が続いています', 'The recurring charge is active'),
  '56': ours('返金の期限を過ぎています', 'The refund period is over'),
  '57': ours('継続課金はすでに止まっています', 'The recurring charge is already stopped'),
  '58': ours('登録カードは継続課金に使われています', 'The stored card is in use by a recurring charge'),
  '59': ours('先に確定が必要です', 'Commit first'),
  '60': ours('処理はすでに終わっています', 'It is already finished'),
  '61': customer('セキュリティコードが違います', 'The security code is wrong'),
  '63': provider('スマートリンクのエラーです', 'SmartLink error'),
  '64': provider('スマートリンクのエラーです', 'SmartLink error'),
  ...Object.fromEntries(
    Array.from({ length: 13 }, (_, index) => [
      String(65 + index),
      customer('カード会社に断られました', 'Refused by the card company'),
    ]),
  ),
  '78': ours('カード登録の指定が違います', 'The save flag is wrong'),
  '79': ours('与信額を超えています', 'The amount is above the authorized amount'),
  K0: ours('売上確定の前は返金できません', 'No refund before capture'),
  K1: ours('返金額の合計が売上額を超えています', 'The refunds are above the captured amount'),
  K2: ours('保留中です', 'It is held'),
  K3: ours('カードブランドの指定が違います', 'The brand flag is wrong'),
  K4: ours('NG与信は変更できません', 'A refused authorization cannot be changed'),
  K5: ours('NG与信は変更できません', 'A refused authorization cannot be changed'),
  T1: ours('トークンを復号できません', 'The token cannot be decrypted'),
  T2: customer('トークンの期限が切れています。もう一度入力してください', 'The token has expired: enter the card again'),
  ...Object.fromEntries(
    Array.from({ length: 7 }, (_, index) => [
      `W${index}`,
      provider('ほかの処理が進行中です', 'Another operation is in progress'),
    ]),
  ),
}

const CONVENIENCE_STORE: Readonly<Record<string, ResultMeaning>> = {
  '20': provider('コンビニ収納センターが混み合っています', 'The collection centre is busy'),
  '21': provider('コンビニ収納センターが停止中です', 'The collection centre is under maintenance'),
  '22': provider('コンビニ収納センターのエラーです', 'Error at the collection centre'),
  '23': ours('支払期限が使えません', 'The due date is not possible'),
  // Assumed, with the billing cancel: the types that the other methods use for the same refusals.
  '40': ours('すでに取り消されているか期限切れです', 'It is already cancelled or expired'),
  '41': ours('すでに支払われています', 'It is already paid'),
}

/** Undefined when the text is not an error code at all; an unknown type is the provider's until someone names it. */
export function explainResultCode(code: string): ResultCode | undefined {
  const match = /^(\d{3})([0-9A-Z]{2})(\d{3})$/.exec(code)
  if (!match) return undefined
  const [method, type, item] = [match[1]!, match[2]!, match[3]!]
  const tag = findTagName(method, item)
  const base = { method, type, item, ...(tag === undefined ? {} : { tag }) }
  const own = ownTable(method)
  if (own && Object.hasOwn(own.meanings, type)) {
    return { ...base, ...own.meanings[type]!, messageKey: `sbps.${own.name}.${type}` }
  }
  if (Object.hasOwn(COMMON, type)) return { ...base, ...COMMON[type]!, messageKey: `sbps.common.${type}` }
  return { ...base, ...provider('不明なエラーです', 'Unknown error'), messageKey: 'sbps.unknown' }
}

/** Every key a screen needs words for, with words in both languages. */
export function listResultMeanings(): { messageKey: string; meaning: ResultMeaning }[] {
  const rows = (name: string, meanings: Readonly<Record<string, ResultMeaning>>) =>
    Object.entries(meanings).map(([type, meaning]) => ({ messageKey: `sbps.${name}.${type}`, meaning }))
  return [
    ...rows('common', COMMON),
    ...rows('card', CARD),
    ...rows('convenience_store', CONVENIENCE_STORE),
    { messageKey: 'sbps.unknown', meaning: provider('不明なエラーです', 'Unknown error') },
  ]
}

function ownTable(method: string) {
  if (method === '101') return { name: 'card', meanings: CARD }
  return method === '701' ? { name: 'convenience_store', meanings: CONVENIENCE_STORE } : undefined
}

function customer(ja: string, en: string): ResultMeaning {
  return { class: 'customer', ja, en }
}

function setting(ja: string, en: string): ResultMeaning {
  return { class: 'merchant_setting', ja, en }
}

function provider(ja: string, en: string): ResultMeaning {
  return { class: 'provider', ja, en }
}

function ours(ja: string, en: string): ResultMeaning {
  return { class: 'ours', ja, en }
}
