import { type Kysely, sql } from 'kysely'

/** A scheduled export that stopped, failed or did not arrive is told to admins and to whoever it is in the name of. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(USUAL).execute(db)
}

/** Today's merchants have it from now on, tomorrow's from their first day. */
const USUAL = `
  create function add_usual_schedule_rule(of_merchant uuid) returns void language sql set search_path = public, pg_temp as $$
    insert into notification_rule (merchant_id, rule_id, kind, is_active, roles, user_ids, to_actor, in_inbox, by_mail, digest_hour)
    values (of_merchant, gen_random_uuid(), 'schedule_failed', true, '{admin}', '{}', true, true, true, null)
  $$;
  create or replace function begin_with_usual_notification_rules() returns trigger language plpgsql set search_path = public, pg_temp as $$
  begin
    perform add_usual_notification_rules(new.merchant_id);
    perform add_usual_schedule_rule(new.merchant_id);
    return null;
  end $$;
  revoke all on function add_usual_schedule_rule(uuid) from public;
  select add_usual_schedule_rule(merchant_id) from merchant`
