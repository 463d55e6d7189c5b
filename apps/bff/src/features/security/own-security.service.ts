/** One's own ways in: codes, passkeys, and where one is signed in. Each change stands in the merchant's audit log. */
import type { Output } from '@choba/shared/contract.ts'
import type { security } from '@choba/shared/contracts/security.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { deletePlace, hasCodes, listPlaces } from './security.queries.ts'

type Tx = Kysely<Database>
type Place = { readonly origin: string }
type Answer = { readonly challenge: string; readonly response: unknown }
type Given<T> = T & { readonly cookies: readonly string[] }

export type OwnSecurityDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly hub: { dropUser(userId: string): void }
  readonly sessions: {
    tokenOf(headers: Headers): string | undefined
    forgetPerson(userId: string): void
  }
  readonly secondFactor: {
    start(headers: Headers, password: string): Promise<Given<{ uri: string; backupCodes: string[] }>>
    confirm(headers: Headers, code: string): Promise<Given<object>>
    stop(headers: Headers, password: string): Promise<Given<object>>
    renewBackupCodes(headers: Headers, password: string): Promise<{ backupCodes: string[] }>
  }
  readonly passkeys: {
    askForNew(person: Session, place: Place): Promise<{ options: unknown; challenge: string }>
    add(tx: Tx, person: Session, place: Place, answer: Answer & { readonly name: string }): Promise<string>
    list(userId: string): Promise<ReadonlyArray<{ id: string; name: string; createdAt: Date; lastUsedAt: Date | null }>>
    remove(tx: Tx, userId: string, id: string): Promise<string | undefined>
  }
  readonly passwords: { isRight(userId: string, password: string): Promise<boolean> }
}

/** The request a change comes with: its cookie is the session, its address the place a passkey is made for. */
export type Asking = { readonly headers: Headers; readonly origin: string }

export async function readOwnSecurity(
  { db, clock, sessions, passkeys }: OwnSecurityDeps,
  session: Session,
  { headers }: Asking,
): Promise<Output<typeof security.own>> {
  const { userId } = session
  const own = sessions.tokenOf(headers)
  const [codes, keys, places] = await Promise.all([
    hasCodes(db.owner, userId),
    passkeys.list(userId),
    listPlaces(db.owner, userId, clock.now()),
  ])
  return {
    codes,
    needsSecondFactor: session.needsSecondFactor === true,
    passkeys: keys.map((key) => ({
      ...key,
      createdAt: key.createdAt.toISOString(),
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    })),
    sessions: places.map(({ token, ...place }) => ({
      ...place,
      isThis: token === own,
      since: place.since.toISOString(),
      lastSeenAt: place.lastSeenAt.toISOString(),
    })),
  }
}

/** @throws AppError auth.invalid, second_factor.set_up */
export async function startCodes({ secondFactor }: OwnSecurityDeps, { headers }: Asking, password: string) {
  return secondFactor.start(headers, password)
}

/** @throws AppError second_factor.wrong_code, second_factor.not_set_up */
export async function confirmCodes(deps: OwnSecurityDeps, session: Session, { headers }: Asking, code: string) {
  const given = await deps.secondFactor.confirm(headers, code)
  await tell(deps, session, 'second_factor.set_up')
  return given
}

/** @throws AppError auth.invalid */
export async function stopCodes(deps: OwnSecurityDeps, session: Session, { headers }: Asking, password: string) {
  const given = await deps.secondFactor.stop(headers, password)
  await tell(deps, session, 'second_factor.remove')
  return given
}

/** @throws AppError auth.invalid, second_factor.not_set_up */
export async function renewBackupCodes(deps: OwnSecurityDeps, session: Session, { headers }: Asking, password: string) {
  const given = await deps.secondFactor.renewBackupCodes(headers, password)
  await tell(deps, session, 'second_factor.renew_backup_codes')
  return given
}

/** A new way in is asked for by who knows the old one. @throws AppError auth.invalid */
export async function askForPasskey(deps: OwnSecurityDeps, session: Session, asking: Asking, password: string) {
  if (!(await deps.passwords.isRight(session.userId, password))) throw new AppError('auth.invalid')
  return deps.passkeys.askForNew(session, asking)
}

/** @throws AppError passkey.not_accepted */
export async function addPasskey(
  { db, passkeys, sessions }: OwnSecurityDeps,
  session: Session,
  asking: Asking,
  answer: Answer & { readonly name: string },
): Promise<{ id: string }> {
  const id = await db.owner.transaction().execute(async (tx) => {
    const added = await passkeys.add(tx, session, asking, answer)
    await audit(tx, { ...by(session), action: 'passkey.add', after: { id: added, name: answer.name } })
    return added
  })
  sessions.forgetPerson(session.userId)
  return { id }
}

/** @throws AppError resource.not_found */
export async function removePasskey(
  { db, passkeys, sessions }: OwnSecurityDeps,
  session: Session,
  id: string,
): Promise<{ done: true }> {
  await db.owner.transaction().execute(async (tx) => {
    const name = await passkeys.remove(tx, session.userId, id)
    if (name === undefined) throw new AppError('resource.not_found', { id })
    await audit(tx, { ...by(session), action: 'passkey.remove', before: { id, name } })
  })
  sessions.forgetPerson(session.userId)
  return { done: true }
}

/** @throws AppError resource.not_found */
export async function endOneSession(
  { db, sessions, hub }: OwnSecurityDeps,
  session: Session,
  id: string,
): Promise<{ done: true }> {
  await db.owner.transaction().execute(async (tx) => {
    if (!(await deletePlace(tx, session.userId, id))) throw new AppError('resource.not_found', { id })
    await audit(tx, { ...by(session), action: 'session.end', after: { id } })
  })
  sessions.forgetPerson(session.userId)
  // Streams of the sessions that stay connect again by themselves.
  hub.dropUser(session.userId)
  return { done: true }
}

/** The library has changed the account in a transaction of its own: the log hears of it right after. */
async function tell({ db, sessions }: OwnSecurityDeps, session: Session, action: string): Promise<void> {
  sessions.forgetPerson(session.userId)
  await audit(db.owner, { ...by(session), action })
}

function by(session: Session) {
  const { merchantId, userId } = session
  return { merchantId, actor: person(session), subject: { kind: 'user', id: userId } }
}
