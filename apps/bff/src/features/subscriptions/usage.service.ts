/** What was used: told by form or file, it fixes the amount of a cycle before the card is charged. */
import type { Kysely } from 'kysely'
import type { Output } from '@choba/shared/contract.ts'
import type { UsageInput } from '@choba/shared/contracts/subscription-input.ts'
import type { subscriptions } from '@choba/shared/contracts/subscriptions.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { auditMany } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { Database } from '../../db/schema.ts'
import type { SubscriptionGoods } from '../../db/tables/subscriptions.ts'
import { sumOf } from './plan.ts'
import { runSoon } from './run-soon.ts'
import { addEvents, type Cycle, type NewEvent, type Subscription } from './scheduler.queries.ts'
import { hashOf, refuse, type SubscriptionDeps } from './subscriptions.service.ts'
import { CARD_MIN_YEN, type Issue, MOST_YEN } from './terms.ts'
import { type CycleUsage, listTold, lockByCodes, lockUnsentCycles, saveUsage } from './usage.queries.ts'

type Row = UsageInput['rows'][number]
type Told = Output<typeof subscriptions.tellUsage>['cycles'][number]
type Measured = {
  readonly row: Row
  readonly key: string
  readonly subscription: Subscription
  readonly cycle: Cycle
  readonly goods: SubscriptionGoods[]
  readonly amountYen: number
}

/**
 * All rows or none. Until the charge begins a cycle that is named can be told again; the same key with the same content
 * changes nothing.
 * @throws AppError request.invalid with the rows at fault, idempotency.conflict
 */
export async function tellUsage(
  deps: SubscriptionDeps,
  session: Session,
  { idempotencyKey, rows }: UsageInput,
): Promise<Output<typeof subscriptions.tellUsage>> {
  const { merchantId } = session
  const db = deps.db.merchant(merchantId)
  return db.transaction().execute(async (tx) => {
    const locked = await lockByCodes(tx, merchantId, [...new Set(rows.map(({ code }) => code))])
    const earlier = await toldBefore(tx, merchantId, locked, idempotencyKey, rows)
    if (earlier !== undefined) return { cycles: earlier }
    const ids = locked.map(({ subscriptionId }) => subscriptionId)
    const measured = measure(locked, await lockUnsentCycles(tx, merchantId, ids), idempotencyKey, rows)
    await saveUsage(
      tx,
      merchantId,
      measured.map((each) => fixed(deps, each)),
    )
    await addEvents(
      tx,
      measured.map((each) => eventOf(deps, session, each)),
    )
    await auditMany(
      tx,
      measured.map(({ subscription, cycle, row, amountYen }) => ({
        merchantId,
        actor: person(session),
        action: 'subscription.tell_usage',
        subject: { kind: 'subscription', id: subscription.subscriptionId },
        before: { number: cycle.number, usage: cycle.usage, amountYen: cycle.amountYen },
        after: { number: cycle.number, usage: row.quantity, amountYen },
      })),
    )
    await runSoon(tx, merchantId)
    return { cycles: measured.map(toTold) }
  })
}

/** @throws AppError idempotency.conflict when the key came with other rows */
async function toldBefore(
  tx: Kysely<Database>,
  merchantId: string,
  locked: readonly Subscription[],
  key: string,
  rows: readonly Row[],
): Promise<Told[] | undefined> {
  const ids = locked.map(({ subscriptionId }) => subscriptionId)
  const told = await listTold(
    tx,
    merchantId,
    ids,
    rows.map((_, index) => rowKey(key, index)),
  )
  if (told.length === 0) return undefined
  const byKey = new Map(told.map((each) => [each.idempotencyKey, each]))
  return rows.map((row, index) => {
    const each = byKey.get(rowKey(key, index))
    if (each?.requestHash !== hashOf(row)) throw new AppError('idempotency.conflict', { idempotencyKey: key })
    return { id: each.subscriptionId, code: row.code, number: each.number, amountYen: each.amountYen }
  })
}

function rowKey(key: string, index: number): string {
  return `${key}:${index}`
}

/** Which cycle each row speaks of, and what it comes to. @throws AppError request.invalid */
function measure(
  locked: readonly Subscription[],
  unsent: readonly Cycle[],
  key: string,
  rows: readonly Row[],
): Measured[] {
  const byCode = new Map(locked.map((subscription) => [subscription.code, subscription]))
  const cyclesOf = Map.groupBy(unsent, ({ subscriptionId }) => subscriptionId)
  const taken = new Set<Cycle>()
  const issues: Issue[] = []
  const measured: Measured[] = []
  for (const [index, row] of rows.entries()) {
    const fault = (field: string, message: string) => issues.push({ path: `rows.${index}.${field}`, message })
    const subscription = byCode.get(row.code)
    const open = cyclesOf.get(subscription?.subscriptionId ?? '') ?? []
    const cycle = open.find(
      (each) =>
        !taken.has(each) && (row.number === undefined ? each.state === 'awaiting_usage' : each.number === row.number),
    )
    if (subscription === undefined) fault('code', 'no such subscription')
    else if (cycle?.meter == null) fault(row.number === undefined ? 'code' : 'number', 'no cycle waits for its use')
    else {
      taken.add(cycle)
      const { name, unitPriceYen, taxRateBp } = cycle.meter
      const used = { name, unitPriceYen, taxRateBp, quantity: row.quantity }
      // Told again, it is the base of the subscription that stands beside the use, not what was told before.
      const base = cycle.usage === null ? cycle.goods : cycle.goods.slice(0, -1)
      const goods = [...base, used]
      const amountYen = sumOf(goods)
      if (amountYen > MOST_YEN || (amountYen > 0 && amountYen < CARD_MIN_YEN)) fault('quantity', 'cannot be charged')
      else measured.push({ row, key: rowKey(key, index), subscription, cycle, goods, amountYen })
    }
  }
  refuse(issues)
  return measured
}

function fixed(
  { providerClocks }: SubscriptionDeps,
  { row, subscription, cycle: { subscriptionId, number, chargeOn }, goods, amountYen }: Measured,
): CycleUsage {
  const today = dayOf(providerClocks.now(subscription.connectionId))
  const dueOn = chargeOn < today ? today : chargeOn
  return { subscriptionId, number, usage: row.quantity, amountYen, dueOn, goods }
}

function eventOf(
  { providerClocks }: SubscriptionDeps,
  session: Session,
  { row, key, subscription, cycle: { merchantId, subscriptionId, number }, amountYen }: Measured,
): NewEvent {
  return {
    merchantId,
    subscriptionId,
    at: providerClocks.now(subscription.connectionId),
    kind: 'usage_told',
    detail: { number: String(number), usage: String(row.quantity), amountYen: String(amountYen) },
    actor: person(session),
    idempotencyKey: key,
    requestHash: hashOf(row),
  }
}

function toTold({ subscription, cycle, amountYen }: Measured): Told {
  return { id: subscription.subscriptionId, code: subscription.code, number: cycle.number, amountYen }
}
