import { type Kysely, sql } from 'kysely'

/**
 * Claims that outlived their order: one list, read by its screen and by the count beside its name. It says nothing that
 * payments and operations do not, so what is remedied leaves it by itself. The reader's own rights hold inside it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const step of [INDEXES, VIEW, GRANT]) await sql.raw(step).execute(db)
}

const INDEXES = `
  -- Orders that were claimed more than once: the only ones that can leave something behind.
  create index payment_of_later_branch on payment (merchant_id, ordered_at desc, payment_id desc) where order_branch > 0;
  -- Cancels that did not come about.
  create index operation_cancel_not_done on operation (merchant_id, payment_id) where kind = 'cancel' and state in ('refused', 'failed')`

const VIEW = `
  create view zombie with (security_invoker = true) as
  with claim as (
    -- Each later branch of an order with each earlier one.
    select n.merchant_id, o.payment_id as old_id, n.payment_id as new_id, o.method as old_method, n.method as new_method,
        o.status in ('authorized', 'awaiting_payment', 'on_hold', 'in_review') as old_is_open,
        n.status in ('authorized', 'awaiting_payment', 'on_hold', 'in_review') as new_is_open,
        o.status in ('captured', 'arrived', 'withdrawn', 'settled', 'paid_out') as old_is_sold,
        n.status in ('captured', 'arrived', 'withdrawn', 'settled', 'paid_out') as new_is_sold,
        n.status in ('cancelled', 'refunded') as new_is_ended
      from payment n join payment o on o.merchant_id = n.merchant_id and o.shop_id = n.shop_id
        and o.order_number = n.order_number and o.order_branch < n.order_branch
      where n.order_branch > 0
  ), found as (
    select merchant_id, old_id as payment_id, new_id as other_id,
        case when new_is_ended then 'order_ended' when old_method <> new_method then 'two_methods'
          when old_method = 'convenience_store' then 'slip_replaced' else 'authorization_left' end as kind
      from claim where old_is_open and (new_is_open or new_is_sold or new_is_ended)
    union all
    -- The order was sold by the earlier claim, and the later one can still be paid.
    select merchant_id, new_id, old_id, case when old_method <> new_method then 'two_methods'
        when new_method = 'convenience_store' then 'slip_replaced' else 'authorization_left' end
      from claim where old_is_sold and new_is_open
    union all
    select c.merchant_id, c.payment_id, null, 'cancel_not_done' from operation c
      join payment p on p.merchant_id = c.merchant_id and p.payment_id = c.payment_id
      where c.kind = 'cancel' and c.state in ('refused', 'failed') and p.status in ('authorized', 'awaiting_payment', 'on_hold', 'in_review')
        and not exists (select 1 from operation l where l.merchant_id = c.merchant_id and l.payment_id = c.payment_id and l.requested_at > c.requested_at)
  )
  -- A claim stands here once, by what endangers most.
  select distinct on (merchant_id, payment_id) merchant_id, payment_id, other_id, kind from found
    order by merchant_id, payment_id, array_position(array['two_methods', 'slip_replaced', 'order_ended', 'authorization_left', 'cancel_not_done'], kind), other_id`

const GRANT = `grant select on zombie to choba_app`
