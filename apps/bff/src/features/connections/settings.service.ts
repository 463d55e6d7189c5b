/** What a merchant sets of its connections: shown, and changed within bounds. Credentials and accounts stay unseen. */
import {
  NP_PAY_METHOD_USUAL,
  NUMBER_SETTINGS,
  type SettingName,
  type SettingsChange,
  settingsOf,
} from '@choba/shared/connection-settings.ts'
import type { ConnectionSettings } from '@choba/shared/contracts/connections.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { changeSettings, listSettings, lockSettings } from './settings.queries.ts'

type SettingsDeps = { readonly db: Db }
type Row = Awaited<ReturnType<typeof listSettings>>[number]

export async function readSettings(
  { db }: SettingsDeps,
  { merchantId }: Session,
): Promise<{ connections: ConnectionSettings[] }> {
  const rows = await listSettings(db.merchant(merchantId), merchantId)
  return { connections: rows.map(view) }
}

/** The same change again changes nothing and is not told again. @throws AppError resource.not_found, request.invalid */
export async function putSettings(
  { db }: SettingsDeps,
  session: Session,
  connectionId: string,
  change: SettingsChange,
): Promise<ConnectionSettings> {
  const { merchantId } = session
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const row = await lockSettings(tx, merchantId, connectionId)
      if (row === undefined) throw new AppError('resource.not_found', { connection: connectionId })
      const names = settingsOf(row.provider, row.connectionMethod)
      const asked = Object.entries(change).filter(([, value]) => value !== undefined)
      for (const [name] of asked)
        if (!names.includes(name as SettingName))
          throw new AppError('request.invalid', {
            issues: [{ path: name, message: 'not a setting of this connection' }],
          })
      const changed = asked.filter(([name, value]) => row.settings[name] !== value)
      if (changed.length === 0) return view(row)
      const after = Object.fromEntries(changed)
      await changeSettings(tx, merchantId, connectionId, after)
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'connection.settings',
        subject: { kind: 'connection', id: connectionId },
        before: Object.fromEntries(changed.map(([name]) => [name, row.settings[name] ?? null])),
        after,
      })
      return view({ ...row, settings: { ...row.settings, ...after } })
    })
}

/** Only what may be set leaves the house; what is not set stands at its usual value, and says so. */
function view({ connectionId, settings, ...row }: Row): ConnectionSettings {
  const values = settingsOf(row.provider, row.connectionMethod).map((name) => {
    const value = settings[name]
    if (name === 'npPayMethod') {
      const isSet = typeof value === 'string' && value !== ''
      return { name, value: isSet ? value : NP_PAY_METHOD_USUAL, isSet }
    }
    const isSet = typeof value === 'number'
    return { name, value: isSet ? value : NUMBER_SETTINGS[name].usual, isSet }
  })
  return { ...row, id: connectionId, values }
}
