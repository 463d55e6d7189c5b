import { preferences } from '@choba/shared/contracts/session.ts'
import { isPreferenceKey, PREFERENCE_KEYS, PREFERENCE_VALUE_BYTES } from '@choba/shared/preferences.ts'
import { AppError } from '../../core/app-error.ts'
import { type Db, readonly } from '../../db/client.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { listPreferences, putPreference } from './preferences.queries.ts'

export function mountPreferences(app: App, { db }: { readonly db: Db }): void {
  mount(app, preferences.get, async (_input, session) => ({
    values: await listPreferences(readonly(db.merchant(session.merchantId)), session),
  }))
  mount(app, preferences.set, async ({ key, body }, { merchantId, userId }) => {
    await putPreference(db.merchant(merchantId), { merchantId, userId }, checkKey(key), toJson(body.value))
    return { key, value: body.value ?? null }
  })
}

function checkKey(key: string): string {
  if (isPreferenceKey(key)) return key
  throw new AppError('request.invalid', { issues: [{ path: 'key', message: `not one of ${PREFERENCE_KEYS.join(', ')}` }] })
}

function toJson(value: unknown): string {
  const json = JSON.stringify(value ?? null)
  if (Buffer.byteLength(json) <= PREFERENCE_VALUE_BYTES) return json
  throw new AppError('request.invalid', { issues: [{ path: 'value', message: `more than ${PREFERENCE_VALUE_BYTES} bytes` }] })
}
