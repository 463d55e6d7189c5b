/** What a person can type to steer a transaction: in the e-mail's local part, the customer's name, or the amount. */
import { HOLD_REASONS, NG_REASONS } from '@choba/wire/np/hold-reasons.ts'
import type { NpTransaction } from '@choba/wire/np/messages.ts'
import { withoutFault } from './faults.ts'

export type SteeredScreening =
  | { readonly result: 'approved' }
  | { readonly result: 'on_hold'; readonly codes: readonly string[]; readonly stays: boolean }
  | { readonly result: 'rejected'; readonly code: string }

export type Steering = {
  readonly screening?: SteeredScreening
  /** Under review for some hours before anything else. */
  readonly review: boolean
  readonly payment?: 'early' | 'late' | 'never'
  readonly arrival?: 'slow' | 'never'
  /** A dispute opens when the parcel arrives; one that `settles` ends by itself. */
  readonly dispute?: 'stays' | 'settles'
  /** The bar code by e-mail instead of paper. */
  readonly electronic: boolean
}

const HOLD_CODES = new Set(HOLD_REASONS.map((reason) => reason.code))
const NG_CODES = new Set(NG_REASONS.map((reason) => reason.code))
/** Words about what comes after the approval. */
const APPROVING: readonly string[] = ['ok', 'early', 'late', 'never', 'slow', 'lost', 'dispute', 'electronic']
const DEFAULT_HOLD = 'RE009'
const DEFAULT_NG = 'NG999'
const NOTHING: Steering = { review: false, electronic: false }

/** Amounts that nobody orders by accident: 1,0xx is hold RE0xx, 1,9xx rejected, 1,040 under review. */
export const STEERING_AMOUNTS: ReadonlyMap<number, string> = new Map([
  ...HOLD_REASONS.map((reason): [number, string] => [1_000 + Number(reason.code.slice(2)), reason.code]),
  [1_901, 'NG001'],
  [1_902, 'NG002'],
  [1_999, 'NG999'],
  [1_040, 'review'],
])

export const STEERING_NAMES: readonly (readonly [word: string, token: string])[] = [
  ['審査中', 'review'],
  ['保留', DEFAULT_HOLD],
  ['与信NG', DEFAULT_NG],
]

export function steeringOf(transaction: NpTransaction): Steering {
  const tokens =
    emailTokens(transaction.customer.email) ??
    nameTokens(transaction.customer.name) ??
    amountTokens(transaction.billedAmountYen)
  return tokens ? fromTokens(tokens) : NOTHING
}

function emailTokens(email: string): string[] | undefined {
  const local = withoutFault(email.slice(0, email.lastIndexOf('@'))).toLowerCase()
  if (local === 'ok') return ['ok']
  const plus = local.indexOf('+')
  if (plus <= 0) return undefined
  const tokens = local.slice(0, plus).split('-')
  return tokens.every(isToken) ? tokens : undefined
}

function nameTokens(name: string): string[] | undefined {
  const plain = name.normalize('NFKC')
  const found = STEERING_NAMES.find(([word]) => plain.includes(word))
  return found && [found[1].toLowerCase()]
}

function amountTokens(amountYen: number): string[] | undefined {
  const token = STEERING_AMOUNTS.get(amountYen)
  return token === undefined ? undefined : [token.toLowerCase()]
}

function isToken(token: string): boolean {
  const words = ['hold', 'stays', 'ng', 'review', 'settles']
  return (
    words.includes(token) ||
    APPROVING.includes(token) ||
    HOLD_CODES.has(token.toUpperCase()) ||
    NG_CODES.has(token.toUpperCase())
  )
}

function fromTokens(tokens: readonly string[]): Steering {
  const has = (token: string) => tokens.includes(token)
  const screening = screeningFrom(tokens)
  const payment = (['early', 'late', 'never'] as const).find(has)
  const arrival = has('slow') ? ('slow' as const) : has('lost') ? ('never' as const) : undefined
  return {
    review: has('review'),
    electronic: has('electronic'),
    ...(has('dispute') ? { dispute: has('settles') ? ('settles' as const) : ('stays' as const) } : {}),
    ...(screening ? { screening } : {}),
    ...(payment ? { payment } : {}),
    ...(arrival ? { arrival } : {}),
  }
}

function screeningFrom(tokens: readonly string[]): SteeredScreening | undefined {
  const upper = tokens.map((token) => token.toUpperCase())
  const ng = upper.find((token) => NG_CODES.has(token)) ?? (tokens.includes('ng') ? DEFAULT_NG : undefined)
  if (ng !== undefined) return { result: 'rejected', code: ng }
  const holds = upper.filter((token) => HOLD_CODES.has(token))
  const codes = holds.length > 0 ? holds : tokens.includes('hold') ? [DEFAULT_HOLD] : []
  if (codes.length > 0) return { result: 'on_hold', codes, stays: tokens.includes('stays') }
  return APPROVING.some((token) => tokens.includes(token)) ? { result: 'approved' } : undefined
}
