import { type Kysely, sql } from 'kysely'

/** Keys of programs. The token itself is nowhere: only its SHA-256, and the letters a person knows it by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table api_key (
      merchant_id uuid not null references merchant,
      key_id uuid not null,
      name text not null constraint api_key_name check (length(name) between 1 and 60),
      hint text not null,
      token_hash bytea not null constraint api_key_token_hash unique,
      permissions text[] not null constraint api_key_permissions check (cardinality(permissions) > 0),
      created_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null constraint api_key_expiry check (expires_at > created_at),
      last_used_at timestamptz,
      revoked_at timestamptz,
      revoked_by text,
      primary key (merchant_id, key_id),
      constraint api_key_revocation check ((revoked_at is null) = (revoked_by is null))
    );
    create unique index api_key_by_id on api_key (key_id);
    alter table api_key enable row level security;
    create policy merchant_only on api_key to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
    grant select, insert on api_key to choba_app;
    grant update (last_used_at, revoked_at, revoked_by) on api_key to choba_app`)
    .execute(db)
}
