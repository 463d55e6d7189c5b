/** Keys for the merchant's own programs: issued with a choice of permissions and an end, revoked at once. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import { type ApiKeyRow, type apiKeys, KEY_PERMISSIONS } from '@choba/shared/contracts/api-keys.ts'
import { may } from '@choba/shared/permissions.ts'
import { audit } from '../../audit/audit.ts'
import { makeToken } from '../../core/api-key-token.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { listNames } from '../../db/people.ts'
import { type ApiKeyRecord, findKey, insertKey, listKeys, markRevoked } from './api-keys.queries.ts'

export type ApiKeyDeps = { readonly db: Db; readonly clock: Clock }

const DAY_MS = 24 * 60 * 60 * 1000

export async function listApiKeys(deps: ApiKeyDeps, { merchantId }: Session): Promise<Output<typeof apiKeys.list>> {
  const records = await listKeys(deps.db.merchant(merchantId), merchantId)
  return { items: await toRows(deps, merchantId, records) }
}

/**
 * The token leaves here and is kept nowhere. Nobody gives away what they may not do themselves: a key sees every shop.
 * @throws AppError auth.forbidden, api_key.other
 */
export async function createApiKey(
  deps: ApiKeyDeps,
  session: Session,
  wanted: Parsed<typeof apiKeys.create>['body'],
): Promise<Output<typeof apiKeys.create>> {
  const { merchantId } = session
  const permissions = KEY_PERMISSIONS.filter((each) => wanted.permissions.includes(each))
  const missing = permissions.find((each) => !may(session, each))
  if (missing !== undefined) throw new AppError('auth.forbidden', { permission: missing })
  const { token, hint, hash } = makeToken()
  const at = deps.clock.now()
  const expiresAt = new Date(at.getTime() + wanted.days * DAY_MS)
  const isNew = await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const facts = { name: wanted.name, permissions, expiresAt }
      const kept = { ...facts, hint, tokenHash: hash, createdBy: session.userId, createdAt: at }
      if (!(await insertKey(tx, { merchantId, keyId: wanted.id, ...kept }))) return false
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'api_key.issue',
        subject: { kind: 'api_key', id: wanted.id },
        after: { ...facts, hint },
      })
      return true
    })
  const key = await readKey(deps, merchantId, wanted.id, new AppError('api_key.other'))
  if (!isNew && (key.name !== wanted.name || key.permissions.join() !== permissions.join()))
    throw new AppError('api_key.other')
  return { key, token: isNew ? token : null }
}

/** From the next request on. A second time changes nothing. @throws AppError resource.not_found */
export async function revokeApiKey(deps: ApiKeyDeps, session: Session, keyId: string): Promise<ApiKeyRow> {
  const { merchantId } = session
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      if (!(await markRevoked(tx, merchantId, keyId, { by: session.userId, at: deps.clock.now() }))) return
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'api_key.revoke',
        subject: { kind: 'api_key', id: keyId },
      })
    })
  return readKey(deps, merchantId, keyId, new AppError('resource.not_found', { id: keyId }))
}

async function readKey(deps: ApiKeyDeps, merchantId: string, keyId: string, otherwise: AppError): Promise<ApiKeyRow> {
  const record = await findKey(deps.db.merchant(merchantId), merchantId, keyId)
  const [row] = record ? await toRows(deps, merchantId, [record]) : []
  if (!row) throw otherwise
  return row
}

async function toRows(
  { db, clock }: ApiKeyDeps,
  merchantId: string,
  records: readonly ApiKeyRecord[],
): Promise<ApiKeyRow[]> {
  const ids = records.flatMap(({ createdBy, revokedBy }) => (revokedBy === null ? [createdBy] : [createdBy, revokedBy]))
  const names = await listNames(db, merchantId, [...new Set(ids)])
  return records.map((record) => ({
    id: record.keyId,
    name: record.name,
    hint: record.hint,
    state: stateOf(record, clock.now()),
    permissions: KEY_PERMISSIONS.filter((each) => record.permissions.includes(each)),
    createdBy: names.get(record.createdBy) ?? record.createdBy,
    createdAt: record.createdAt.toISOString(),
    expiresAt: record.expiresAt.toISOString(),
    lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
    revokedAt: record.revokedAt?.toISOString() ?? null,
    revokedBy: record.revokedBy === null ? null : (names.get(record.revokedBy) ?? record.revokedBy),
  }))
}

function stateOf({ revokedAt, expiresAt }: ApiKeyRecord, now: Date): ApiKeyRow['state'] {
  if (revokedAt !== null) return 'revoked'
  return expiresAt > now ? 'active' : 'expired'
}
