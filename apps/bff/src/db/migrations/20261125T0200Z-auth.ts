import { type Kysely, sql } from 'kysely'

/**
 * People, their sign-ins and the sign-in rate limit, in the shape better-auth expects (auth/auth.ts maps the names).
 * Owner only: the role that serves one merchant has no grant here.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
}

const TABLES = `
  create table auth_user (
    id text primary key,
    name text not null,
    email text not null constraint auth_user_email_unique unique,
    email_verified boolean not null default false,
    image text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create table auth_session (
    id text primary key,
    user_id text not null references auth_user on delete cascade,
    token text not null constraint auth_session_token_unique unique,
    expires_at timestamptz not null,
    ip_address text,
    user_agent text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create index auth_session_by_user on auth_session (user_id);
  create index auth_session_by_expiry on auth_session (expires_at);
  create table auth_account (
    id text primary key,
    user_id text not null references auth_user on delete cascade,
    account_id text not null,
    provider_id text not null,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz,
    scope text,
    password text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint auth_account_unique unique (provider_id, account_id)
  );
  create index auth_account_by_user on auth_account (user_id);
  create table auth_verification (
    id text primary key,
    identifier text not null,
    value text not null,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create index auth_verification_by_identifier on auth_verification (identifier);
  create table auth_rate_limit (
    id text primary key,
    key text not null constraint auth_rate_limit_key_unique unique,
    count integer not null,
    last_request bigint not null
  )`
