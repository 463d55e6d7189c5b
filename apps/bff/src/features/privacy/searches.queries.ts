/** What members searched for and kept under a name, and mails to the customer: beside the orders, so not theirs by any key. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/schema.ts'
import type { CustomerKey } from './erasure.queries.ts'

type Tx = Kysely<Database>
/** `words` are what was searched for. */
export type Kept = { readonly id: string; readonly words: string; readonly name: string }

export async function listViews(
  tx: Tx,
  merchantId: string,
): Promise<Array<{ id: string; search: string; name: string }>> {
  const { rows } = await sql<{ id: string; search: string; name: string }>`
    select view_id as id, search, name from saved_view where merchant_id = ${merchantId}::uuid order by view_id for update`.execute(
    tx,
  )
  return rows
}

export async function listSchedules(tx: Tx, merchantId: string): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    select schedule_id as id, coalesce(view ->> 'q', '') as words, name from export_schedule
      where merchant_id = ${merchantId}::uuid order by schedule_id for update`.execute(tx)
  return rows
}

/** Addresses of mail on the customer's orders. */
function emails({ merchantId, customerId }: CustomerKey): RawBuilder<unknown> {
  return sql`
  select distinct lower(e.email) as email from payment p left join order_detail d on d.merchant_id = p.merchant_id and d.payment_id = p.payment_id
      cross join lateral (values (p.email), (d.customer ->> 'email')) as e (email)
    where p.merchant_id = ${merchantId}::uuid and p.customer_id = ${customerId}::uuid and e.email like '%@%'`
}

/**
 * Which of them mean the customer: two characters or more of the name or the kana, or words with the family or given name in
 * them; four digits in a row of the telephone number; an address of mail, or four letters before its @. Rather one too many:
 * the words of a search are typed again. Asked while the customer is still there.
 */
export async function listMeant(
  tx: Tx,
  key: CustomerKey,
  kept: readonly Kept[],
): Promise<Array<{ id: string; inWords: boolean; inName: boolean }>> {
  const ids = kept.map(({ id }) => id)
  const words = kept.map((each) => each.words)
  const names = kept.map(({ name }) => name)
  const { rows } = await sql<{ id: string; inWords: boolean; inName: boolean }>`
    with known as (
      select c.phone_digits, array(
          select nkey(part) from regexp_split_to_table(c.name, '\\s+') part where length(nkey(part)) > 1
          union select nkey(part) from regexp_split_to_table(c.kana, '\\s+') part where length(nkey(part)) > 2) as parts,
          c.name_key || ' ' || c.kana_key as names, array(${emails(key)}) as emails
        from customer c where c.merchant_id = ${key.merchantId}::uuid and c.customer_id = ${key.customerId}::uuid
    ), asked as (
      select k.id, ${means(sql`k.words`)} as in_words, ${means(sql`k.name`)} as in_name
        from known, unnest(${ids}::uuid[], ${words}::text[], ${names}::text[]) as k (id, words, name)
    ) select id, in_words, in_name from asked where in_words or in_name`.execute(tx)
  return rows
}

function means(said: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(
    length(nkey(${said})) > 1 and strpos(known.names, nkey(${said})) > 0
    or exists (select from unnest(known.parts) part where strpos(nkey(${said}), part) > 0)
    or ${said} !~ '[[:alpha:]]' and length(digits(${said})) >= 4 and strpos(known.phone_digits, digits(${said})) > 0
    or exists (select from unnest(known.emails) mail where strpos(lower(${said}), mail) > 0
      or length(trim(${said})) >= 4 and strpos(split_part(mail, '@', 1), lower(trim(${said}))) > 0
      or ${said} like '%@%' and strpos(mail, lower(trim(${said}))) > 0)
  )`
}

export async function putView(
  tx: Tx,
  merchantId: string,
  { id, search, name }: { readonly id: string; readonly search: string; readonly name: string },
): Promise<void> {
  await tx
    .updateTable('savedView')
    .set({ search, name })
    .where('merchantId', '=', merchantId)
    .where('viewId', '=', id)
    .execute()
}

/** Without its words it would hand out more than was asked for: it stops until a person looks at it. */
export async function stopSchedule(
  tx: Tx,
  merchantId: string,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  await sql`update export_schedule set view = view - 'q', name = ${name}, is_paused = true, stopped_by = 'export.search_erased'
    where merchant_id = ${merchantId}::uuid and schedule_id = ${id}::uuid`.execute(tx)
}

/** An order that a member has begun to key in for the customer is let go. */
export async function eraseDrafts(tx: Tx, { merchantId, customerId }: CustomerKey): Promise<void> {
  await sql`update preference d set value = 'null' from customer c
    where d.merchant_id = ${merchantId}::uuid and d.key = 'orders.draft' and c.merchant_id = d.merchant_id and c.customer_id = ${customerId}::uuid
      and exists (select from (values (d.value -> 'customer'), (d.value -> 'delivery')) as p (person)
        where customer_key(p.person ->> 'phone', p.person ->> 'name') = c.customer_id
          or c.phone_digits <> '' and digits(p.person ->> 'phone') = c.phone_digits
          or lower(p.person ->> 'email') in (${emails({ merchantId, customerId })}))`.execute(tx)
}

/** What was sent stays counted; one that still waits is not sent. Servers name the address in what they say. */
export async function eraseMails(tx: Tx, key: CustomerKey, marker: string): Promise<void> {
  await sql`update outgoing_mail set to_address = ${marker} || ' ' || right(mail_id::text, 12), subject = '', text = null, said = null,
      state = case when state = 'queued' then 'failed' else state end
    where merchant_id = ${key.merchantId}::uuid and lower(to_address) in (${emails(key)})`.execute(tx)
}
