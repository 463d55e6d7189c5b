/** The code that lets make the first merchant: told once to whoever runs the server, kept as a hash, gone with its use. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/client.ts'
import { hasMerchant, type Installation, lockInstallation, putSetupCode } from '../../db/installation.ts'

export type SetupCodeDeps = {
  readonly db: Pick<Db, 'owner'>
  readonly clock: Clock
  /** Nothing a person could guess; the composition root hands it in. */
  readonly makeCode: () => string
}

const VALID_MS = 24 * 60 * 60 * 1000

/** A new one in place of the last; undefined once there is a merchant. */
export function makeSetupCode({ db, clock, makeCode }: SetupCodeDeps): Promise<string | undefined> {
  return db.owner.transaction().execute(async (tx) => {
    await lockInstallation(tx)
    if (await hasMerchant(tx)) return undefined
    const code = makeCode()
    await putSetupCode(tx, { hash: hashOf(code), expiresAt: new Date(clock.now().getTime() + VALID_MS) })
    return code
  })
}

export function isSetupCode(typed: string, { setupCodeHash, setupCodeExpiresAt }: Installation, now: Date): boolean {
  if (setupCodeHash === null || setupCodeExpiresAt === null || setupCodeExpiresAt <= now) return false
  return timingSafeEqual(hashOf(typed), setupCodeHash)
}

/** Typed from paper: spaces and capitals make no difference. */
function hashOf(code: string): Buffer {
  return createHash('sha256').update(code.replace(/\s/g, '').toLowerCase()).digest()
}
