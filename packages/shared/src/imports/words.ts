/** Fields whose cells are words: what each may mean, and by which words it is known without being told. */
import { METHODS, SITES } from '../methods.ts'
import { headerKey } from './kinds.ts'
import type { ImportKind } from './names.ts'

/** How a past sale ended, or how far it came. */
export const HISTORY_STATES = ['sold', 'paid_out', 'refunded', 'cancelled', 'expired', 'rejected'] as const
export type HistoryState = (typeof HISTORY_STATES)[number]

/** Rows with this word are left out: another method, or a state that is no sale yet. */
export const SKIP_WORD = 'skip'
/** Where year, month and day stand in a day whose year does not come first. */
export const DAY_ORDERS = ['ymd', 'mdy', 'dmy'] as const
export type DayOrder = (typeof DAY_ORDERS)[number]

/** How a file says things: kept with the mapping of its columns. */
export type ImportReading = {
  readonly days?: DayOrder | undefined
  /** Field → word (as `headerKey` folds it) → what it means. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined
}

/** By kind: the fields that are words, and what they may mean. */
export const WORD_FIELDS: Readonly<Record<ImportKind, Readonly<Record<string, readonly string[]>>>> = {
  orders: { invoice: ['separate', 'bundled'], site: SITES },
  history: { method: METHODS, state: HISTORY_STATES },
  provider_list: { method: METHODS, state: HISTORY_STATES },
  slips: {},
}

const KNOWN_WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  method: {
    np_postpaid: ['NP後払い', 'NP後払いwiz', '後払い', 'NP postpaid'],
    card: ['クレジットカード', 'クレジット', 'クレジットカード決済', 'カード', 'カード決済', 'credit card'],
    convenience_store: [
      'コンビニ',
      'コンビニ決済',
      'コンビニ払い',
      'コンビニ支払い',
      'コンビニエンスストア決済',
      'convenience store',
    ],
  },
  state: {
    sold: ['売上', '売上確定', '売上済', '出荷済', '出荷済み', '発送済', '発送済み', '着荷済', 'shipped', 'captured'],
    paid_out: ['立替払い済', '立替払済', '精算済', '振込済', 'paid out'],
    refunded: ['返金', '返金済', '返金済み', '返品', '返品済'],
    cancelled: ['キャンセル', 'キャンセル済', '取消', '取消済', 'canceled'],
    expired: ['期限切れ', '支払期限切れ', '与信期限切れ'],
    rejected: ['与信NG', '審査NG', 'NG', '否認', 'declined'],
  },
}

/** What a word means by itself; undefined where a person has to say. Words that carts use for different things are not guessed. */
export function knownWord(field: string, word: string): string | undefined {
  const key = headerKey(word)
  if (key === '') return undefined
  return Object.entries(KNOWN_WORDS[field] ?? {}).find(([value, words]) =>
    [value, ...words].some((each) => headerKey(each) === key),
  )?.[0]
}
