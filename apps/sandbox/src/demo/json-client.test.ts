import { expect, test } from 'vitest'
import { createJsonClient, RefusedCall } from './json-client.ts'

function answering(...answers: (Response | Error)[]) {
  const seen: RequestInit[] = []
  const call = (async (_url: string, init: RequestInit) => {
    seen.push(init)
    const answer = answers.shift()
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer left')
    return answer
  }) as typeof fetch
  return { call, seen }
}

test('goes on when the server was away or busy', async () => {
  const { call, seen } = answering(
    new Error('ECONNREFUSED'),
    new Response('', { status: 503 }),
    Response.json({ ok: 1 }),
  )
  expect(await createJsonClient('http://x', { fetch: call }).post('/a', { b: 1 })).toEqual({ ok: 1 })
  expect(seen.map((init) => init.body)).toEqual(['{"b":1}', '{"b":1}', '{"b":1}'])
})

test('does not repeat what was refused', async () => {
  const { call, seen } = answering(Response.json({ error: 'no' }, { status: 409 }))
  await expect(createJsonClient('http://x', { fetch: call }).get('/a')).rejects.toThrow(RefusedCall)
  expect(seen).toHaveLength(1)
})

test('gives up when patience ends, and says why', async () => {
  const { call } = answering()
  await expect(createJsonClient('http://x', { fetch: call, patienceMs: 0 }).get('/a')).rejects.toThrow('no answer left')
})
