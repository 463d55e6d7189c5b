/** A client of the pretend SBPS for tests: speaks the wire as a merchant's system does. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dayOf, jstCompact } from '@choba/shared/dates.ts'
import { encodeApiRequest } from '@choba/wire/sbps/api-request.ts'
import { type ApiAnswer, decodeApiResponse } from '@choba/wire/sbps/api-response.ts'
import type { Values } from '@choba/wire/sbps/message.ts'
import { decodeNotice, encodeNoticeAck, type Notice } from '@choba/wire/sbps/notice.ts'
import { Hono } from 'hono'
import type { SbpsAccount } from '../accounts.ts'
import type { NoticeSettings } from '../sbps/notices.ts'
import { mountSbps } from '../sbps/sbps.ts'
import { createTestDeps, sbpsTestAccounts, type TestDeps } from './deps.ts'

export type SbpsWorld = {
  readonly deps: TestDeps
  readonly app: Hono
  readonly account: SbpsAccount
  call(functionId: string, values: Values): Promise<ApiAnswer>
  post(body: Uint8Array | string): Promise<Response>
  /** Moves the clock to a day's hour in Tokyo. */
  moveDays(days: number): void
}

export type WorldOptions = {
  readonly account?: Record<string, unknown>
  readonly folder?: string
  readonly notices?: NoticeSettings
}

export function createWorld(options: WorldOptions = {}): SbpsWorld {
  const deps = createTestDeps(options.folder)
  deps.accounts.upsert(sbpsTestAccounts(options.account))
  const account = deps.accounts.findSbps('99901', '001')!
  const app = new Hono()
  mountSbps(app, deps, options.notices)

  const post = postOf(account, app)

  return {
    deps,
    app,
    account,
    post,
    call: (functionId, values) => askSbps({ deps, account, post }, functionId, values),
    moveDays: (days) => void deps.clock.moveTo(new Date(deps.clock.now().getTime() + days * 86_400_000)),
  }
}

/** One function called as a merchant's system calls it. */
export async function askSbps(
  { deps, account, post }: Pick<SbpsWorld, 'deps' | 'account' | 'post'>,
  functionId: string,
  values: Values,
): Promise<ApiAnswer> {
  const full: Values = {
    merchant_id: account.merchantId,
    service_id: account.serviceId,
    request_date: jstCompact(deps.clock.now()),
    ...values,
  }
  const written = encodeApiRequest(functionId, { values: full }, account)
  if (!written.ok) throw new Error(`unwritable ${written.tag}`)
  const answer = await post(written.bytes)
  const read = decodeApiResponse(new Uint8Array(await answer.arrayBuffer()), account, full['encrypted_flg'] === '1')
  if (!read.ok) throw new Error(`unreadable ${read.reason}`)
  return read
}

/** The door of one account. */
export function postOf(
  account: SbpsAccount,
  app: { request(path: string, init: RequestInit): Response | Promise<Response> },
) {
  return async (body: Uint8Array | string): Promise<Response> =>
    app.request('/api/xmlapi.do', {
      method: 'POST',
      headers: { 'content-type': 'text/xml', authorization: basicOf(account) },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
}

export function basicOf(account: SbpsAccount): string {
  return `Basic ${Buffer.from(`${account.merchantId}${account.serviceId}:${account.hashKey}`).toString('base64')}`
}

let orderCount = 0

export function cardRequest(values: Values = {}): Values {
  orderCount += 1
  return {
    cust_code: 'CUST-1',
    order_id: `CARD-${orderCount}`,
    item_id: 'ITEM-1',
    item_name: '帳場手拭い',
    amount: '1080',
    cc_number: '4111111111111111',
    cc_expiration: '203012',
    security_code: '123',
    dealings_type: '10',
    encrypted_flg: '1',
    cardbrand_return_flg: '1',
    ...values,
  }
}

export function storeRequest(world: SbpsWorld, values: Values = {}): Values {
  orderCount += 1
  const today = dayOf(world.deps.clock.now()).replaceAll('-', '')
  return {
    cust_code: 'CUST-1',
    order_id: `CVS-${orderCount}`,
    item_id: 'ITEM-1',
    item_name: '帳場手拭い',
    amount: '1080',
    issue_type: '0',
    last_name: '鈴木',
    first_name: '花子',
    last_name_kana: 'スズキ',
    first_name_kana: 'ハナコ',
    first_zip: '104',
    second_zip: '0061',
    add1: '東京都',
    add2: '中央区銀座',
    add3: '１－２－３',
    tel: '0312345678',
    mail: 'hanako@example.jp',
    seiyakudate: today,
    webcvstype: '016',
    bill_date: '20260820',
    encrypted_flg: '1',
    ...values,
  }
}

export type Merchant = {
  readonly url: string
  readonly notices: Notice[]
  /** What to answer next; OK when it runs out. */
  readonly answers: ('OK' | 'NG' | 500 | 'drop')[]
  close(): Promise<void>
}

/** A merchant's notice address that keeps what it was told. */
export async function startMerchant(account: SbpsAccount): Promise<Merchant> {
  const notices: Notice[] = []
  const answers: Merchant['answers'] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const read = decodeNotice(Buffer.concat(chunks), account)
      if (!read.ok || !read.checksumHolds) throw new Error('a notice that does not hold')
      notices.push(read.notice)
      const answer = answers.shift() ?? 'OK'
      if (answer === 'drop') response.destroy()
      else if (answer === 500) response.writeHead(500).end()
      else response.end(encodeNoticeAck({ functionId: read.notice.functionId, result: answer }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`,
    notices,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
