/** Every endpoint there is, against every role: written once, and true for the endpoints of tomorrow. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Contract } from '@choba/shared/contract.ts'
import { AUDIT_EXPORT_PATH } from '@choba/shared/contracts/audit-log.ts'
import { CUSTOMER_EXPORT_PATH } from '@choba/shared/contracts/customers.ts'
import { CONTRACTS } from '@choba/shared/contracts/index.ts'
import { IMPORT_RESULT_PATH, IMPORT_TEMPLATE_PATH, IMPORT_UPLOAD_PATH } from '@choba/shared/contracts/imports.ts'
import { PAYMENT_LINK_EXPORT_PATH } from '@choba/shared/contracts/payment-links.ts'
import { PAYOUT_EXPORT_PATH } from '@choba/shared/contracts/payouts.ts'
import { PAYMENT_EXPORT_PATH } from '@choba/shared/contracts/payments.ts'
import { PRINT_FILE_PATH } from '@choba/shared/contracts/invoice-prints.ts'
import { EXPORT_FILE_PATH } from '@choba/shared/contracts/exports.ts'
import { JOURNAL_EXPORT_PATH } from '@choba/shared/contracts/journal.ts'
import { ISSUER_BACK_PATH, ISSUER_GO_PATH, ISSUERS_PATH } from '@choba/shared/contracts/security.ts'
import { CUSTOMER_RETURN_EXPORT_PATH } from '@choba/shared/contracts/customer-returns.ts'
import { SETUP_DOOR_PATH } from '@choba/shared/contracts/setup.ts'
import { SUBSCRIPTION_EXPORT_PATH } from '@choba/shared/contracts/subscriptions.ts'
import { INVOICE_EXPORT_PATH } from '@choba/shared/contracts/invoices.ts'
import { SCREENING_EXPORT_PATH } from '@choba/shared/contracts/screenings.ts'
import { SLIP_EXPORT_PATH } from '@choba/shared/contracts/slips.ts'
import { ZOMBIE_EXPORT_PATH } from '@choba/shared/contracts/zombies.ts'
import { allows, type Role, ROLES } from '@choba/shared/permissions.ts'
import { createTestApp, errorOf, jsonInit, type TestApp, type TestClient } from '../testing/app.ts'

/** What answers something else than JSON and so is no contract. */
const PLAIN_ROUTES = [
  `GET ${ISSUERS_PATH}`,
  `GET ${SETUP_DOOR_PATH}`,
  `GET ${ISSUER_GO_PATH}`,
  `GET ${ISSUER_BACK_PATH}`,
  `GET ${SCREENING_EXPORT_PATH}`,
  `GET ${INVOICE_EXPORT_PATH}`,
  `GET ${PRINT_FILE_PATH}`,
  `GET ${SLIP_EXPORT_PATH}`,
  `GET ${ZOMBIE_EXPORT_PATH}`,
  'GET /api/events',
  'GET /api/openapi.json',
  `GET ${PAYMENT_EXPORT_PATH}`,
  `GET ${PAYOUT_EXPORT_PATH}`,
  `GET ${PAYMENT_LINK_EXPORT_PATH}`,
  `GET ${CUSTOMER_EXPORT_PATH}`,
  `GET ${SUBSCRIPTION_EXPORT_PATH}`,
  `GET ${CUSTOMER_RETURN_EXPORT_PATH}`,
  `GET ${JOURNAL_EXPORT_PATH}`,
  `GET ${AUDIT_EXPORT_PATH}`,
  `GET ${EXPORT_FILE_PATH}`,
  `POST ${IMPORT_UPLOAD_PATH}`,
  `GET ${IMPORT_RESULT_PATH}`,
  `GET ${IMPORT_TEMPLATE_PATH}`,
]

let house: TestApp
const clients = new Map<Role, TestClient>()

beforeAll(async () => {
  house = await createTestApp()
  for (const role of ROLES) clients.set(role, await house.signIn(role))
})
afterAll(() => house.close())

function clientOf(role: Role): TestClient {
  return clients.get(role) as TestClient
}

function addressOf(contract: Contract, param = '019aa000-0000-7000-8000-000000000000'): string {
  return contract.path.replace(/:\w+/g, param)
}

function isAllowed(role: Role, { permission }: Contract): boolean {
  return permission === null || allows(role, permission)
}

describe.each(CONTRACTS)('$name', ({ contract }) => {
  test('answers 401 without a session', async () => {
    const response = await house.app.request(addressOf(contract), jsonInit(contract.method, contract.body && {}))
    expect([response.status, (await errorOf(response)).code]).toEqual([401, 'auth.required'])
  })

  test('answers 401 to a made-up session', async () => {
    const headers = { Cookie: 'choba.session_token=abc.def', 'Content-Type': 'application/json' }
    const response = await house.app.request(addressOf(contract), { method: contract.method, headers })
    expect(response.status).toBe(401)
  })

  test('answers 403 to every role without the permission', async () => {
    for (const role of ROLES.filter((each) => !isAllowed(each, contract))) {
      const response = await clientOf(role).send(contract.method, addressOf(contract), contract.body && {})
      expect([role, response.status, (await errorOf(response)).code]).toEqual([role, 403, 'auth.forbidden'])
    }
  })

  test('answers 400 to malformed input, naming what is wrong', async () => {
    for (const role of ROLES.filter((each) => isAllowed(each, contract))) {
      for (const { address, init } of malformed(contract)) {
        const headers = { ...init.headers, Cookie: clientOf(role).cookie }
        const response = await house.app.request(address, { ...init, headers })
        const error = await errorOf(response)
        expect([address, init.body, response.status, error.code]).toEqual([address, init.body, 400, 'request.invalid'])
        expect(error.details['issues']).toEqual(
          expect.arrayContaining([{ path: expect.any(String), message: expect.any(String) }]),
        )
      }
    }
  })

  test('is described in the API document', async () => {
    const document = (await (await clientOf('admin').get('/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, object>>
    }
    expect(document.paths[contract.path.replace(/:(\w+)/g, '{$1}')]?.[contract.method.toLowerCase()]).toMatchObject({
      'x-permission': contract.permission,
    })
  })
})

test('leaves no door under /api open but the one to sign in', async () => {
  const doors = ownRoutes().filter((route) => !route.includes(' /api/auth/sign-'))
  const body = { currentPassword: 'x', newPassword: 'a long enough password' }
  for (const door of doors) {
    const [method = '', path = ''] = door.split(' ')
    const response = await house.app.request(
      path.replace(/:\w+/g, 'x'),
      jsonInit(method, method === 'GET' ? undefined : body),
    )
    expect([door, response.status]).toEqual([door, 401])
  }
})

test('has no endpoint under /api that no contract and no download names', () => {
  const named = CONTRACTS.map(({ contract }) => `${contract.method} ${contract.path}`)
  const others = ownRoutes().filter((route) => !named.includes(route) && !route.startsWith('POST /api/auth/'))
  for (const route of others) expect(PLAIN_ROUTES).toContain(route)
})

/** Routes under /api, without the middleware that stands at wildcards. */
function ownRoutes(): string[] {
  return house.app.routes
    .filter(({ path }) => path.startsWith('/api/') && !path.includes('*'))
    .map(({ method, path }) => `${method} ${path}`)
}

type Malformed = { address: string; init: { method: string; headers: Record<string, string>; body?: string } }

function malformed(contract: Contract): Malformed[] {
  const { method } = contract
  const headers = { 'Content-Type': 'application/json' }
  const cases: Malformed[] = []
  if (contract.body) {
    for (const body of [
      '',
      '{',
      '[]',
      '"text"',
      '7',
      'null',
      '{"a":"\\u0000"}',
      '{"a":"\\ud800"}',
      '['.repeat(100_000) + ']'.repeat(100_000),
    ])
      cases.push({ address: addressOf(contract), init: { method, headers, body } })
  }
  const init = { method, headers, ...(contract.body && { body: '{}' }) }
  if (contract.query) cases.push({ address: `${addressOf(contract)}?x=%00`, init })
  if (contract.path.includes(':')) {
    for (const param of ['%00', 'a%20b', '%27%3B--', 'x'.repeat(200), '%E3%81%82', '%ff'])
      cases.push({ address: addressOf(contract, param), init })
  }
  return cases
}
