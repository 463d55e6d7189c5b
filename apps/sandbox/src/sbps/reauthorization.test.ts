import { describe, expect, it } from 'vitest'
import type { Values } from '@choba/wire/sbps/message.ts'
import { createWorld, type SbpsWorld } from '../testing/sbps.ts'

const AGAIN = 'ST01-00133-101'

async function firstPayment(world: SbpsWorld, card: Values = {}): Promise<string> {
  const first = await world.call('ST01-00111-101', orderOf('FIRST', { ...CARD, ...card }))
  expect(first.errorCode).toBe('')
  return first.trackingId as string
}

const CARD = { cc_number: '4111111111111111', cc_expiration: '203012', security_code: '123', dealings_type: '10' }

function orderOf(orderId: string, values: Values = {}): Values {
  return { cust_code: 'C-1', order_id: orderId, item_id: 'I', amount: '3980', encrypted_flg: '1', ...values }
}

describe('charging the card of an earlier payment again', () => {
  it('makes a payment of its own that is confirmed and captured like any other', async () => {
    const world = createWorld()
    const trackingId = await firstPayment(world)
    const again = await world.call(AGAIN, orderOf('SECOND', { tracking_id: trackingId, cardbrand_return_flg: '1' }))
    expect(again).toMatchObject({ result: 'OK', methodInfo: { cardbrand_code: 'V' } })
    expect(again.trackingId).not.toBe(trackingId)
    for (const functionId of ['ST02-00101-101', 'ST02-00201-101']) {
      const values = { tracking_id: again.trackingId as string, processing_datetime: '20260803090000' }
      expect((await world.call(functionId, values)).result).toBe('OK')
    }
  })

  it('refuses an unknown tracking id, and the same order twice', async () => {
    const world = createWorld()
    const unknown = await world.call(AGAIN, orderOf('SECOND', { tracking_id: '00000000000001' }))
    expect(unknown.errorCode).toBe('10112027')
    const trackingId = await firstPayment(world)
    const twice = await world.call(AGAIN, orderOf('FIRST', { tracking_id: trackingId }))
    expect(twice.errorCode).toBe('10196999')
  })

  it('refuses a card that has expired since', async () => {
    const world = createWorld()
    const trackingId = await firstPayment(world, { cc_expiration: '202608' })
    world.moveDays(40)
    const again = await world.call(AGAIN, orderOf('SECOND', { tracking_id: trackingId }))
    expect(again.errorCode.slice(3, 5)).toBe('27')
  })

  it('refuses a card whose limit is used up towards the end of the month, and takes it again on the first', async () => {
    const world = createWorld()
    const trackingId = await firstPayment(world, { cc_number: '4000000000000341' })
    world.moveDays(28)
    const late = await world.call(AGAIN, orderOf('SECOND', { tracking_id: trackingId }))
    expect(late.errorCode.slice(3, 5)).toBe('22')
    world.moveDays(1)
    const first = await world.call(AGAIN, orderOf('SECOND', { tracking_id: trackingId }))
    expect(first.result).toBe('OK')
  })
})
