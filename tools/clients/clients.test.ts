/** Clients that know nothing of us, as shops have written them for the real SBPS, get through with the sandbox. */
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createApp } from '../../apps/sandbox/src/app.ts'
import { createTestDeps, sbpsTestAccounts, type TestDeps } from '../../apps/sandbox/src/testing/deps.ts'
import { serveForTest } from '../../apps/sandbox/src/testing/server.ts'
import { openBrowser } from '../house/browser.ts'

type Step = Readonly<Record<string, string>>

const TWO_DAYS_MS = 2 * 86_400_000

const closing: Array<() => void> = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

type Running = { readonly url: string; readonly deps: TestDeps; readonly noticePort: number }

async function openSandbox(): Promise<Running> {
  const noticePort = await freePort()
  const deps = createTestDeps()
  deps.accounts.upsert(sbpsTestAccounts({ noticeUrl: `http://127.0.0.1:${noticePort}/notice`, link: {} }))
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
): Promise<Step[]> {
  const client = spawn(program, [new URL(file, import.meta.url).pathname, ...words], {
    env: {
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
        const said = [JSON.parse(line) as Step | Step[]].flat()
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
  expect(results(steps)).toEqual([
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
    if (said[0]?.['name'] === 'issue') clock.moveTo(new Date(clock.now().getTime() + TWO_DAYS_MS))
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

const OTHER_LANGUAGES = [
  { language: 'PHP', program: 'php', script: 'php/sbps.php', number: 'PHP', brand: 'V', last4: '1111' },
  { language: 'Ruby', program: 'ruby', script: 'ruby/sbps.rb', number: 'RUBY', brand: 'M', last4: '4444' },
] as const

/** CI has both (`.ci/run`), so that there a missing one fails; elsewhere it is said to be skipped. */
function isMissing(program: string): boolean {
  return process.env['CI'] === undefined && spawnSync(program, ['--version']).error !== undefined
}

describe.each(OTHER_LANGUAGES)('a client in $language', ({ program, script, number, brand, last4 }) => {
  test.skipIf(isMissing(program))('takes a card through all it can come to', async () => {
    const steps = await runClient(await openSandbox(), [program, script, 'card'])
    expect(results(steps)).toEqual([
      'authorize OK',
      'confirm OK',
      'capture OK',
      'refund a part OK',
      'refund the rest OK',
      'authorize again OK',
      'confirm OK',
      'cancel OK',
      'cancel twice NG 10145999',
      'inquire OK',
    ])
    expect(steps[0]).toMatchObject({ cardbrand_code: brand, res_tracking_id: expect.stringMatching(/^\d{14}$/) })
    expect(steps.at(-1)).toMatchObject({ payment_status: '4', cc_number: `************${last4}` })
  })

  test.skipIf(isMissing(program))('cancels one slip, and hears the deposit of another', async () => {
    const sandbox = await openSandbox()
    const { clock } = sandbox.deps
    let slips = 0
    const steps = await runClient(sandbox, [program, script, 'store'], (said) => {
      slips += said.filter(({ name }) => name === 'issue').length
      if (slips === 2) clock.moveTo(new Date(clock.now().getTime() + TWO_DAYS_MS))
    })
    expect(steps.map((step) => `${step['name']} ${step['payment_status'] ?? step['rec_type'] ?? ''}`.trim())).toEqual([
      'issue',
      'cancel',
      'inquire 9',
      'issue',
      'NT01-00103-701 1',
      'NT01-00103-701 3',
    ])
    expect(steps.at(-1)).toMatchObject({ rec_amount_total: '2160', tracking_id: steps[3]?.['res_tracking_id'] })
  })

  test.skipIf(isMissing(program))(
    'sends a customer to the hosted page, and believes both results by their checksums',
    async () => {
      const sandbox = await openSandbox()
      let paid: Promise<unknown> | undefined
      const steps = await runClient(sandbox, [program, script, 'link'], (said) => {
        if (said[0]?.['name'] === 'open') paid = payOnPage(`http://127.0.0.1:${sandbox.noticePort}/`)
      })
      await paid
      const result = { checksum: 'holds', order_id: `${number}-LINK-1`, res_result: 'OK', item_name: '銘茶詰合せ①' }
      expect(steps).toMatchObject([
        { name: 'open' },
        { name: 'notice', ...result, sps_hashcode: expect.stringMatching(/^[0-9A-F]{40}$/) },
        { name: 'success', ...result, sps_hashcode: expect.stringMatching(/^[0-9a-f]{40}$/) },
      ])
      expect(steps[1]?.['res_tracking_id']).toBe(steps[2]?.['res_tracking_id'])
    },
  )
})

/** A mobile phone: what its page asks for is sent without a script. */
async function payOnPage(shopUrl: string): Promise<void> {
  const browser = openBrowser('DoCoMo/2.0 P903i(c100;TB;W24H12)')
  const page = await browser.submit(await browser.open(shopUrl), '/f01/FepBuyInfoReceive.do')
  const card = { cc_number: '4111111111111111', cc_year: '2029', cc_month: '12', security_code: '123' }
  await browser.submit(await browser.submit(page, '/credit', card), '/success')
}

function results(steps: readonly Step[]): string[] {
  return steps.map(({ name, res_result, res_err_code = '' }) => `${name} ${res_result} ${res_err_code}`.trim())
}
