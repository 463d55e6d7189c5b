/** Codes from an app beside the password: the library keeps and checks them, we say what came of it in our own errors. */
import { APIError } from 'better-auth/api'
import { AppError } from '../core/app-error.ts'
import type { ErrorCode } from '@choba/shared/errors.ts'
import type { Auth } from './auth.ts'

/** The library gives the session a new token with each change: the cookies go back with the answer. */
type Given<T> = T & { readonly cookies: readonly string[] }

export type SecondFactor = {
  /** Not yet asked for: only a code proves that the app has the secret. @throws AppError auth.invalid, second_factor.set_up */
  start(headers: Headers, password: string): Promise<Given<{ uri: string; backupCodes: string[] }>>
  /** @throws AppError second_factor.wrong_code */
  confirm(headers: Headers, code: string): Promise<Given<object>>
  /** @throws AppError auth.invalid */
  stop(headers: Headers, password: string): Promise<Given<object>>
  /** The old ones open nothing any more. @throws AppError auth.invalid */
  renewBackupCodes(headers: Headers, password: string): Promise<{ backupCodes: string[] }>
}

export function createSecondFactor({ api }: Auth): SecondFactor {
  return {
    async start(headers, password) {
      const { response, headers: answered } = await said('auth.invalid', () =>
        api.enableTwoFactor({ headers, body: { password, method: 'totp' }, returnHeaders: true }),
      )
      if (!('totpURI' in response)) throw new Error('the library makes a secret for an app')
      return { uri: response.totpURI, backupCodes: response.backupCodes, cookies: answered.getSetCookie() }
    },
    async confirm(headers, code) {
      const { headers: answered } = await said('second_factor.wrong_code', () =>
        api.verifyTOTP({ headers, body: { code }, returnHeaders: true }),
      )
      return { cookies: answered.getSetCookie() }
    },
    async stop(headers, password) {
      const { headers: answered } = await said('auth.invalid', () =>
        api.disableTwoFactor({ headers, body: { password }, returnHeaders: true }),
      )
      return { cookies: answered.getSetCookie() }
    },
    async renewBackupCodes(headers, password) {
      const { backupCodes } = await said('auth.invalid', () => api.generateBackupCodes({ headers, body: { password } }))
      return { backupCodes }
    },
  }
}

async function said<T>(refusal: ErrorCode, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    const code: unknown = error.body?.code
    if (code === 'TOTP_ALREADY_ENABLED') throw new AppError('second_factor.set_up')
    if (code === 'TOTP_NOT_ENABLED') throw new AppError('second_factor.not_set_up')
    if (error.statusCode === 429) throw new AppError('auth.too_many_attempts')
    if (error.statusCode >= 500) throw error
    throw new AppError(code === 'UNAUTHORIZED' ? 'auth.required' : refusal)
  }
}
