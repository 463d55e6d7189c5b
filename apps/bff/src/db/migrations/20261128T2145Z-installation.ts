import { type Kysely, sql } from 'kysely'

/**
 * The first run: one row says by which code the first merchant may be made and that the demo merchant was removed; the guide
 * remembers what a merchant chose to sell by and which of its steps were left out.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
  await sql
    .raw(
      `alter table setup_guide enable row level security;
       create policy merchant_only on setup_guide to choba_app
         using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
         with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
       grant select, insert, update on setup_guide to choba_app`,
    )
    .execute(db)
}

const TABLES = `
  -- Of the server, not of a merchant: only whoever runs it reads and writes here.
  create table installation (
    only_one boolean primary key default true constraint installation_only_one check (only_one),
    setup_code_hash bytea,
    setup_code_expires_at timestamptz,
    demo_removed_at timestamptz
  );
  insert into installation default values;
  alter table merchant add column is_demo boolean not null default false;
  update merchant set is_demo = true where merchant_id = '019aa000-0000-7000-8000-000000000001';
  create table setup_guide (
    merchant_id uuid primary key references merchant,
    methods text[] not null default '{}',
    skipped text[] not null default '{}',
    is_finished boolean not null default false
  )`
