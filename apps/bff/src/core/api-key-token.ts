/** Tokens of API keys: long random words that are kept as their hash only. */
import { createHash, randomBytes } from 'node:crypto'

/** Searchable by scanners of leaked secrets. */
const MARK = 'choba_'
const TOKEN_BYTES = 32
const HINT_LENGTH = MARK.length + 6

export const API_KEY_TOKEN = /^choba_[\w-]{43}$/

export type NewToken = { readonly token: string; readonly hint: string; readonly hash: Buffer }

export function makeToken(): NewToken {
  const token = `${MARK}${randomBytes(TOKEN_BYTES).toString('base64url')}`
  return { token, hint: token.slice(0, HINT_LENGTH), hash: hashToken(token) }
}

/** 256 random bits cannot be guessed: one round of SHA-256 is enough, and quick on every request. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
