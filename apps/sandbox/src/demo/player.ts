/**
 * Plays the planned history, one day at a time, as a shop's own systems and staff would: through the console's public
 * API. Every step may be repeated, so a player killed anywhere is started again and goes on from its diary.
 */
import { addDays, atTime, dayOf, type BusinessDate } from '@choba/shared/dates.ts'
import { followUp, type PlannedAction } from './actions.ts'
import {
  operationBody,
  orderBody,
  type CardToken,
  type ConsoleClient,
  type RowResult,
  type Shop,
} from './console-client.ts'
import { readDiary, removeDiary, writeDiary, type Diary } from './diary.ts'
import { BATCH_HOUR, type PlannedOrder } from './orders.ts'
import { planTrade, type PlanDay } from './plan.ts'
import type { SandboxClient } from './sandbox-client.ts'

export type Player = {
  readonly consoleUrl: string
  readonly folder: string
  readonly days: number
  readonly payments: number
  readonly shopFront: ConsoleClient
  readonly sandbox: SandboxClient
  readonly realNow: () => Date
  readonly say: (line: string) => void
  readonly progress: (day: number, days: number, payments: number) => void
}

export type Played = { readonly payments: number; readonly refused: Readonly<Record<string, number>> }

/** Too early today may be right tomorrow: a review that takes its time, an operation still running. */
const LATER_REASONS = new Set(['not_authorized_yet', 'operation_in_flight'])
const LATER_DAYS = 3
/** News is dated by the provider, so asking every other day loses none of it. */
const SYNC_EVERY_DAYS = 2
const TOKENS_AT_ONCE = 8

export async function play(player: Player): Promise<Played | undefined> {
  const { folder, shopFront, say } = player
  let diary = readDiary(folder)
  const known = await shopFront.hasPayments()
  if (!diary && known) {
    say('The ledger holds payments that no diary tells of; the demo history is not played.')
    return undefined
  }
  // A diary of another ledger's history is of no use.
  if (diary && diary.nextDay > 0 && !known) {
    removeDiary(folder)
    diary = undefined
  }
  if (!diary) diary = await begin(player)
  else if (diary.nextDay < diary.days) say(`Going on with day ${diary.nextDay + 1} of ${diary.days}.`)
  return playDays(player, diary)
}

async function begin({ folder, days, payments, realNow, sandbox, consoleUrl }: Player): Promise<Diary> {
  const startDay = addDays(dayOf(realNow()), 1 - days)
  // Before the diary exists nothing was sent anywhere: a kill here starts over.
  await sandbox.restartAt(atTime(addDays(startDay, -1), BATCH_HOUR), consoleUrl)
  const diary: Diary = { startDay, days, payments, nextDay: 0, deferred: [] }
  writeDiary(folder, diary)
  return diary
}

async function playDays(player: Player, begun: Diary): Promise<Played> {
  const plan = planTrade(begun)
  const shops = await player.shopFront.shops()
  const refused: Record<string, number> = {}
  let diary = begun
  let payments = plan
    .slice(0, diary.nextDay)
    .flatMap((day) => day.orders)
    .filter((order) => order.orderedAt <= player.realNow()).length
  while (diary.nextDay < diary.days) {
    const day = diary.nextDay
    const { placed, deferred } = await playDay(player, shops, diary, plan[day]!, refused)
    payments += placed
    diary = { ...diary, nextDay: day + 1, deferred }
    writeDiary(player.folder, diary)
    player.progress(day + 1, diary.days, payments)
  }
  await player.sandbox.moveTo(player.realNow())
  await player.sandbox.noticesDelivered()
  await player.shopFront.sync()
  await settle(player)
  return { payments, refused }
}

async function playDay(
  player: Player,
  shops: readonly Shop[],
  diary: Diary,
  plan: PlanDay,
  refused: Record<string, number>,
) {
  const { shopFront, sandbox, realNow } = player
  const day = diary.nextDay
  const batchAt = atTime(addDays(diary.startDay, day), BATCH_HOUR)
  const standsAt = new Date(Math.min(batchAt.getTime(), realNow().getTime()))
  await sandbox.moveTo(standsAt)
  if (day % SYNC_EVERY_DAYS === 0) await shopFront.sync()
  const orders = plan.orders.filter((order) => order.orderedAt <= standsAt)
  const actions = [...diary.deferred, ...plan.actions]
  // Actions are about orders of days before, so both go in at once.
  const [placed, results] = await Promise.all([
    place(player, shops, orders, diary.startDay),
    act(shopFront, shops, actions),
  ])
  await settle(player)
  const tooEarly = results
    .filter((row) => row.error !== null && LATER_REASONS.has(row.error.reason ?? ''))
    .map((row) => actions[row.index]!)
  const again = tooEarly.filter((action) => day - action.day < LATER_DAYS)
  countRefusals(refused, [...placed, ...results.filter((row) => !again.includes(actions[row.index]!))])
  const followed = results.flatMap((row) => followUp(actions[row.index]!, row.error?.reason ?? null, day + 1) ?? [])
  return { placed: orders.length, deferred: [...again, ...followed] }
}

async function place(
  { shopFront, sandbox }: Player,
  shops: readonly Shop[],
  orders: readonly PlannedOrder[],
  startDay: BusinessDate,
): Promise<RowResult[]> {
  return orders.length > 0 ? shopFront.placeOrders(await orderBodies(sandbox, shops, orders, startDay)) : []
}

async function act(
  shopFront: ConsoleClient,
  shops: readonly Shop[],
  actions: readonly PlannedAction[],
): Promise<RowResult[]> {
  return actions.length > 0 ? shopFront.act(actions.map((action) => operationBody(action, shops[action.shop]!))) : []
}

/** Card numbers go to the provider alone; the console gets one-time tokens. */
async function orderBodies(
  sandbox: SandboxClient,
  shops: readonly Shop[],
  orders: readonly PlannedOrder[],
  startDay: BusinessDate,
) {
  const expiration = `${Number(startDay.slice(0, 4)) + 3}${startDay.slice(5, 7)}`
  const tokens = new Map<string, CardToken>()
  const cards = orders.filter((order) => order.card !== undefined)
  for (let start = 0; start < cards.length; start += TOKENS_AT_ONCE) {
    const some = cards.slice(start, start + TOKENS_AT_ONCE)
    const made = await Promise.all(some.map((order) => sandbox.makeToken(order.shop, order.card!.number, expiration)))
    some.forEach((order, index) => tokens.set(order.orderNumber, made[index]!))
  }
  return orders.map((order) => orderBody(order, shops[order.shop]!, tokens.get(order.orderNumber)))
}

/** Until the provider has told everything and the console has worked it off. */
async function settle({ sandbox, shopFront, say }: Player): Promise<void> {
  const told = await sandbox.noticesDelivered()
  const done = await shopFront.rest()
  if (!told || !done) say('Some work waits and does not move; the history goes on.')
}

function countRefusals(refused: Record<string, number>, rows: readonly RowResult[]): void {
  for (const { error } of rows) {
    if (error === null) continue
    const key = error.reason === null ? error.code : `${error.code}/${error.reason}`
    refused[key] = (refused[key] ?? 0) + 1
  }
}
