import { type Kysely, sql } from 'kysely'

/**
 * Codes from an app and passkeys beside the password, in the shape better-auth expects where it keeps them; what a
 * merchant asks of everybody who signs in. All of it for the owner's connection alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
}

const TABLES = `
  alter table auth_user add column two_factor_enabled boolean not null default false;
  create table auth_two_factor (
    id text primary key,
    user_id text not null references auth_user on delete cascade,
    secret text not null,
    backup_codes text not null,
    verified boolean not null default true,
    failed_verification_count integer not null default 0,
    locked_until timestamptz
  );
  create index auth_two_factor_by_user on auth_two_factor (user_id);
  create table auth_passkey (
    id text primary key,
    user_id text not null references auth_user on delete cascade,
    name text not null,
    credential_id text not null constraint auth_passkey_credential unique,
    public_key bytea not null,
    counter bigint not null,
    transports text[] not null,
    created_at timestamptz not null,
    last_used_at timestamptz
  );
  create index auth_passkey_by_user on auth_passkey (user_id);
  create table merchant_security (
    merchant_id uuid primary key references merchant,
    admins_need_second_factor boolean not null default false,
    -- Networks people and programs may come from; none means all.
    allowed_addresses cidr[] not null default '{}'
  );
  alter table merchant_security enable row level security`
