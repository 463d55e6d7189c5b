import { expect, test } from 'vitest'
import { CONTRACTS } from '@choba/shared/contracts/index.ts'
import { createTestApp } from '../../testing/app.ts'
import { describeApi } from './openapi.ts'

test('describes every endpoint with its roles, parameters and errors', () => {
  const { paths } = describeApi(CONTRACTS) as { paths: Record<string, Record<string, Record<string, unknown>>> }
  const operations = Object.values(paths).flatMap((path) => Object.values(path))
  expect(new Set(operations.map((operation) => operation['operationId']))).toEqual(
    new Set(CONTRACTS.map(({ name }) => name)),
  )
  expect(paths['/api/preferences/{key}']?.['put']).toMatchObject({
    'x-roles': ['staff', 'accountant', 'admin', 'read_only'],
    parameters: [{ name: 'key', in: 'path', required: true }],
    requestBody: { required: true },
    responses: { 200: {}, 400: { description: expect.stringContaining('request.invalid') }, 401: {}, 403: {} },
  })
  expect(paths['/api/payments']?.['get']?.['parameters']).toEqual(
    expect.arrayContaining([expect.objectContaining({ in: 'query', required: false })]),
  )
})

test('is for those who may develop', async () => {
  const house = await createTestApp()
  try {
    expect((await (await house.signIn('admin')).get('/api/openapi.json')).status).toBe(200)
    expect((await (await house.signIn('staff')).get('/api/openapi.json')).status).toBe(403)
    expect((await house.app.request('/api/openapi.json')).status).toBe(401)
  } finally {
    await house.close()
  }
})
