/** Passkeys: the device's own lock opens a key that was made for this address. Checked by SimpleWebAuthn (ADR 31). */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { type Kysely, sql } from 'kysely'
import { AppError } from '../core/app-error.ts'
import type { Database } from '../db/schema.ts'
import { deriveKey } from '../core/secret-box.ts'
import { uuidv7 } from '../core/uuid.ts'

export type Passkey = {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

type Person = { readonly userId: string; readonly name: string; readonly email: string }
/** The address the browser shows: a key made for another one does not open this. */
export type Place = { readonly origin: string }
type Asked<T> = { readonly options: T; readonly challenge: string }

export type Passkeys = {
  askForNew(person: Person, place: Place): Promise<Asked<unknown>>
  /** @throws AppError passkey.not_accepted */
  add(tx: Kysely<Database>, person: Person, place: Place, answer: Answer & { readonly name: string }): Promise<string>
  askForSignIn(place: Place): Promise<Asked<unknown>>
  /** Whose key it is. @throws AppError passkey.not_accepted */
  open(place: Place, answer: Answer): Promise<{ readonly userId: string }>
  list(userId: string): Promise<Passkey[]>
  remove(tx: Kysely<Database>, userId: string, id: string): Promise<string | undefined>
}

/** What the device said, and the challenge it was given in our sealed form. */
type Answer = { readonly challenge: string; readonly response: unknown }

const CHALLENGE_MS = 5 * 60_000

export function createPasskeys(owner: Kysely<Database>, secret: string): Passkeys {
  const seal = challengeSeal(deriveKey(secret, 'passkey-challenges'))

  return {
    async askForNew(person, { origin }) {
      const known = await credentialsOf(owner, person.userId)
      const options = await generateRegistrationOptions({
        rpName: 'Choba',
        rpID: new URL(origin).hostname,
        userID: Buffer.from(person.userId),
        userName: person.email,
        userDisplayName: person.name,
        challenge: randomBytes(32),
        excludeCredentials: known.map((id) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
      return { options, challenge: seal.close(options.challenge, person.userId) }
    },
    async add(tx, person, { origin }, { name, challenge, response }) {
      const { verified, registrationInfo } = await checked(() =>
        verifyRegistrationResponse({
          response: response as RegistrationResponseJSON, // the library checks every field of it
          expectedChallenge: seal.open(challenge, person.userId),
          expectedOrigin: origin,
          expectedRPID: new URL(origin).hostname,
          requireUserVerification: true,
        }),
      )
      if (!verified || registrationInfo === undefined) throw new AppError('passkey.not_accepted')
      const { credential } = registrationInfo
      const id = uuidv7()
      const { numAffectedRows } = await sql`
        insert into auth_passkey (id, user_id, name, credential_id, public_key, counter, transports, created_at)
        values (${id}, ${person.userId}, ${name}, ${credential.id}, ${Buffer.from(credential.publicKey)}, ${credential.counter},
          ${credential.transports ?? []}, now()) on conflict (credential_id) do nothing`.execute(tx)
      if (numAffectedRows !== 1n) throw new AppError('passkey.not_accepted')
      return id
    },
    async askForSignIn({ origin }) {
      const options = await generateAuthenticationOptions({
        rpID: new URL(origin).hostname,
        challenge: randomBytes(32),
        userVerification: 'required',
      })
      return { options, challenge: seal.close(options.challenge, '') }
    },
    async open({ origin }, { challenge, response }) {
      const said = response as AuthenticationResponseJSON // the library checks every field of it
      const key = await findKey(owner, typeof said?.id === 'string' ? said.id : '')
      if (key === undefined) throw new AppError('passkey.not_accepted')
      const { verified, authenticationInfo } = await checked(() =>
        verifyAuthenticationResponse({
          response: said,
          expectedChallenge: seal.open(challenge, ''),
          expectedOrigin: origin,
          expectedRPID: new URL(origin).hostname,
          credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: key.counter },
          requireUserVerification: true,
        }),
      )
      if (!verified) throw new AppError('passkey.not_accepted')
      await sql`
        update auth_passkey set counter = ${authenticationInfo.newCounter}, last_used_at = now() where id = ${key.id}`.execute(
        owner,
      )
      return { userId: key.userId }
    },
    async list(userId) {
      const { rows } = await sql<Passkey>`
        select id, name, created_at, last_used_at from auth_passkey where user_id = ${userId} order by created_at`.execute(
        owner,
      )
      return rows
    },
    async remove(tx, userId, id) {
      const { rows } = await sql<{ name: string }>`
        delete from auth_passkey where user_id = ${userId} and id = ${id} returning name`.execute(tx)
      return rows[0]?.name
    },
  }
}

async function credentialsOf(owner: Kysely<Database>, userId: string): Promise<string[]> {
  const { rows } = await sql<{ credentialId: string }>`
    select credential_id from auth_passkey where user_id = ${userId}`.execute(owner)
  return rows.map(({ credentialId }) => credentialId)
}

type Key = { id: string; userId: string; credentialId: string; publicKey: Buffer; counter: number }

async function findKey(owner: Kysely<Database>, credentialId: string): Promise<Key | undefined> {
  const { rows } = await sql<Key>`
    select id, user_id, credential_id, public_key, counter from auth_passkey where credential_id = ${credentialId}`.execute(
    owner,
  )
  return rows[0]
}

/** What is malformed is as little accepted as what is wrong. */
async function checked<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check()
  } catch {
    throw new AppError('passkey.not_accepted')
  }
}

/** The challenge travels with the browser, signed, for whom and until when: any of our processes can check it. */
function challengeSeal(key: Buffer) {
  const sign = (text: string) => createHmac('sha256', key).update(text).digest()
  return {
    close(challenge: string, forWhom: string): string {
      const text = `${challenge}.${Date.now() + CHALLENGE_MS}`
      return `${text}.${sign(`${text}.${forWhom}`).toString('base64url')}`
    },
    open(sealed: string, forWhom: string): string {
      const [challenge = '', until = '', signature = ''] = sealed.split('.')
      const expected = sign(`${challenge}.${until}.${forWhom}`)
      const given = Buffer.from(signature, 'base64url')
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        throw new Error('a challenge of another')
      if (Number(until) < Date.now()) throw new Error('a challenge that is too old')
      return challenge
    },
  }
}
