import { preferences } from '@choba/shared/contracts/session.ts'
import type { App } from '../../http/hono-env.ts'
import { mount } from '../../http/mount.ts'
import { getPreferences, type PreferencesDeps, setPreference } from './preferences.service.ts'

export function mountPreferences(app: App, deps: PreferencesDeps): void {
  mount(app, preferences.get, async (_input, session) => ({ values: await getPreferences(deps, session) }))
  mount(app, preferences.set, async ({ key, body }, session) => {
    const value = body.value ?? null
    await setPreference(deps, session, key, value)
    return { key, value }
  })
}
