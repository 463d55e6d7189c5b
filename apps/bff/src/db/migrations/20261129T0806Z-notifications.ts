import { type Kysely, sql } from 'kysely'

/** Which happenings are told to whom, what was told, and the rules every merchant begins with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
  for (const table of ['notification_rule', 'notification_seen', 'notification'])
    await sql.raw(isolate(table)).execute(db)
  for (const step of [SHOPS, GRANTS, MAIL, USUAL]) await sql.raw(step).execute(db)
}

const TABLES = `
  create table notification_rule (
    merchant_id uuid not null references merchant on delete cascade,
    rule_id uuid not null,
    kind text not null,
    is_active boolean not null,
    from_yen bigint,
    days integer,
    shop_ids uuid[],
    -- Built-in roles, and ids of the merchant's own.
    roles text[] not null,
    user_ids text[] not null,
    to_actor boolean not null,
    in_inbox boolean not null,
    by_mail boolean not null,
    -- In Japan; null for at once.
    digest_hour integer constraint notification_rule_hour check (digest_hour between 0 and 23),
    -- Null until it has looked once: what stood then is no news.
    begun_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (merchant_id, rule_id)
  );
  create table notification_seen (
    merchant_id uuid not null,
    rule_id uuid not null,
    cause text not null,
    primary key (merchant_id, rule_id, cause),
    foreign key (merchant_id, rule_id) references notification_rule on delete cascade
  );
  create table notification (
    merchant_id uuid not null references merchant,
    user_id text not null,
    notification_id uuid not null,
    kind text not null,
    cause text not null,
    batch_id uuid not null,
    -- Null for what is of no shop.
    shop_id uuid,
    payment_id uuid,
    order_number text,
    about text,
    amount_yen bigint,
    told_at timestamptz not null,
    in_inbox boolean not null,
    by_mail boolean not null,
    mail_at timestamptz,
    read_at timestamptz,
    primary key (merchant_id, notification_id),
    constraint notification_once unique (merchant_id, user_id, kind, cause)
  );
  create index notification_by_user on notification (merchant_id, user_id, told_at desc) where in_inbox;
  create index notification_unread on notification (merchant_id, user_id) where in_inbox and read_at is null;
  create index notification_to_mail on notification (mail_at) where mail_at is not null;
  create index notification_by_time on notification (told_at);
  create index webhook_delivery_failed on webhook_delivery (merchant_id, ended_at) where state = 'failed'`

/** As bind_to_shops() would, but what is of no shop is read by everybody it was told to. */
const SHOPS = `
  create policy own_shops on notification as restrictive to choba_app
    using ((select coalesce(current_setting('choba.shops', true), '') = '') or shop_id is null
      or shop_id = any ((select string_to_array(current_setting('choba.shops', true), ','))::uuid[]))`

const GRANTS = `
  grant select, insert, update, delete on notification_rule to choba_app;
  grant select, insert, delete on notification_seen to choba_app;
  grant select, insert, update on notification to choba_app`

const MAIL = `
  alter table outgoing_mail drop constraint outgoing_mail_kind;
  alter table outgoing_mail add constraint outgoing_mail_kind check (kind in ('invitation', 'export', 'notification'))`

/** Today's merchants have them from now on, tomorrow's from their first day. */
const USUAL = `
  create function add_usual_notification_rules(of_merchant uuid) returns void language sql set search_path = public, pg_temp as $$
    insert into notification_rule (merchant_id, rule_id, kind, is_active, days, roles, user_ids, to_actor, in_inbox, by_mail, digest_hour)
    select of_merchant, gen_random_uuid(), kind, true, days, roles, '{}', to_actor, true, by_mail, digest_hour
      from (values
        ('screening_rejected', null::integer, '{staff,admin}'::text[], false, false, null::integer),
        ('screening_on_hold', null, '{staff,admin}', false, false, null),
        ('screening_pending', 1, '{staff,admin}', false, true, 9),
        ('approval_lapsing', 3, '{staff,admin}', false, true, 9),
        ('dispute_opened', null, '{accountant,admin}', false, true, 9),
        ('claim_withdrawn', 1, '{accountant,admin}', false, true, 9),
        ('became_zombie', null, '{staff,admin}', false, true, 9),
        ('approval_asked', 0, '{accountant,admin}', false, true, null),
        ('payout_arrived', null, '{accountant}', false, false, null),
        ('payout_differs', null, '{accountant,admin}', false, true, 9),
        ('message_stuck', null, '{admin}', false, true, 9),
        ('connection_failing', null, '{admin}', false, true, null),
        ('import_failed', null, '{}', true, false, null),
        ('import_finished', null, '{}', true, false, null),
        ('export_failed', null, '{}', true, false, null),
        ('export_finished', null, '{}', true, false, null),
        ('webhook_given_up', null, '{admin}', false, true, null)
      ) usual (kind, days, roles, to_actor, by_mail, digest_hour)
  $$;
  create function begin_with_usual_notification_rules() returns trigger language plpgsql set search_path = public, pg_temp as $$
  begin
    perform add_usual_notification_rules(new.merchant_id);
    return null;
  end $$;
  revoke all on function add_usual_notification_rules(uuid) from public;
  create trigger usual_notification_rules after insert on merchant for each row execute function begin_with_usual_notification_rules();
  select add_usual_notification_rules(merchant_id) from merchant`

function isolate(table: string): string {
  return `
    alter table ${table} enable row level security;
    create policy merchant_only on ${table} to choba_app
      using (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)
      with check (merchant_id = nullif(current_setting('choba.merchant_id', true), '')::uuid)`
}
