import { isPreferenceKey, PREFERENCE_KEYS, PREFERENCE_VALUE_BYTES } from '@choba/shared/preferences.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { type Db, readonly } from '../../db/client.ts'
import { listPreferences, putPreference } from './preferences.queries.ts'

export type PreferencesDeps = { readonly db: Db }

export function getPreferences({ db }: PreferencesDeps, session: Session): Promise<Record<string, unknown>> {
  return listPreferences(readonly(db.merchant(session.merchantId)), session)
}

/** @throws AppError request.invalid when the key is not known or the value too large */
export async function setPreference(
  { db }: PreferencesDeps,
  session: Session,
  key: string,
  value: unknown,
): Promise<void> {
  await putPreference(db.merchant(session.merchantId), session, checkKey(key), toJson(value))
}

function checkKey(key: string): string {
  if (isPreferenceKey(key)) return key
  throw new AppError('request.invalid', {
    issues: [{ path: 'key', message: `not one of ${PREFERENCE_KEYS.join(', ')}` }],
  })
}

function toJson(value: unknown): string {
  const json = JSON.stringify(value)
  if (Buffer.byteLength(json) <= PREFERENCE_VALUE_BYTES) return json
  throw new AppError('request.invalid', {
    issues: [{ path: 'value', message: `more than ${PREFERENCE_VALUE_BYTES} bytes` }],
  })
}
