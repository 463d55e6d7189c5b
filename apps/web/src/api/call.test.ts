import { afterEach, describe, expect, test, vi } from 'vitest'
import { payments } from '@choba/shared/contracts/payments.ts'
import { ApiError } from './api-error.ts'
import { call, queryString } from './call.ts'
import { readChange } from './events.ts'

afterEach(() => vi.unstubAllGlobals())

function answerWith(status: number, body: string, headers: Record<string, string> = {}) {
  const fetched = vi.fn(async (_address: string, _init: RequestInit) => new Response(body, { status, headers }))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

describe('the client of the BFF', () => {
  test('writes lists with commas and leaves out what is not there', () => {
    expect(queryString({ method: ['card', 'np_postpaid'], q: '', from: undefined, limit: 50 })).toBe(
      'method=card,np_postpaid&limit=50',
    )
  })

  test('fills the path and asks with the method of the contract', async () => {
    const fetched = answerWith(200, '{"count":0}')
    await call(payments.get, { id: 'a/b' })
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/payments/a%2Fb')
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'GET' })
  })

  test('says a refusal by its code and keeps the support code', async () => {
    answerWith(404, '{"error":{"code":"resource.not_found","details":{"id":"x"},"requestId":"r-1"}}')
    await expect(call(payments.get, { id: 'x' })).rejects.toMatchObject({
      code: 'resource.not_found',
      requestId: 'r-1',
    })
  })

  test('understands an answer that is not ours by its status', async () => {
    answerWith(429, '{"message":"slow down"}', { 'x-retry-after': '7' })
    await expect(call(payments.get, { id: 'x' })).rejects.toMatchObject({
      code: 'auth.too_many_attempts',
      retryAfterSeconds: 7,
    })
    answerWith(502, '<html>bad gateway</html>')
    await expect(call(payments.get, { id: 'x' })).rejects.toMatchObject({ code: 'service.unavailable' })
  })

  test('tells a lost connection from a refusal', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('fetch failed')
    })
    await expect(call(payments.get, { id: 'x' })).rejects.toEqual(new ApiError('network.offline'))
  })
})

describe('news of payments', () => {
  test('names the payments that changed', () => {
    expect(readChange('{"paymentIds":["a","b",3],"more":false}')).toEqual({ paymentIds: ['a', 'b'], more: false })
  })

  test.each(['', '{}', 'beat', '{"paymentIds":"a"}'])('%j is no news', (data) => {
    expect(readChange(data)).toBeUndefined()
  })
})
