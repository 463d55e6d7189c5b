import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ConsoleClient } from './console-client.ts'
import { readDiary } from './diary.ts'
import { play, type Player } from './player.ts'
import type { SandboxClient } from './sandbox-client.ts'

const NOW = new Date('2026-11-25T10:30:00+09:00')
class Killed extends Error {}

/** A console that remembers like the real one: an order number and an idempotency key count once. */
function createConsole() {
  const orders = new Map<string, { sentAt: Date; body: Record<string, unknown> }>()
  const operations = new Map<string, { at: Date; body: unknown }>()
  const clock = { now: NOW }
  let callsLeft = Infinity
  function step(): void {
    if (callsLeft-- <= 0) throw new Killed()
  }
  const shopFront: ConsoleClient = {
    signIn: () => Promise.resolve(),
    shops: () =>
      Promise.resolve([
        { id: 'shop-main', code: 'main' },
        { id: 'shop-outlet', code: 'outlet' },
      ]),
    hasPayments: () => Promise.resolve(orders.size > 0),
    async placeOrders(rows) {
      for (const body of rows as Record<string, unknown>[]) {
        step()
        const number = String(body['orderNumber'])
        if (!orders.has(number)) orders.set(number, { sentAt: clock.now, body })
      }
      return rows.map((_, index) => ({ index, error: null }))
    },
    async act(rows) {
      return (rows as { idempotencyKey: string; orderNumber: string; action: string }[]).map((body, index) => {
        step()
        if (!orders.has(body.orderNumber)) return { index, error: { code: 'resource.not_found', reason: null } }
        // Some orders are under review on even days.
        const early =
          body.orderNumber.endsWith('-002') && !operations.has(body.idempotencyKey) && clock.now.getUTCDate() % 2 === 0
        const held = body.action === 'report_shipment' && body.orderNumber.endsWith('-003')
        if (held) return { index, error: { code: 'action.not_allowed', reason: 'not_approved' } }
        if (early) return { index, error: { code: 'action.not_allowed', reason: 'not_authorized_yet' } }
        if (!operations.has(body.idempotencyKey)) operations.set(body.idempotencyKey, { at: clock.now, body })
        return { index, error: null }
      })
    },
    sync: async () => step(),
    rest: async () => (step(), true),
  }
  const sandbox: SandboxClient = {
    now: async () => clock.now,
    async moveTo(instant) {
      step()
      if (instant > clock.now) clock.now = instant
    },
    async restartAt(instant) {
      step()
      clock.now = instant
    },
    makeToken: async (_shop, number) => ({ token: `t-${number}`, tokenKey: 'k' }),
    noticesDelivered: async () => true,
  }
  return { orders, operations, clock, shopFront, sandbox, killAfter: (calls: number) => (callsLeft = calls) }
}

function playerOf(
  { shopFront, sandbox }: ReturnType<typeof createConsole>,
  folder: string,
  lines: string[] = [],
): Player {
  const say = (line: string) => void lines.push(line)
  return {
    consoleUrl: 'http://console',
    folder,
    days: 8,
    payments: 60,
    shopFront,
    sandbox,
    realNow: () => NOW,
    say,
    progress: () => {},
  }
}
function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'demo-'))
}

test('plays every day and ends at the real now', async () => {
  const world = createConsole()
  const played = await play(playerOf(world, newFolder()))
  expect(played!.payments).toBe(world.orders.size)
  expect(world.orders.size).toBeGreaterThan(50)
  expect(world.operations.size).toBeGreaterThan(20)
  expect(world.clock.now).toEqual(NOW)
})

test('hands over no order from the future, and no card number at all', async () => {
  const world = createConsole()
  await play(playerOf(world, newFolder()))
  for (const { sentAt, body } of world.orders.values()) expect(new Date(String(body['orderedAt'])) <= sentAt).toBe(true)
  expect(JSON.stringify([...world.orders.values()])).not.toContain('"4111')
})

describe('killed at any call and started again', () => {
  test.each(Array.from({ length: 16 }, (_, index) => index * 6))(
    'after %i calls, it ends as if nothing had happened',
    async (calls) => {
      const whole = createConsole()
      await play(playerOf(whole, newFolder()))
      const world = createConsole()
      const folder = newFolder()
      world.killAfter(calls)
      await expect(play(playerOf(world, folder))).rejects.toThrow(Killed)
      world.killAfter(calls + 40)
      await Promise.allSettled([play(playerOf(world, folder))])
      world.killAfter(Infinity)
      await play(playerOf(world, folder))
      expect([...world.orders.keys()].sort()).toEqual([...whole.orders.keys()].sort())
      expect([...world.operations.keys()].sort()).toEqual([...whole.operations.keys()].sort())
    },
  )
})

test('a played history is not played again', async () => {
  const world = createConsole()
  const folder = newFolder()
  await play(playerOf(world, folder))
  const before = [world.orders.size, world.operations.size]
  await play(playerOf(world, folder))
  expect([world.orders.size, world.operations.size]).toEqual(before)
})

test('a diary of another ledger is thrown away, a ledger without a diary is left alone', async () => {
  const folder = newFolder()
  await play(playerOf(createConsole(), folder))
  const fresh = createConsole()
  await play(playerOf(fresh, folder))
  expect(fresh.orders.size).toBeGreaterThan(50)
  const lines: string[] = []
  expect(await play(playerOf(fresh, newFolder(), lines))).toBeUndefined()
  expect(lines.join()).toContain('not played')
})

test('an action that came too early is tried on the next days', async () => {
  const world = createConsole()
  const folder = newFolder()
  await play(playerOf(world, folder))
  const keys = [...world.operations.keys()].filter((key) => key.includes('-002-'))
  expect(keys.length).toBeGreaterThan(0)
  expect(readDiary(folder)!.nextDay).toBe(8)
})

test('a held order that cannot be shipped is given up on the next day', async () => {
  const world = createConsole()
  await play(playerOf(world, newFolder()))
  const given = [...world.operations.keys()].filter((key) => /-003-cancel-/.test(key))
  expect(given.length).toBeGreaterThan(0)
  expect([...world.operations.keys()].filter((key) => /-003-report_shipment/.test(key))).toEqual([])
})
