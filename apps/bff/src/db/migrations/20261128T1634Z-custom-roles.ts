import { type Kysely, sql } from 'kysely'

/** Roles of the merchant's own, a role that only reads, members of some shops only, members who have left. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
}

const TABLES = `
  create table custom_role (
    merchant_id uuid not null references merchant,
    role_id uuid not null,
    name text not null,
    permissions text[] not null,
    created_at timestamptz not null default now(),
    primary key (merchant_id, role_id),
    constraint custom_role_name unique (merchant_id, name)
  );
  alter table custom_role enable row level security;
  create policy merchant_only on custom_role to choba_app
    using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
    with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
  -- Members and their roles are written by the owner's connection, which alone knows the accounts.
  grant select on custom_role to choba_app;
  alter table member
    drop constraint member_role,
    add constraint member_role check (role in ('staff', 'accountant', 'admin', 'read_only', 'custom')),
    add column custom_role_id uuid,
    add constraint member_custom_role foreign key (merchant_id, custom_role_id) references custom_role,
    add constraint member_custom_role_named check ((role = 'custom') = (custom_role_id is not null)),
    add column shop_ids uuid[] constraint member_shop_ids check (cardinality(shop_ids) > 0),
    add column deactivated_at timestamptz`
