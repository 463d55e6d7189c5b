import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { AppError } from '../core/app-error.ts'
import { createLog } from '../core/log.ts'
import { errorOf } from '../testing/app.ts'
import type { HonoEnv } from './hono-env.ts'
import { onError } from './on-error.ts'
import { requestId } from './request-id.ts'

async function answerTo(error: unknown): Promise<{ status: number; code: string; details: object }> {
  const app = new Hono<HonoEnv>()
  app.onError(onError)
  app.use(requestId(createLog('silent')))
  app.get('/', () => {
    throw error
  })
  const response = await app.request('/')
  const { code, details } = await errorOf(response)
  return { status: response.status, code, details }
}

function databaseError(fields: object): Error {
  return Object.assign(new Error('from the database'), fields)
}

test.each([
  [
    new AppError('action.not_allowed', { state: 'captured' }),
    { status: 409, code: 'action.not_allowed', details: { state: 'captured' } },
  ],
  [databaseError({ code: '57014' }), { status: 503, code: 'service.timeout', details: {} }],
  [databaseError({ code: 'ECONNREFUSED' }), { status: 503, code: 'service.unavailable', details: {} }],
  [new Error('Connection terminated unexpectedly'), { status: 503, code: 'service.unavailable', details: {} }],
  [
    Object.assign(new Error('aborted'), { code: 'ECONNRESET' }),
    { status: 400, code: 'request.invalid', details: { issues: [{ path: 'body', message: 'cut short' }] } },
  ],
  [databaseError({ code: '22P02' }), { status: 400, code: 'request.invalid', details: {} }],
  [
    databaseError({ code: '23505', constraint: 'payment_order_unique' }),
    { status: 409, code: 'order.duplicate', details: { constraint: 'payment_order_unique' } },
  ],
  [
    databaseError({ code: '23505', constraint: 'operation_in_flight' }),
    { status: 409, code: 'operation.in_flight', details: { constraint: 'operation_in_flight' } },
  ],
  [databaseError({ code: '23505', constraint: 'toString' }), { status: 500, code: 'internal', details: {} }],
  [new Error('a bug with a customer name in it'), { status: 500, code: 'internal', details: {} }],
])('answers what the caller can act on, and hides the rest: %s', async (error, answer) => {
  expect(await answerTo(error)).toEqual(answer)
})
