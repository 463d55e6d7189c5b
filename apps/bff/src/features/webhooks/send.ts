/** One HTTP attempt at a delivery. */
import { performance } from 'node:perf_hooks'
import type { Attempt } from './deliveries.queries.ts'

const TIMEOUT_MS = 10_000
const ANSWER_CHARS = 500

export async function attempt(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Attempt> {
  const startedAt = performance.now()
  const elapsed = () => Math.round(performance.now() - startedAt)
  try {
    // A redirect could lead where checkAddress has not looked.
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(url, { method: 'POST', headers: { ...headers }, body, redirect: 'manual', signal })
    const answered = await beginning(response)
    return { ok: response.ok, status: response.status, error: null, ms: elapsed(), answered }
  } catch (error) {
    return { ok: false, status: null, error: codeOf(error), ms: elapsed(), answered: null }
  }
}

/** Not more than we show: an endless answer must not fill our memory. */
async function beginning(response: Response): Promise<string | null> {
  const reader = response.body?.getReader()
  if (!reader) return null
  const decoder = new TextDecoder()
  let text = ''
  while (text.length < ANSWER_CHARS) {
    const { done, value } = await reader.read()
    if (done) break
    text += decoder.decode(value as Uint8Array, { stream: true })
  }
  await reader.cancel().catch(() => undefined)
  // PostgreSQL keeps no NUL in a text.
  return text.slice(0, ANSWER_CHARS).replaceAll('\u0000', '') || null
}

function codeOf(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown } }).cause?.code
  if (typeof cause === 'string') return cause
  return error instanceof Error ? error.name : 'unknown'
}
