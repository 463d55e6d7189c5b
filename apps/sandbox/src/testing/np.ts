/** A merchant of NP for tests: an account, orders as data, and the calls a connector would make. */
import { businessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { decodeDone, decodePaymentStates, decodeReregistered, decodeScreenings } from '@choba/wire/np/answers.ts'
import {
  encodeChanges,
  encodeReferences,
  encodeReregistrations,
  encodeShipments,
  encodeTransactions,
} from '@choba/wire/np/encode-requests.ts'
import type {
  NpAnswer,
  NpReference,
  NpReregistration,
  NpShipment,
  NpTransaction,
  NpTransactionChange,
} from '@choba/wire/np/messages.ts'
import { decodePrintData } from '@choba/wire/np/print-data.ts'
import { decodeStatementCsv } from '@choba/wire/np/statement-csv.ts'
import { decodeStatements } from '@choba/wire/np/statements.ts'
import { parseAccounts } from '../accounts.ts'
import { createApp } from '../app.ts'
import { createTestDeps } from './deps.ts'

export type NpTestOptions = { settings?: object; contract?: object; contracts?: readonly object[]; folder?: string }
export type NpTest = ReturnType<typeof createNpTest>

const BASE_CONTRACT = { feeRateBp: 500, invoicePostageYen: 190, closing: 'weekly', roll: 'next' }
const MERCHANTS = ['np-1', 'np-2']

export function createNpTest({ settings, contract, contracts, folder }: NpTestOptions = {}) {
  const deps = createTestDeps(folder)
  const np = MERCHANTS.map((merchantCode) => ({
    merchantCode,
    spCode: `secret-${merchantCode}`,
    terminalId: '9900000001',
    contract: { ...BASE_CONTRACT, ...contract },
    ...(contracts && { contracts: contracts.map((each) => ({ ...BASE_CONTRACT, ...each })) }),
    settings: { seededOutcomes: false, ...settings },
  }))
  deps.accounts.upsert(parseAccounts({ np }))
  const app = createApp(deps)

  async function call(method: string, path: string, body: string, merchant = 'np-1') {
    const authorization = `Basic ${btoa(`${merchant}:secret-${merchant}`)}`
    const answer = await app.request(path, {
      method,
      body,
      headers: { authorization, 'x-np-terminal-id': '9900000001' },
    })
    return { status: answer.status, text: await answer.text() }
  }
  async function ask<R>(
    method: string,
    path: string,
    body: string,
    decode: (status: number, text: string) => NpAnswer<R>,
    merchant?: string,
  ) {
    const { status, text } = await call(method, path, body, merchant)
    const answer = decode(status, text)
    if (answer.kind !== 'answered') throw new Error(`${path} answered ${status} ${text}`)
    return { results: answer.results, errors: answer.errors, status }
  }

  return {
    deps,
    app,
    call,
    register: (rows: NpTransaction[], merchant?: string) =>
      ask('POST', '/v1/transactions', encodeTransactions(rows), decodeScreenings, merchant),
    update: (rows: NpTransactionChange[]) =>
      ask('PATCH', '/v1/transactions/update', encodeChanges(rows), decodeScreenings),
    find: (rows: NpReference[], merchant?: string) =>
      ask('POST', '/v1/authorizations/find', encodeReferences(rows), decodeScreenings, merchant),
    payments: (ids: string[]) =>
      ask(
        'POST',
        '/v1/transactions/payments/find',
        encodeReferences(ids.map((npTransactionId) => ({ npTransactionId }))),
        decodePaymentStates,
      ),
    cancel: (ids: string[]) =>
      ask(
        'PATCH',
        '/v1/transactions/cancel',
        encodeReferences(ids.map((npTransactionId) => ({ npTransactionId }))),
        decodeDone,
      ),
    ship: (rows: NpShipment[]) => ask('POST', '/v1/shipments', encodeShipments(rows), decodeDone),
    reregister: (rows: NpReregistration[]) =>
      ask('POST', '/v1/transactions/reregister', encodeReregistrations(rows), decodeReregistered),
    print: (ids: string[]) =>
      ask(
        'POST',
        '/v1/invoices/print',
        encodeReferences(ids.map((npTransactionId) => ({ npTransactionId }))),
        decodePrintData,
      ),
    async console(path: string, body: object) {
      const answer = await app.request(`/sandbox/np/${path}`, { method: 'POST', body: JSON.stringify(body) })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
    async statements() {
      const read = decodeStatements((await call('POST', '/v1/payment_statements/find', '{}')).text)
      if (!read.ok) throw new Error(read.refusal.problem)
      return read.value
    },
    async statementLines(statementNumber: string) {
      const authorization = `Basic ${btoa('np-1:secret-np-1')}`
      const answer = await app.request(`/v1/payment_statements/${statementNumber}.csv`, {
        headers: { authorization, 'x-np-terminal-id': '9900000001' },
      })
      const read = decodeStatementCsv(new Uint8Array(await answer.arrayBuffer()))
      if (!read.ok) throw new Error(JSON.stringify(read.problems))
      return read.lines
    },
    moveDays(days: number) {
      deps.clock.moveTo(new Date(deps.clock.now().getTime() + days * 86_400_000))
    },
    moveTo(instant: string) {
      deps.clock.moveTo(new Date(instant))
    },
  }
}

let number = 0
export function npOrder(
  changes: Partial<NpTransaction> = {},
  customer: Partial<NpTransaction['customer']> = {},
): NpTransaction {
  number += 1
  const billedAmountYen = changes.billedAmountYen ?? yen(11_000)
  return {
    shopTransactionId: `T-${number}`,
    shopOrderDate: businessDate('2026-08-03'),
    settlementType: '02',
    billedAmountYen,
    customer: {
      name: '髙橋 花子',
      nameKana: 'タカハシ ハナコ',
      zipCode: '604-0001',
      address: '京都府京都市中京区道場町1-2',
      tel: `0901${1_200_000 + number}`,
      email: 'hanako@example.jp',
      ...customer,
    },
    goods: [{ name: '煎茶', priceYen: billedAmountYen, quantity: 1 }],
    ...changes,
  }
}

export function shipmentOf(npTransactionId: string): NpShipment {
  return {
    npTransactionId,
    carrierCode: '59010',
    slipNumber: '123456789012',
  }
}
