import { type Kysely, sql } from 'kysely'

/** A charge of a subscription that failed or is held is told to those who look after it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(USUAL).execute(db)
}

/** Today's merchants have it from now on, tomorrow's from their first day. */
const USUAL = `
  create function add_usual_subscription_rule(of_merchant uuid) returns void language sql set search_path = public, pg_temp as $$
    insert into notification_rule (merchant_id, rule_id, kind, is_active, roles, user_ids, to_actor, in_inbox, by_mail, digest_hour)
    values (of_merchant, gen_random_uuid(), 'subscription_failed', true, '{staff,admin}', '{}', false, true, true, 9)
  $$;
  create or replace function begin_with_usual_notification_rules() returns trigger language plpgsql set search_path = public, pg_temp as $$
  begin
    perform add_usual_notification_rules(new.merchant_id);
    perform add_usual_schedule_rule(new.merchant_id);
    perform add_usual_subscription_rule(new.merchant_id);
    return null;
  end $$;
  revoke all on function add_usual_subscription_rule(uuid) from public;
  select add_usual_subscription_rule(merchant_id) from merchant`
