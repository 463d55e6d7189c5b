/** The BFF's own description of its API, as far as the page reads it. */
import { type Permission, PERMISSIONS } from '@choba/shared/permissions.ts'

export type Parameter = { readonly name: string; readonly isInPath: boolean; readonly isRequired: boolean }
export type Operation = {
  readonly id: string
  readonly tag: string
  readonly method: string
  readonly path: string
  readonly permission: Permission | null
  readonly parameters: readonly Parameter[]
  readonly body: unknown
  readonly answer: unknown
  /** Status and the codes that come with it. */
  readonly refusals: ReadonlyArray<readonly [string, string]>
}

type Content = { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> }
type Raw = {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly 'x-permission': string | null
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly in: string; readonly required: boolean }>
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>
}

/** In the order of the description. */
export function listOperations(description: unknown): Operation[] {
  const { paths } = description as { paths: Readonly<Record<string, Readonly<Record<string, Raw>>>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => toOperation(path, method.toUpperCase(), raw)),
  )
}

function toOperation(path: string, method: string, raw: Raw): Operation {
  const { 200: ok, ...others } = raw.responses
  return {
    id: raw.operationId,
    tag: raw.tags[0] ?? '',
    method,
    path,
    permission: PERMISSIONS.find((each) => each === raw['x-permission']) ?? null,
    parameters: (raw.parameters ?? []).map(({ name, in: place, required }) => ({
      name,
      isInPath: place === 'path',
      isRequired: required,
    })),
    body: schemaIn(raw.requestBody),
    answer: schemaIn(ok),
    refusals: Object.entries(others).map(([status, { description }]) => [status, description] as const),
  }
}

function schemaIn(content: Content | undefined): unknown {
  return content?.content?.['application/json']?.schema
}
