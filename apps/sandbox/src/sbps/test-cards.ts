/** Outcomes by card number and by amount: all assumed, chosen so that a person can type every case. */
import { dayOf } from '@choba/shared/dates.ts'
import type { CardFace } from './records.ts'

type TestCard = { readonly number: string; readonly refusal?: string; readonly ja: string; readonly en: string }

export const TEST_CARDS: readonly TestCard[] = [
  { number: '4111111111111111', ja: 'Visa、与信OK', en: 'Visa, approved' },
  { number: '4242424242424242', ja: 'Visa、与信OK', en: 'Visa, approved' },
  { number: '5555555555554444', ja: 'Mastercard、与信OK', en: 'Mastercard, approved' },
  { number: '3530111333300000', ja: 'JCB、与信OK', en: 'JCB, approved' },
  { number: '378282246310005', ja: 'American Express、与信OK', en: 'American Express, approved' },
  { number: '30569309025904', ja: 'Diners、与信OK', en: 'Diners, approved' },
  {
    number: '4000000000000341',
    ja: 'Visa、初回は与信OK、2回目以降は25日から月末まで限度額オーバー(22)',
    en: 'Visa, approved at first; later charges exceed the limit from the 25th to the end of the month (22)',
  },
  { number: '4000000000000002', refusal: '36', ja: 'カード会社が拒否(36)', en: 'Refused by the card company (36)' },
  { number: '4000000000009995', refusal: '22', ja: '限度額オーバー(22)', en: 'Limit exceeded (22)' },
  { number: '4000000000009987', refusal: '23', ja: '紛失・盗難カード(23)', en: 'Lost or stolen card (23)' },
  { number: '4000000000000069', refusal: '27', ja: '番号・期限の誤り(27)', en: 'Wrong number or expiry (27)' },
  { number: '4000000000000127', refusal: '61', ja: 'セキュリティコード誤り(61)', en: 'Wrong security code (61)' },
  { number: '4000000000000119', refusal: '21', ja: 'カードセンターエラー(21)', en: 'Card centre error (21)' },
  { number: '4100000000000019', refusal: '20', ja: '不正利用検知(20)', en: 'Fraud filter (20)' },
]

const LIMIT_AT_MONTH_END = '0341'

/** 9,000,0tt yen ends in error type tt. */
const ERROR_AMOUNT_BASE = 9_000_000
export const ERROR_AMOUNT_TYPES: readonly string[] =
  '20 21 22 23 24 25 26 27 28 36 61 65 66 67 68 69 70 80 84 85 86 90 92'.split(' ')

/** The same for convenience stores, whose own types are fewer. */
export const STORE_ERROR_AMOUNT_TYPES: readonly string[] = ['20', '21', '22', '80', '84', '85', '86', '90', '92']

export function refusalByAmount(amountYen: number, types: readonly string[]): string | undefined {
  return types.find((type) => amountYen === ERROR_AMOUNT_BASE + Number(type))
}

export function faceOf(number: string, expiration: string): CardFace {
  return { brand: brandOf(number), last4: number.slice(-4), expiration }
}

/** The error type that a card ends in, or undefined when it is good. */
export function refusalByCard(number: string, expiration: string, now: Date): string | undefined {
  if (!/^\d{12,19}$/.test(number) || !luhnHolds(number)) return '27'
  if (!/^\d{4}(0[1-9]|1[0-2])$/.test(expiration) || isExpired(expiration, now)) return '27'
  return TEST_CARDS.find((card) => card.number === number)?.refusal
}

/** A card on which something was charged before: expired by now, or its limit used up towards the end of the month. */
export function refusalLater({ last4, expiration }: CardFace, now: Date): string | undefined {
  if (isExpired(expiration, now)) return '27'
  return last4 === LIMIT_AT_MONTH_END && Number(dayOf(now).slice(8)) >= 25 ? '22' : undefined
}

/** A card is good to the end of its month. */
export function isExpired(expiration: string, now: Date): boolean {
  return expiration < dayOf(now).slice(0, 7).replace('-', '')
}

/** 10035 and 99665 were seen with test cards; the others are assumed. */
export function companyCodeOf(brand: string): string {
  const codes: Readonly<Record<string, string>> = { V: '10035', M: '99665', J: '10001', A: '10045', D: '10009' }
  return codes[brand] ?? '99999'
}

function brandOf(number: string): string {
  if (number.startsWith('4')) return 'V'
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'M'
  if (number.startsWith('35')) return 'J'
  if (/^3[47]/.test(number)) return 'A'
  if (/^3(0[0-5]|[689])/.test(number)) return 'D'
  return 'X'
}

function luhnHolds(number: string): boolean {
  let sum = 0
  for (let at = 0; at < number.length; at += 1) {
    const digit = Number(number[number.length - 1 - at])
    const counted = at % 2 === 1 ? digit * 2 : digit
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum % 10 === 0
}
