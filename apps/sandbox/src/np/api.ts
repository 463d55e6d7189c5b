/** NP's REST API: who may call, what each path does, and how its answer is written. */
import type { Context, Hono } from 'hono'
import {
  doneToWire,
  encodeAnswer,
  paymentStateToWire,
  reregisteredToWire,
  screeningToWire,
} from '@choba/wire/np/answers.ts'
import {
  decodeChanges,
  decodeReferences,
  decodeReregistrations,
  decodeShipments,
  decodeTransactions,
} from '@choba/wire/np/decode-requests.ts'
import type { NpReference, NpRequest, NpRow } from '@choba/wire/np/messages.ts'
import { encodeStatementCsv } from '@choba/wire/np/statement-csv.ts'
import { decodeStatementFind, encodeStatements } from '@choba/wire/np/statements.ts'
import type { NpAccount } from '../accounts.ts'
import type { Deps } from '../deps.ts'
import { basicCredentials, faultOf, sufferFault } from '../http.ts'
import { cancel, reregister } from './cancellation.ts'
import { NP_GUIDE } from './guide.ts'
import { registerInvoiceTasks } from './invoices.ts'
import { paymentStateOf } from './payment-state.ts'
import { findNewestOfShopId, findOwn, openBook, type NpBook, type NpRecord } from './record.ts'
import { register, registerScreeningTasks, screeningOf, update } from './registration.ts'
import { registerPayoutTasks } from './replacement-payments.ts'
import { registerShipmentTasks, reportShipment } from './shipments.ts'

/** One endpoint: how a row is read, done and written, and whose e-mail may ask for a fault. */
type Endpoint<T, R> = {
  readonly decode: (body: string) => NpRequest<T>
  readonly perform: (book: NpBook, account: NpAccount, row: T) => NpRow<R>
  readonly toWire: (result: R) => Record<string, unknown>
  readonly emailOf?: (book: NpBook, account: NpAccount, row: T) => string | undefined
}

export function mountNp(app: Hono, deps: Deps): void {
  const book = openBook(deps)
  registerScreeningTasks(book)
  registerShipmentTasks(book)
  registerInvoiceTasks(book)
  registerPayoutTasks(book)
  deps.guide.push(...NP_GUIDE)
  const emailOfId = (_book: NpBook, account: NpAccount, { npTransactionId }: { npTransactionId: string }) =>
    findOwn(book, account, npTransactionId)?.transaction.customer.email

  app.post(
    '/v1/transactions',
    endpoint(book, {
      decode: decodeTransactions,
      perform: register,
      toWire: screeningToWire,
      emailOf: (_b, _a, row) => row.customer.email,
    }),
  )
  app.patch(
    '/v1/transactions/update',
    endpoint(book, { decode: decodeChanges, perform: update, toWire: screeningToWire, emailOf: emailOfId }),
  )
  app.patch(
    '/v1/transactions/cancel',
    endpoint(book, {
      decode: decodeReferences,
      perform: (b, account, row) =>
        'npTransactionId' in row ? cancel(b, account, row.npTransactionId) : { ok: false, codes: ['EPRO0105'] },
      toWire: doneToWire,
      emailOf: (b, account, row) => referred(b, account, row)?.transaction.customer.email,
    }),
  )
  app.post(
    '/v1/transactions/reregister',
    endpoint(book, { decode: decodeReregistrations, perform: reregister, toWire: reregisteredToWire }),
  )
  app.post(
    '/v1/shipments',
    endpoint(book, { decode: decodeShipments, perform: reportShipment, toWire: doneToWire, emailOf: emailOfId }),
  )
  app.post(
    '/v1/authorizations/find',
    endpoint(book, { decode: decodeReferences, perform: finding(screeningOf), toWire: screeningToWire }),
  )
  app.post(
    '/v1/transactions/payments/find',
    endpoint(book, { decode: decodeReferences, perform: finding(paymentStateOf), toWire: paymentStateToWire }),
  )
  mountStatements(app, book)
}

function mountStatements(app: Hono, book: NpBook): void {
  app.post('/v1/payment_statements/find', async (c) => {
    const account = authenticate(c, book.deps)
    if (!account) return unauthorized(c)
    const find = decodeStatementFind(await c.req.text())
    if (!find.ok) return errorAnswer(c, ['ESBX0000'])
    const own = [...book.statements.values()].filter((statement) => statement.merchantCode === account.merchantCode)
    const { closedFrom } = find.value
    return json(
      c,
      200,
      encodeStatements(own.filter((statement) => closedFrom === undefined || statement.closedOn >= closedFrom)),
    )
  })
  app.get('/v1/payment_statements/:file{.+\\.csv}', (c) => {
    const account = authenticate(c, book.deps)
    if (!account) return unauthorized(c)
    const statement = book.statements.get(c.req.param('file').slice(0, -'.csv'.length))
    if (statement?.merchantCode !== account.merchantCode) return errorAnswer(c, ['E0100113'], 404)
    const { bytes } = encodeStatementCsv(statement.lines)
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': 'text/csv; charset=Shift_JIS',
      'Content-Disposition': `attachment; filename="${statement.statementNumber}.csv"`,
    })
  })
}

function endpoint<T, R>(book: NpBook, { decode, perform, toWire, emailOf }: Endpoint<T, R>) {
  return async (c: Context): Promise<Response> => {
    const account = authenticate(c, book.deps)
    if (!account) return unauthorized(c)
    const body = await c.req.text()
    book.deps.schedule.tick()
    const request = decode(body)
    if (request.kind === 'refused') return errorAnswer(c, request.codes)
    const emails = emailOf ? request.rows.map((row) => (row.ok ? emailOf(book, account, row.value) : undefined)) : []
    const fault = emails.map(faultOf).find((asked) => asked !== undefined)
    if (fault === 'error500') return c.text('Internal Server Error', 500)
    const rows = book.deps.store.transaction(() =>
      request.rows.map((row) => (row.ok ? perform(book, account, row.value) : row)),
    )
    const results = rows.flatMap((row) => (row.ok ? [toWire(row.value)] : []))
    const answer = encodeAnswer(
      results,
      rows.flatMap((row) => (row.ok ? [] : [row])),
    )
    return sufferFault(c, fault, json(c, answer.status, answer.body))
  }
}

function finding<R>(tell: (record: NpRecord) => R) {
  return (book: NpBook, account: NpAccount, row: NpReference): NpRow<R> => {
    const record = referred(book, account, row)
    const id = 'npTransactionId' in row ? row.npTransactionId : row.shopTransactionId
    return record ? { ok: true, value: tell(record) } : { ok: false, id, codes: ['E0100113'] }
  }
}

function referred(book: NpBook, account: NpAccount, row: NpReference): NpRecord | undefined {
  return 'npTransactionId' in row
    ? findOwn(book, account, row.npTransactionId)
    : findNewestOfShopId(book, account, row.shopTransactionId)
}

/** Basic: merchant code and SP code; the header names the integrating system. */
function authenticate(c: Context, deps: Deps): NpAccount | undefined {
  const credentials = basicCredentials(c.req.header('authorization'))
  const account = credentials && deps.accounts.findNp(credentials.user)
  if (!account || account.spCode !== credentials.password) return undefined
  return c.req.header('x-np-terminal-id') === account.terminalId ? account : undefined
}

function unauthorized(c: Context): Response {
  c.header('WWW-Authenticate', 'Basic realm="NP"')
  return json(c, 401, JSON.stringify({ errors: [{ codes: ['ESBX0401'] }] }))
}

function errorAnswer(c: Context, codes: readonly string[], status: 400 | 404 = 400): Response {
  return json(c, status, JSON.stringify({ errors: [{ codes }] }))
}

function json(c: Context, status: 200 | 400 | 401 | 404, body: string): Response {
  return c.body(body, status, { 'Content-Type': 'application/json; charset=UTF-8' })
}
