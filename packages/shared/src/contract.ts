/** An endpoint of the BFF as a constant that both sides import. */
import type * as z from 'zod/mini'
import type { ErrorCode } from './errors.ts'
import type { Permission } from './permissions.ts'

export type Contract = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: `/api/${string}`
  /** Null: a session is enough. Every other endpoint names what its caller must be allowed to do. */
  readonly permission: Permission | null
  /** It reaches all of the merchant's shops: whoever is let see some of them only may not call it. */
  readonly allShops?: true
  readonly query?: z.ZodMiniType
  readonly body?: z.ZodMiniType
  readonly response: z.ZodMiniType
  readonly errors?: readonly ErrorCode[]
}

export function contract<const C extends Contract>(definition: C): C {
  return definition
}

type PathParams<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name]: string } & PathParams<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : unknown

/** What the caller sends. */
export type Input<C extends Contract> = PathParams<C['path']> &
  (C['query'] extends z.ZodMiniType ? { query: z.input<C['query']> } : unknown) &
  (C['body'] extends z.ZodMiniType ? { body: z.input<C['body']> } : unknown)

/** What the handler receives, after parsing. */
export type Parsed<C extends Contract> = PathParams<C['path']> &
  (C['query'] extends z.ZodMiniType ? { query: z.output<C['query']> } : unknown) &
  (C['body'] extends z.ZodMiniType ? { body: z.output<C['body']> } : unknown)

export type Output<C extends Contract> = z.output<C['response']>
