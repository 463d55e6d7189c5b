/** Clients that know nothing of us, as shops have written them for the real SBPS, get through with the sandbox. */
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createApp } from '../../apps/sandbox/src/app.ts'
import { createTestDeps, sbpsTestAccounts, type TestDeps } from '../../apps/sandbox/src/testing/deps.ts'
import { serveForTest } from '../../apps/sandbox/src/testing/server.ts'

type Step = Readonly<Record<string, string>>

const closing: Array<() => void> = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

type Running = { readonly url: string; readonly deps: TestDeps; readonly noticePort: number }

async function openSandbox(): Promise<Running> {
  const noticePort = await freePort()
  const deps = createTestDeps()
  deps.accounts.upsert(sbpsTestAccounts({ noticeUrl: `http://127.0.0.1:${noticePort}/notice` }))
  const app = createApp(deps)
  for (const worker of deps.background) worker.start()
  const server = await serveForTest(app.fetch)
  closing.push(() => {
    server.close()
    for (const worker of deps.background) worker.stop()
  })
  return { url: server.url, deps, noticePort }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** A program and its arguments; files stand beside this one. */
type Command = readonly [program: string, file: string, ...words: string[]]

/** Lines of JSON as the client prints them; `heard` is told of each. */
function runClient(
  { url, deps, noticePort }: Running,
  [program, file, ...words]: Command,
  heard: (steps: Step[]) => void = () => undefined,
  more: Readonly<Record<string, string>> = {},
): Promise<Step[]> {
  const client = spawn(program, [new URL(file, import.meta.url).pathname, ...words], {
    env: {
      ...more,
      PATH: process.env['PATH'],
      SBPS_URL: url,
      SBPS_MERCHANT_ID: '99901',
      SBPS_SERVICE_ID: '001',
      SBPS_HASH_KEY: '0123456789abcdef0123456789abcdef01234567',
      SBPS_3DES_KEY: '0123456789ABCDEFGHIJKLMN',
      SBPS_3DES_IV: 'abcdefgh',
      SBPS_NOW: deps.clock.now().toISOString(),
      NOTICE_PORT: String(noticePort),
    },
  })
  closing.push(() => client.kill())
  return new Promise((done, fail) => {
    const steps: Step[] = []
    let trouble = ''
    client.stderr.on('data', (text: Buffer) => (trouble += text.toString()))
    client.stdout.on('data', (text: Buffer) => {
      for (const line of text.toString().split('\n').filter(Boolean)) {
        const said = JSON.parse(line) as Step[]
        steps.push(...said)
        heard(said)
      }
    })
    client.on('error', fail)
    client.on('close', (code) => (code === 0 ? done(steps) : fail(new Error(trouble))))
  })
}

test('a card is tokenized, authorized, confirmed, captured and refunded by a plain client', async () => {
  const steps = await runClient(await openSandbox(), [process.execPath, 'node/card.mjs'])
  expect(
    steps.map(({ name, res_result, res_err_code = '' }) => `${name} ${res_result} ${res_err_code}`.trim()),
  ).toEqual([
    'token OK',
    'authorize OK',
    'confirm OK',
    'capture OK',
    'refund a part OK',
    'refund the rest OK',
    'refund too much NG 10146999',
    'inquire OK',
  ])
  const authorized = steps.find(({ name }) => name === 'authorize')
  expect(authorized).toMatchObject({ cardbrand_code: 'M', res_tracking_id: expect.stringMatching(/^\d{14}$/) })
  expect(authorized?.['res_sps_transaction_id']).toMatch(/^C99901001ST0100131101\d{11}$/)
  expect(steps.at(-1)).toMatchObject({ payment_status: '4', commit_status: '1', cc_number: '************4444' })
})

test('a slip is issued, and its deposit notices are read by a plain client’s own server', async () => {
  const sandbox = await openSandbox()
  const { clock } = sandbox.deps
  const steps = await runClient(sandbox, [process.execPath, 'node/store.mjs'], (said) => {
    if (said[0]?.['name'] === 'issue') clock.moveTo(new Date(clock.now().getTime() + 2 * 86_400_000))
  })
  const [issued, ...notices] = steps
  expect(issued).toMatchObject({ res_result: 'OK', cvs_pay_data1: '20020' })
  expect(issued?.['invoice_no']).toBe(issued?.['res_tracking_id'])
  expect(notices).toMatchObject([
    { name: 'NT01-00103-701', rec_type: '1', rec_amount: '2160', rec_amount_total: '2160' },
    { name: 'NT01-00103-701', rec_type: '3', rec_amount: '2160', rec_amount_total: '2160' },
  ])
  expect(notices.every((notice) => notice['tracking_id'] === issued?.['res_tracking_id'])).toBe(true)
})

/** What the provider's script makes of a card in the customer's browser; the shop's server gets no more than this. */
async function tokenOf({ url }: Running): Promise<Record<string, string>> {
  const card = { ccNumber: '5555555555554444', ccExpiration: '203012', securityCode: '123' }
  const answer = await fetch(`${url}/sbpstoken/tokens`, {
    method: 'POST',
    body: JSON.stringify({ merchantId: '99901', serviceId: '001', ...card }),
  })
  const { tokenResponse } = (await answer.json()) as { tokenResponse: { token: string; tokenKey: string } }
  return { SBPS_TOKEN: tokenResponse.token, SBPS_TOKEN_KEY: tokenResponse.tokenKey }
}

/** CI has both (`.ci/run`), so that there a missing one fails; elsewhere it is said to be skipped. */
function isMissing(program: string): boolean {
  return process.env['CI'] === undefined && spawnSync(program, ['--version']).error !== undefined
}

describe.each([
  ['php', 'php/sbps.php'],
  ['ruby', 'ruby/sbps.rb'],
] as const)('a shop’s own client in %s', (program, file) => {
  test.skipIf(isMissing(program))('takes a card from authorization to refund', async () => {
    const sandbox = await openSandbox()
    const steps = await runClient(sandbox, [program, file, 'card'], undefined, await tokenOf(sandbox))
    expect(steps.map(({ name, res_result }) => `${name} ${res_result}`)).toEqual([
      'authorize OK',
      'confirm OK',
      'capture OK',
      'refund a part OK',
      'inquire OK',
      'refund OK',
    ])
    expect(steps[0]).toMatchObject({ cardbrand_code: 'M', recognized_no: expect.stringMatching(/^\d{6}$/) })
    expect(steps[4]).toMatchObject({ cc_number: '************4444', payment_status: '4' })
  })

  test.skipIf(isMissing(program))('issues a slip, reads it and cancels it', async () => {
    const [issued, inquired, cancelled] = await runClient(await openSandbox(), [program, file, 'store'])
    expect(issued).toMatchObject({ res_result: 'OK', cvs_pay_data1: '20020', bill_date: '20260813' })
    expect(issued?.['invoice_no']).toBe(issued?.['res_tracking_id'])
    expect([inquired?.['res_result'], cancelled?.['res_result']]).toEqual(['OK', 'OK'])
  })
})
