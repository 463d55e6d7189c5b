/** Accounts and their sessions belong to no merchant: all of this asks the owner's connection. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'

type Tx = Kysely<Database>

export type PlaceRow = {
  readonly id: string
  readonly token: string
  readonly since: Date
  readonly lastSeenAt: Date
  readonly address: string | null
  readonly agent: string | null
}

export async function listPlaces(owner: Tx, userId: string, now: Date): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select id, token, created_at as since, updated_at as last_seen_at, nullif(ip_address, '') as address, nullif(user_agent, '') as agent
      from auth_session where user_id = ${userId} and expires_at > ${now} order by updated_at desc`.execute(owner)
  return rows
}

export async function deletePlace(tx: Tx, userId: string, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from auth_session where user_id = ${userId} and id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}

export async function hasCodes(owner: Tx, userId: string): Promise<boolean> {
  const { rows } = await sql<{ on: boolean }>`
    select two_factor_enabled as on from auth_user where id = ${userId}`.execute(owner)
  return rows[0]?.on ?? false
}

export type MerchantSecurity = { readonly adminsNeedSecondFactor: boolean; readonly allowedAddresses: string[] }

export async function findSecurity(owner: Tx, merchantId: string): Promise<MerchantSecurity> {
  const { rows } = await sql<MerchantSecurity>`
    select admins_need_second_factor, allowed_addresses::text[] as allowed_addresses
      from merchant_security where merchant_id = ${merchantId}::uuid`.execute(owner)
  return rows[0] ?? { adminsNeedSecondFactor: false, allowedAddresses: [] }
}

/** @throws when PostgreSQL finds that one of them is no network */
export async function putSecurity(tx: Tx, merchantId: string, security: MerchantSecurity): Promise<void> {
  await sql`
    insert into merchant_security (merchant_id, admins_need_second_factor, allowed_addresses)
      values (${merchantId}::uuid, ${security.adminsNeedSecondFactor}, ${security.allowedAddresses}::text[]::cidr[])
      on conflict (merchant_id) do update set admins_need_second_factor = excluded.admins_need_second_factor,
        allowed_addresses = excluded.allowed_addresses`.execute(tx)
}
