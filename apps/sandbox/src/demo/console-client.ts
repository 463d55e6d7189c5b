/** The merchant console as its public API shows it to a shop-front: signed in, orders in, actions in, and when it is at rest. */
import { addDays, dayOf } from '@choba/shared/dates.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PlannedAction } from './actions.ts'
import { createJsonClient, type ClientOptions, type JsonClient } from './json-client.ts'
import type { PlannedOrder } from './orders.ts'

/** What the shop promises its customers. */
const SHIPPED_WITHIN_DAYS = 3

export type Shop = { readonly id: string; readonly code: string }
export type CardToken = { readonly token: string; readonly tokenKey: string }
export type RowError = { readonly code: string; readonly reason: string | null }
export type RowResult = { readonly index: number; readonly error: RowError | null }

export type ConsoleClient = {
  signIn(email: string, password: string): Promise<void>
  /** In the order of their codes, so that the first one is always the same. */
  shops(): Promise<Shop[]>
  hasPayments(): Promise<boolean>
  placeOrders(orders: readonly unknown[]): Promise<RowResult[]>
  act(operations: readonly unknown[]): Promise<RowResult[]>
  sync(): Promise<void>
  /** Waits until nothing is open. False when the open work stopped shrinking before it was done. */
  rest(): Promise<boolean>
}

const MAX_ROWS = 1_000
/** Work that does not move for so long is waiting for a person, not for us. */
const STUCK_MS = 20_000
const LOOK_MS = 25
/** One day's work takes about as long as that of the day before. */
const MOST_IS_DONE = 0.6
const LONGEST_FIRST_LOOK_MS = 500

export function createConsoleClient(baseUrl: string, options: ClientOptions = {}): ConsoleClient {
  const cookies = new Map<string, string>()
  let lastRestMs = 0
  const client = createJsonClient(baseUrl, {
    ...options,
    headers: () =>
      cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    onAnswer: (answer) => answer.headers.getSetCookie().forEach((line) => keepCookie(cookies, line)),
  })
  return {
    signIn: async (email, password) => void (await client.post('/api/auth/sign-in/email', { email, password })),
    async shops() {
      const { shops } = (await client.get('/api/session')) as { shops: Shop[] }
      return [...shops].sort((a, b) => (a.code < b.code ? -1 : 1))
    },
    hasPayments: async () => ((await client.get('/api/payments')) as { items: unknown[] }).items.length > 0,
    placeOrders: (orders) => inChunks(client, '/api/orders', 'orders', orders),
    act: (operations) => inChunks(client, '/api/operations', 'operations', operations),
    sync: async () => void (await client.post('/api/connections/sync', {})),
    async rest() {
      const startedAt = performance.now()
      const done = await untilIdle(client, Math.min(lastRestMs * MOST_IS_DONE, LONGEST_FIRST_LOOK_MS))
      lastRestMs = performance.now() - startedAt
      return done
    },
  }
}

/** One order as the console takes it. */
export function orderBody(order: PlannedOrder, shop: Shop, token: CardToken | undefined): Record<string, unknown> {
  const { orderNumber, orderedAt, method, site, billingMethod, amountYen, customer, delivery, goods } = order
  return {
    shopId: shop.id,
    orderNumber,
    orderedAt: orderedAt.toISOString(),
    method,
    site,
    billingMethod,
    connectionMethod: 'api',
    amountYen,
    customer,
    delivery,
    goods,
    ...(token && order.card ? { card: { ...token, capture: order.card.capture } } : {}),
    ...(order.convenienceStore
      ? {
          convenienceStore: {
            store: order.convenienceStore.store,
            payWithinDays: order.convenienceStore.payWithinDays,
          },
        }
      : {}),
    ...(order.npPostpaid
      ? {
          npPostpaid: {
            invoice: order.npPostpaid.invoice,
            shipOn: addDays(dayOf(order.orderedAt), SHIPPED_WITHIN_DAYS),
          },
        }
      : {}),
  }
}

/** The key says which planned step it is, so that a repeat after a kill is known as one. */
export function operationBody(action: PlannedAction, shop: Shop): Record<string, unknown> {
  const { orderNumber, day, shop: _index, ...rest } = action
  return { idempotencyKey: `demo-${orderNumber}-${action.action}-${day}`, shopId: shop.id, orderNumber, ...rest }
}

async function inChunks(
  client: JsonClient,
  path: string,
  member: string,
  rows: readonly unknown[],
): Promise<RowResult[]> {
  const results: RowResult[] = []
  for (let start = 0; start < rows.length; start += MAX_ROWS) {
    const answer = (await client.post(path, { [member]: rows.slice(start, start + MAX_ROWS) })) as {
      results: RowResult[]
    }
    results.push(...answer.results.map((row) => ({ ...row, index: row.index + start })))
  }
  return results
}

/** Asking costs the console work too: the first question comes when most should be done, the next ones closely. */
async function untilIdle(client: JsonClient, firstPauseMs: number): Promise<boolean> {
  let [least, since] = [Infinity, Date.now()]
  for (let pauseMs = firstPauseMs; ; pauseMs = LOOK_MS) {
    await sleep(pauseMs)
    const work = (await client.get('/api/work')) as {
      openOperations: number
      queuedMessages: number
      queuedJobs: number
    }
    // Jobs come and go by the clock; what was asked of the console must shrink.
    const open = work.openOperations + work.queuedMessages
    if (open + work.queuedJobs === 0) return true
    if (open < least) [least, since] = [open, Date.now()]
    if (Date.now() - since > STUCK_MS) return false
  }
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const equals = pair.indexOf('=')
  if (equals > 0) cookies.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim())
}
