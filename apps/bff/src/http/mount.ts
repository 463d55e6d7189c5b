import type { Context } from 'hono'
import type * as z from 'zod/mini'
import type { Contract, Output, Parsed } from '@choba/shared/contract.ts'
import { may, type Permission } from '@choba/shared/permissions.ts'
import { maskResponse } from '@choba/shared/personal.ts'
import { person } from '../core/actor.ts'
import { AppError } from '../core/app-error.ts'
import { assert } from '../core/assert.ts'
import { requirePermission } from '../core/require-permission.ts'
import type { Session } from '../core/session.ts'
import type { App, HonoEnv } from './hono-env.ts'
import { whyNotStorable } from './storable.ts'

export type Handler<C extends Contract> = (
  input: Parsed<C>,
  session: Session,
  context: Context<HonoEnv>,
) => Promise<Output<C>>

/**
 * Registers one endpoint. The contract decides who may call it, what it accepts and what it may
 * reveal: a field the response schema does not name never leaves the BFF, and one it marks as personal leaves it masked
 * for whoever may not read it. What asks for `personal_data.reveal` has been told to the audit log by its handler.
 */
export function mount<C extends Contract>(app: App, contract: C, handler: Handler<C>): void {
  app.on(contract.method, contract.path, async (c) => {
    const session = authorize(c, contract.permission)
    refuseKey(session, contract)
    refuseSomeShops(session, contract)
    const input = { ...parseParams(c), ...parseQuery(c, contract.query), ...(await parseBody(c, contract.body)) }
    // The contract's schemas have just produced these fields.
    const output = await handler(input as Parsed<C>, session, c)
    const revealed = contract.response.safeParse(output)
    assert(
      revealed.success,
      `${contract.method} ${contract.path} answers what its contract says; issues at ${pathsOf(revealed.error?.issues)}`,
    )
    const isPlain = contract.permission === 'personal_data.reveal' || may(session, 'personal_data.read')
    return c.json((isPlain ? revealed.data : maskResponse(contract.response, revealed.data)) as object)
  })
}

/**
 * The guard of routes that are no contract (downloads, event streams).
 * @throws AppError auth.required, auth.forbidden
 */
export function authorize(c: Context<HonoEnv>, permission: Permission | null): Session {
  const session = c.get('session')
  if (!session) throw new AppError('auth.required')
  if (permission !== null) requirePermission(session, permission)
  return session
}

function refuseSomeShops({ shops }: Session, { allShops }: Contract): void {
  if (allShops === true && shops !== 'all') throw new AppError('auth.forbidden', { for: 'all_shops' })
}

/** What needs no permission is a person's own: their preferences, their sessions. A key has none. */
function refuseKey(session: Session, { method, permission }: Contract): void {
  if (permission === null && method !== 'GET' && person(session).kind === 'key')
    throw new AppError('auth.forbidden', { for: 'person' })
}

/**
 * Parses with the names of the fields at fault.
 * @throws AppError request.invalid with `details.issues[{ path, message }]`
 */
export function parseInput<S extends z.ZodMiniType>(schema: S, value: unknown, within: string): z.output<S> {
  refuseUnstorable(value, within)
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw invalid(
    result.error.issues
      .slice(0, MAX_ISSUES)
      .map((issue) => ({ path: fieldName(issue, within), message: issue.message })),
  )
}

const MAX_ISSUES = 50
/** An id, a code or a key: whatever else a path holds was typed or fuzzed. */
const PATH_PARAM = /^[\w.:~-]{1,128}$/

function parseParams(c: Context<HonoEnv>): Record<string, string> {
  const params = c.req.param() as Record<string, string>
  for (const [name, value] of Object.entries(params)) {
    if (!PATH_PARAM.test(value)) throw invalid([{ path: name, message: 'not an id' }])
  }
  return params
}

function parseQuery(c: Context<HonoEnv>, schema: z.ZodMiniType | undefined): { query?: unknown } {
  return schema ? { query: parseInput(schema, c.req.query(), 'query') } : {}
}

async function parseBody(c: Context<HonoEnv>, schema: z.ZodMiniType | undefined): Promise<{ body?: unknown }> {
  return schema ? { body: await readBody(c, schema) } : {}
}

/** The JSON that was sent. @throws AppError request.invalid */
export async function readBody<S extends z.ZodMiniType>(c: Context<HonoEnv>, schema: S): Promise<z.output<S>> {
  const type = c.req.header('Content-Type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw invalid([{ path: 'body', message: 'send JSON with Content-Type: application/json' }])
  return parseInput(schema, parseJson(await c.req.text()), 'body')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw invalid([{ path: 'body', message: 'not JSON' }])
  }
}

function refuseUnstorable(value: unknown, within: string): void {
  const reason = whyNotStorable(value)
  if (reason) throw invalid([{ path: within, message: reason }])
}

function fieldName(issue: { readonly path: readonly PropertyKey[] }, within: string): string {
  const path = issue.path.map(String).join('.')
  return path === '' ? within : path
}

function invalid(issues: ReadonlyArray<{ path: string; message: string }>): AppError {
  return new AppError('request.invalid', { issues })
}

function pathsOf(issues: ReadonlyArray<{ readonly path: readonly PropertyKey[] }> | undefined): string {
  return (issues ?? []).map((issue) => issue.path.map(String).join('.')).join(', ')
}
