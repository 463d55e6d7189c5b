import { createHmac, randomBytes } from 'node:crypto'
import { deriveKey } from '../core/secret-box.ts'

/** Without 0 o 1 l i u v: read aloud and typed from paper without doubt. 25 letters. */
const LETTERS = 'abcdefghjkmnpqrstwxyz2345'
const GROUPS = 4
const GROUP_LENGTH = 4

/** A password nobody has to remember, such as `kmp3-xw2h-tdaz-qe4n` (74 bits). */
export function randomPassword(): string {
  return spell(randomBytes(32))
}

/** The same password for the same person on every start, unknown without CHOBA_SECRET. */
export function derivedPassword(secret: string, email: string): string {
  return spell(createHmac('sha256', deriveKey(secret, 'demo-passwords')).update(email).digest())
}

/** Bytes of 250 and above are skipped, so that every letter is equally likely. */
function spell(bytes: Buffer): string {
  const letters = [...bytes].filter((byte) => byte < 250).map((byte) => LETTERS.charAt(byte % LETTERS.length))
  const groups = Array.from({ length: GROUPS }, (_, group) =>
    letters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join(''),
  )
  return groups.join('-')
}
