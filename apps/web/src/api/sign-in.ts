/** The ways in: apart from the session, which every page reads before the first paint. */
import {
  BACKUP_CODE_SIGN_IN_PATH,
  CODE_SIGN_IN_PATH,
  PASSKEY_OPTIONS_PATH,
  PASSKEY_SIGN_IN_PATH,
} from '@choba/shared/contracts/security.ts'
import { request } from './call.ts'
import { readPasskey } from './passkey.ts'

/** @throws ApiError auth.invalid, auth.too_many_attempts */
export async function signIn(credentials: {
  readonly email: string
  readonly password: string
}): Promise<{ readonly asksForCode: boolean }> {
  const said = (await post('/api/auth/sign-in/email', credentials)) as { secondFactor?: true }
  return { asksForCode: said.secondFactor === true }
}

/** After the password. @throws ApiError second_factor.wrong_code */
export async function signInWithCode(code: string, isBackup: boolean): Promise<void> {
  await post(isBackup ? BACKUP_CODE_SIGN_IN_PATH : CODE_SIGN_IN_PATH, { code })
}

/** @throws ApiError passkey.not_accepted; what the browser throws when the person cancels */
export async function signInWithPasskey(): Promise<void> {
  const { options, challenge } = (await post(PASSKEY_OPTIONS_PATH, {})) as { options: object; challenge: string }
  await post(PASSKEY_SIGN_IN_PATH, { challenge, response: await readPasskey(options) })
}

/** @throws ApiError auth.invalid */
export async function changePassword(change: {
  readonly currentPassword: string
  readonly newPassword: string
}): Promise<void> {
  await post('/api/auth/change-password', change)
}

function post(path: string, body: unknown): Promise<unknown> {
  return request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
}
