/** Orders and actions as a person at the console sends them. */
import type { PaymentDetail } from '../../packages/shared/src/contracts/payments.ts'
import { uuidv7 } from '../../apps/bff/src/core/uuid.ts'
import type { House } from './house.ts'

/** By house: the pretend company throws its dice by the number of an order, whichever tests ran before. */
const numbers = new WeakMap<House, number>()

export type OrderWish = {
  readonly email?: string
  readonly address?: string
  readonly amountYen?: number
  readonly invoice?: 'separate' | 'bundled'
  readonly shipOn?: string
}

/** Answers the payments' ids, registered with NP and screened. */
export async function order(house: House, wishes: readonly OrderWish[]): Promise<string[]> {
  const orders = wishes.map((wish) => orderOf(house, wish))
  const { results } = await house.api<{ results: Array<{ paymentId: string; error: unknown }> }>(
    'POST',
    '/api/orders',
    {
      orders,
    },
  )
  await house.work()
  return results.map((result) => result.paymentId)
}

function orderOf(house: House, { email, address, amountYen = 11_000, ...npPostpaid }: OrderWish) {
  const number = lastNumber(house) + 1
  numbers.set(house, number)
  return {
    shopId: house.bff.shopIds[0],
    orderNumber: `H-${number}`,
    orderedAt: house.np.deps.clock.now().toISOString(),
    method: 'np_postpaid',
    site: 'pc',
    amountYen,
    customer: {
      name: '山田 花子',
      kana: 'ヤマダ ハナコ',
      zip: '604-0001',
      address: address ?? '京都府京都市中京区道場町1-2',
      phone: `090${String(10_000_000 + number)}`,
      email: email ?? `ok+${number}@example.jp`,
    },
    goods: [{ name: '煎茶', unitPriceYen: amountYen, quantity: 1, taxRateBp: 800 }],
    npPostpaid,
  }
}

export type Acted = {
  readonly operation: { readonly id: string; readonly state: string } | null
  readonly error: { readonly code: string; readonly reason: string | null } | null
}

/** One action on each payment, accepted or not; nothing is sent yet. */
export async function ask(
  house: House,
  requests: ReadonlyArray<{ readonly action: string; readonly paymentId: string } & Record<string, unknown>>,
): Promise<Acted[]> {
  const operations = requests.map((request) => ({ idempotencyKey: `key-${uuidv7()}`, ...request }))
  return (await house.api<{ results: Acted[] }>('POST', '/api/operations', { operations })).results
}

/** Asked and worked off. */
export async function act(
  house: House,
  action: string,
  paymentId: string,
  more: Record<string, unknown> = {},
): Promise<Acted> {
  const [acted] = await ask(house, [{ action, paymentId, ...more }])
  await house.work()
  return acted as Acted
}

function lastNumber(house: House): number {
  return numbers.get(house) ?? 0
}

export function shipmentOf(index: number): { readonly carrierCode: string; readonly slipNumber: string } {
  return { carrierCode: '59010', slipNumber: String(400_000_000_000 + index) }
}

export async function ship(house: House, paymentIds: readonly string[]): Promise<void> {
  await ask(
    house,
    paymentIds.map((paymentId, index) => ({
      action: 'report_shipment',
      paymentId,
      ...shipmentOf(lastNumber(house) * 1_000 + index),
    })),
  )
  await house.work()
}

export function detailOf(house: House, paymentId: string): Promise<PaymentDetail> {
  return house.api<PaymentDetail>('GET', `/api/payments/${paymentId}`)
}

export async function operationState(house: House, operationId: string): Promise<string> {
  return (await house.api<{ state: string }>('GET', `/api/operations/${operationId}`)).state
}
