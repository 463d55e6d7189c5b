import { type Kysely, sql } from 'kysely'

/**
 * How often somebody failed to get in lately, a row for each person: the audit log is told of the first few and of how
 * many there were. For the owner's connection alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLE).execute(db)
}

const TABLE = `
  create table auth_attempt (
    merchant_id uuid not null references merchant,
    -- A person, or a key as it stands in the audit log.
    user_id text not null,
    kind text not null constraint auth_attempt_kind check (kind in ('failed', 'refused')),
    since timestamptz not null default now(),
    last_at timestamptz not null default now(),
    last_ip text,
    times integer not null default 1,
    primary key (merchant_id, user_id, kind)
  );
  alter table auth_attempt enable row level security`
