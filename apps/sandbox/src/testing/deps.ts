/** A sandbox for tests: memory only, real time under the test's hand. */
import { type AccountsInput, parseAccounts } from '../accounts.ts'
import { createDeps, type Deps } from '../deps.ts'

export type TestDeps = Deps & { readonly realTime: { ms: number } }

export const TEST_START = new Date('2026-08-03T09:00:00+09:00')

export function createTestDeps(folder?: string): TestDeps {
  const realTime = { ms: TEST_START.getTime() }
  const deps = createDeps({ realNow: () => realTime.ms, ...(folder === undefined ? {} : { folder }) })
  return Object.assign(deps, { realTime })
}

export function sbpsTestAccounts(overrides: Record<string, unknown> = {}): AccountsInput {
  return parseAccounts({
    sbps: [
      {
        merchantId: '99901',
        serviceId: '001',
        hashKey: '0123456789abcdef0123456789abcdef01234567',
        tripleDesKey: '0123456789ABCDEFGHIJKLMN',
        tripleDesIv: 'abcdefgh',
        noticeUrl: 'http://127.0.0.1:9/notices',
        requestAgeCheck: false,
        ...overrides,
      },
    ],
  })
}
