/** The NP part of the page that tells what can be typed. */
import { HOLD_REASONS, NG_REASONS } from '@choba/wire/np/hold-reasons.ts'
import type { GuideRow, GuideSection } from '../console/guide.ts'
import { FAULT_CALLS, REFUSAL_CODES } from './faults.ts'
import { STEERING_AMOUNTS, STEERING_NAMES } from './steering.ts'

const EMAIL_ROWS: readonly GuideRow[] = [
  {
    typed: 'ok+taro@example.jp',
    ja: '与信OK(限度額も見ない)。ok@… も同じ',
    en: 'Approved, whatever the limit; ok@… does the same',
  },
  {
    typed: 'hold-re009+taro@example.jp',
    ja: '保留 RE009。該当項目を修正して再審査するとOK',
    en: 'On hold for RE009; approved once the field is corrected',
  },
  { typed: 'hold-re009-re014+taro@example.jp', ja: '複数の理由で保留', en: 'On hold for several reasons' },
  { typed: 'hold-re009-stays+taro@example.jp', ja: '修正しても保留のまま', en: 'Stays on hold whatever is corrected' },
  { typed: 'ng001+taro@example.jp', ja: '与信NG(ng002、ng999 も可)', en: 'Rejected (ng002 and ng999 as well)' },
  {
    typed: 'review+taro@example.jp',
    ja: '審査中。3時間後に決まる(review-ng999+ など組合せ可)',
    en: 'Under review, decided three hours later (combine: review-ng999+)',
  },
  { typed: 'early+taro@example.jp', ja: '与信OK、期限内に支払う', en: 'Approved, pays before the due date' },
  { typed: 'late+taro@example.jp', ja: '与信OK、督促のあと遅れて支払う', en: 'Approved, pays late after reminders' },
  {
    typed: 'never+taro@example.jp',
    ja: '与信OK、支払わない(立替払いは行われる)',
    en: 'Approved, never pays; the replacement payment is made all the same',
  },
  {
    typed: 'slow+taro@example.jp',
    ja: '着荷確認が10日以上遅れる',
    en: 'Arrival is confirmed more than ten days later',
  },
  {
    typed: 'lost+taro@example.jp',
    ja: '着荷が確認されない(伝票番号 999999… も同じ)',
    en: 'Arrival is never confirmed; a slip number of nines does the same',
  },
  {
    typed: 'dispute+taro@example.jp',
    ja: '着荷と同時に係争が発生し、解決まで立替払いされない(/sandbox/np で解決)',
    en: 'A dispute opens on arrival; no replacement payment until it is settled at /sandbox/np',
  },
  { typed: 'dispute-settles+taro@example.jp', ja: '係争が21日後に解決', en: 'The dispute settles after 21 days' },
  {
    typed: 'electronic+taro@example.jp',
    ja: '着荷の翌営業日に電子バーコードの請求書をメールで送付',
    en: 'The invoice is a bar code by e-mail, on the next business day after the arrival',
  },
  {
    typed: 'timeout+ / drop+ / error500+',
    ja: '処理後に応答なし / 処理後に切断 / 処理せず500',
    en: 'Processed but answered too late / processed, then cut / 500 without processing',
  },
]

/** After these words others may follow: `drop-once-cancel+never+taro@example.jp`. */
const FAULT_ROWS: readonly GuideRow[] = [
  {
    typed: `drop-<${FAULT_CALLS.join('|')}>+taro@example.jp`,
    ja: 'その呼出しだけ(timeout、error500 も同じ)',
    en: 'At that call only (timeout and error500 as well)',
  },
  {
    typed: 'drop-once-cancel+never+taro@example.jp',
    ja: '最初の取消だけ切断。続く語も有効',
    en: 'Cuts the first cancellation only; the words after it count as well',
  },
  ...FAULT_CALLS.filter((call) => call === 'reregister' || call === 'cancel' || call === 'ship').map((call) => ({
    typed: `refuse-${call}+ / refuse-once-${call}+`,
    ja: `${REFUSAL_CODES[call]} で拒否 / 一度だけ拒否`,
    en: `Refused with ${REFUSAL_CODES[call]} / refused once`,
  })),
]

const DATA_ROWS: readonly GuideRow[] = [
  {
    typed: '住所に番地がない',
    ja: '保留 RE009(お届け先は RE015)',
    en: 'An address without numbers: held for RE009, delivery RE015',
  },
  {
    typed: '住所・会社名に「ホテル」「郵便局」「局留」',
    ja: '保留 RE014(お届け先は RE020)',
    en: 'Hotel or post office in the address: held for RE014, delivery RE020',
  },
  {
    typed: '090-0000-0000',
    ja: '電話番号の末尾7桁が同じ数字: 保留 RE021(お届け先は RE023)',
    en: 'Seven equal digits at the end of the phone: held for RE021, delivery RE023',
  },
  {
    typed: '商品名「テスト注文」「商品券」、送料のみ',
    ja: '保留 RE026',
    en: 'Test order, vouchers, shipping only: held for RE026',
  },
  {
    typed: '同じ氏名・電話番号で合計が限度額超',
    ja: '与信NG NG001(限度額は加盟店設定、既定54,000円)',
    en: 'Same name and phone over the limit in sum: rejected with NG001 (a setting, 54,000 yen by default)',
  },
]

export const NP_GUIDE: readonly GuideSection[] = [
  { ja: 'NP後払い: メールアドレス', en: 'NP postpaid: e-mail address', assumed: true, rows: EMAIL_ROWS },
  {
    ja: 'NP後払い: 氏名',
    en: 'NP postpaid: customer name',
    assumed: true,
    rows: STEERING_NAMES.map(([word, token]) => ({
      typed: `${word} 太郎`,
      ja: wordsFor(token).ja,
      en: wordsFor(token).en,
    })),
  },
  {
    ja: 'NP後払い: 請求金額',
    en: 'NP postpaid: billed amount',
    assumed: true,
    rows: [...STEERING_AMOUNTS].map(([amount, token]) => ({
      typed: `${amount.toLocaleString('ja-JP')}円`,
      ...wordsFor(token),
    })),
  },
  { ja: 'NP後払い: 呼出しごとの障害', en: 'NP postpaid: trouble at one call', assumed: true, rows: FAULT_ROWS },
  { ja: 'NP後払い: 内容そのもの', en: 'NP postpaid: the data themselves', assumed: true, rows: DATA_ROWS },
]

function wordsFor(token: string): { ja: string; en: string } {
  if (token === 'review') return { ja: '審査中', en: 'Under review' }
  const reason = [...HOLD_REASONS, ...NG_REASONS].find(({ code }) => code === token)
  return { ja: `${token} ${reason?.ja ?? ''}`, en: `${token} ${reason?.en ?? ''}` }
}
