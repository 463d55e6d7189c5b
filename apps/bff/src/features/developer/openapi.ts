/** The machine-readable description of the API, written from the contracts themselves and so never out of date. */
import * as z from 'zod/mini'
import type { Contract } from '@choba/shared/contract.ts'
import { ERROR_STATUS, type ErrorCode } from '@choba/shared/errors.ts'
import { allows, ROLES } from '@choba/shared/permissions.ts'

type NamedContract = { readonly name: string; readonly contract: Contract }
type JsonObject = Record<string, unknown>

const COMMON_ERRORS: readonly ErrorCode[] = ['auth.required', 'service.unavailable', 'service.timeout']

export function describeApi(contracts: readonly NamedContract[]): JsonObject {
  const paths: Record<string, JsonObject> = {}
  for (const named of contracts) {
    const path = named.contract.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [named.contract.method.toLowerCase()]: describeOperation(named) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Choba',
      version: '1',
      description: 'Amounts are whole yen. Days are cut in Asia/Tokyo; instants are ISO 8601.',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'choba.session_token' } },
      schemas: { Error: ERROR_SCHEMA },
    },
    security: [{ session: [] }],
  }
}

const ERROR_SCHEMA = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'details', 'requestId'],
      properties: {
        code: { type: 'string', enum: Object.keys(ERROR_STATUS) },
        details: { type: 'object' },
        requestId: { type: 'string' },
      },
    },
  },
}

function describeOperation({ name, contract }: NamedContract): JsonObject {
  const parameters = [...pathParameters(contract), ...queryParameters(contract)]
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    'x-permission': contract.permission,
    ...(contract.allShops && { 'x-all-shops': true }),
    'x-roles': ROLES.filter((role) => contract.permission === null || allows(role, contract.permission)),
    ...(parameters.length > 0 && { parameters }),
    ...(contract.body && { requestBody: { required: true, content: json(schemaOf(contract.body, 'input')) } }),
    responses: {
      200: { description: 'OK', content: json(schemaOf(contract.response, 'output')) },
      ...errorResponses(contract),
    },
  }
}

function pathParameters({ path }: Contract): JsonObject[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters({ query }: Contract): JsonObject[] {
  if (!query) return []
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: JsonObject
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

function errorResponses(contract: Contract): JsonObject {
  const codes = [...COMMON_ERRORS, ...(contract.errors ?? [])]
  if (contract.permission) codes.push('auth.forbidden')
  if (contract.query || contract.body || contract.path.includes(':')) codes.push('request.invalid')
  if (contract.body) codes.push('request.too_large')
  if (contract.method !== 'GET') codes.push('request.cross_site')
  const byStatus = Map.groupBy(new Set(codes), (code) => ERROR_STATUS[code])
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      status,
      { description: named.join(', '), content: json({ $ref: '#/components/schemas/Error' }) },
    ]),
  )
}

/** What a transform makes of a value has no JSON schema; the value before it has. */
function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): JsonObject {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonObject
  return described
}

function json(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } }
}
