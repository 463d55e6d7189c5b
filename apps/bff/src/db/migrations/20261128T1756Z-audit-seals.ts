import { type Kysely, sql } from 'kysely'

/** The audit log is chained by hashes, merchant by merchant; what was written before is sealed here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SEALS).execute(db)
  await sql.raw(CONTENT).execute(db)
  await sql.raw(SEAL).execute(db)
  await sql.raw(`select seal_audit(merchant_id) from merchant`).execute(db)
}

const SEALS = `
  create table audit_seal (
    merchant_id uuid not null references merchant,
    -- From one, without a gap.
    position bigint not null,
    audit_id uuid not null,
    -- Of the seal before and the words of the entry.
    hash bytea not null,
    primary key (merchant_id, position),
    unique (merchant_id, audit_id),
    foreign key (merchant_id, audit_id) references audit_log
  );
  create trigger append_only before update or delete or truncate on audit_seal for each statement execute function refuse_change();
  alter table audit_seal enable row level security;
  create policy merchant_only on audit_seal to choba_app
    using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
    with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid);
  grant select on audit_seal to choba_app`

/** The columns by name: one that is added later does not change what was sealed. */
const CONTENT = `
  create function audit_content(entry audit_log) returns bytea language sql immutable as $$
    select sha256(convert_to(jsonb_build_array(entry.merchant_id, entry.audit_id, (extract(epoch from entry.at) * 1000000)::bigint,
      entry.actor_kind, entry.actor_id, entry.action, entry.subject_kind, entry.subject_id, entry.before, entry.after, entry.reason,
      entry.ip, entry.user_agent, entry.request_id)::text, 'UTF8'))
  $$`

/** One sealer at a time per merchant; those who write the log never wait for it. */
const SEAL = `
  create function seal_audit(merchant uuid) returns bigint language plpgsql as $$
  declare
    last audit_seal;
    added bigint;
  begin
    perform pg_advisory_xact_lock(hashtextextended('audit_seal:' || merchant, 0));
    select * into last from audit_seal where merchant_id = merchant order by position desc limit 1;
    insert into audit_seal (merchant_id, position, audit_id, hash)
      select merchant, coalesce(last.position, 0) + row_number() over (order by a.audit_id), a.audit_id,
        chain_hash(coalesce(last.hash, sha256(merchant::text::bytea)), audit_content(a))
          over (order by a.audit_id rows between unbounded preceding and current row)
      from audit_log a where a.merchant_id = merchant
      and not exists (select from audit_seal s where s.merchant_id = merchant and s.audit_id = a.audit_id);
    get diagnostics added = row_count;
    return added;
  end $$`
