import { type Kysely, sql } from 'kysely'

/** Sign-in by a merchant's own issuer (OpenID Connect). For the owner's connection alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
}

const TABLES = `
  create table oidc_issuer (
    merchant_id uuid primary key references merchant,
    -- What people call it on the sign-in page.
    name text not null,
    issuer_url text not null,
    client_id text not null,
    secret_box text not null,
    -- Only addresses of this domain; null for any.
    mail_domain text,
    is_on boolean not null
  );
  alter table oidc_issuer enable row level security`
