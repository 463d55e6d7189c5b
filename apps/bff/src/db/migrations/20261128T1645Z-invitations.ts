import { type Kysely, sql } from 'kysely'

/** Invitations by a one-time link, and when somebody last signed in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TABLES).execute(db)
}

const TABLES = `
  create table invitation (
    merchant_id uuid not null references merchant,
    invitation_id uuid not null,
    email text not null,
    role text not null,
    custom_role_id uuid,
    shop_ids uuid[] check (cardinality(shop_ids) > 0),
    -- SHA-256 of the token in the link.
    token_hash bytea not null constraint invitation_token unique,
    invited_by text not null,
    invited_at timestamptz not null,
    expires_at timestamptz not null,
    -- How it ended, when it did: accepted, or withdrawn by a person or a newer one.
    accepted_at timestamptz,
    withdrawn_at timestamptz,
    primary key (merchant_id, invitation_id),
    foreign key (merchant_id, custom_role_id) references custom_role,
    check ((role = 'custom') = (custom_role_id is not null))
  );
  create unique index invitation_open on invitation (merchant_id, email) where accepted_at is null and withdrawn_at is null;
  -- For the owner's connection alone, as accounts are: the role that serves a merchant has no grant.
  alter table invitation enable row level security;

  -- Admins see every shop: nobody else could give one of them back.
  alter table member add constraint member_admin_of_all check (role <> 'admin' or shop_ids is null);

  alter table auth_user add column last_sign_in_at timestamptz;
  update auth_user set last_sign_in_at = (select max(created_at) from auth_session where user_id = auth_user.id);
  -- Whatever the way in, it makes a session.
  create function note_sign_in() returns trigger language plpgsql as $$
  begin
    update auth_user set last_sign_in_at = new.created_at where id = new.user_id;
    return null;
  end $$;
  create trigger note_sign_in after insert on auth_session for each row execute function note_sign_in()`
