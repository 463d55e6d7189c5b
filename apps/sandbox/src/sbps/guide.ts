/** The SBPS part of the page that tells what can be typed. */
import type { GuideSection } from '../console/guide.ts'
import { STORE_STEERING } from './store-customers.ts'
import { ERROR_AMOUNT_TYPES, STORE_ERROR_AMOUNT_TYPES, TEST_CARDS } from './test-cards.ts'

export const SBPS_GUIDE: readonly GuideSection[] = [
  {
    ja: 'カード番号',
    en: 'Card numbers',
    assumed: true,
    rows: TEST_CARDS.map(({ number, ja, en }) => ({ typed: number, ja, en })),
  },
  {
    ja: '金額(カード・コンビニ)',
    en: 'Amounts (card and convenience store)',
    assumed: true,
    rows: [
      {
        typed: '9,000,0tt',
        ja: `カード: エラー種別 tt になる(${ERROR_AMOUNT_TYPES.join(' ')})`,
        en: `Card: ends in error type tt (${ERROR_AMOUNT_TYPES.join(' ')})`,
      },
      {
        typed: '9,000,0tt',
        ja: `コンビニ: エラー種別 tt になる(${STORE_ERROR_AMOUNT_TYPES.join(' ')})`,
        en: `Convenience store: ends in error type tt (${STORE_ERROR_AMOUNT_TYPES.join(' ')})`,
      },
    ],
  },
  {
    ja: 'コンビニ払いのお客様(メールアドレスまたは氏名の先頭)',
    en: 'Convenience-store customers (start of the e-mail or the name)',
    assumed: true,
    rows: [
      ...Object.values(STORE_STEERING).map(({ mail, name, ja, en }) => ({ typed: `${mail}+…@… / ${name}…`, ja, en })),
      {
        typed: '(other)',
        ja: '0~6日後の8~23時に支払う。一部は期限日に、または支払わない',
        en: 'Pays within six days between 8 and 23 o’clock; some on the due date, some never',
      },
    ],
  },
  {
    ja: '通信障害(コンビニのメール、または顧客ID・free1)',
    en: 'Trouble on the line (e-mail, or cust_code or free1 for cards)',
    rows: [
      { typed: 'timeout+…', ja: '処理したのち36秒応答しない', en: 'Processed, answered only after 36 seconds' },
      { typed: 'drop+…', ja: '処理したのち接続を切る', en: 'Processed, then the connection is cut' },
      { typed: 'error500+…', ja: '処理せずHTTP 500', en: 'HTTP 500, nothing processed' },
    ],
  },
]
