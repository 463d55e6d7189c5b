/** The typed client of the BFF: a contract and its input in, its output back. */
import type { Contract, Input, Output } from '@choba/shared/contract.ts'
import { ERROR_STATUS, type ErrorCode } from '@choba/shared/errors.ts'
import { ApiError } from './api-error.ts'

type Parts = { readonly query?: Readonly<Record<string, unknown>>; readonly body?: unknown } & Readonly<
  Record<string, unknown>
>

/** @throws ApiError for every answer of the BFF that is not 2xx, and when no answer comes. */
export async function call<C extends Contract>(contract: C, input: Input<C>, signal?: AbortSignal): Promise<Output<C>> {
  const { query, body, ...params } = input as Parts // Input<C> is made of exactly these parts
  const json = await request(addressOf(contract.path, params, query), {
    method: contract.method,
    ...(signal ? { signal } : {}),
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  return json as Output<C> // the BFF parses every answer by the same contract before it sends it
}

/** A request whose refusals are ApiErrors. */
export async function request(address: string, init: RequestInit): Promise<unknown> {
  const response = await answer(address, init)
  const text = await response.text()
  const json = parseJson(text)
  if (response.ok) return json
  throw refusal(response, json)
}

/** Lists are written `a,b,c`; what is not there is left out. */
export function queryString(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([key, value]): [string, string][] => {
    if (value === undefined || value === null || value === '') return []
    if (Array.isArray(value)) return value.length === 0 ? [] : [[key, value.join(',')]]
    return [[key, String(value)]]
  })
  return new URLSearchParams(pairs).toString().replaceAll('%2C', ',')
}

function addressOf(
  path: string,
  params: Readonly<Record<string, unknown>>,
  query: Readonly<Record<string, unknown>> | undefined,
): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = query ? queryString(query) : ''
  return search === '' ? filled : `${filled}?${search}`
}

async function answer(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError('network.offline')
  }
}

function refusal(response: Response, json: unknown): ApiError {
  const error = (json as { error?: { code?: unknown; details?: unknown; requestId?: unknown } } | undefined)?.error
  const retryAfter = Number(response.headers.get('retry-after') ?? response.headers.get('x-retry-after') ?? Number.NaN)
  return new ApiError(isErrorCode(error?.code) ? error.code : codeOfStatus(response.status), {
    details: typeof error?.details === 'object' && error.details !== null ? { ...error.details } : {},
    requestId: typeof error?.requestId === 'string' ? error.requestId : response.headers.get('x-request-id'),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  })
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_STATUS, code)
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'auth.required'
  if (status === 403) return 'auth.forbidden'
  if (status === 404) return 'route.not_found'
  if (status === 429) return 'auth.too_many_attempts'
  if (status === 502 || status === 503 || status === 504) return 'service.unavailable'
  return 'internal'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
