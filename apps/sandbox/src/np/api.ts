/** NP's REST API: what each path does, and how its answer is written. */
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
import { printDataToWire } from '@choba/wire/np/print-data.ts'
import type { NpAccount } from '../accounts.ts'
import type { Deps } from '../deps.ts'
import { sufferFault } from '../http.ts'
import { authenticate, errorAnswer, json, unauthorized } from './answering.ts'
import { cancel, reregister } from './cancellation.ts'
import { mountNpConsole } from './console.ts'
import { registerDisputeTasks } from './disputes.ts'
import { type FaultCall, faultsOfCall } from './faults.ts'
import { NP_GUIDE } from './guide.ts'
import { registerInvoiceTasks } from './invoices.ts'
import { paymentStateOf } from './payment-state.ts'
import { printInvoice } from './print.ts'
import { findNewestOfShopId, findOwn, openBook, type NpBook, type NpRecord } from './record.ts'
import { register, registerScreeningTasks, screeningOf, update } from './registration.ts'
import { registerPayoutTasks } from './replacement-payments.ts'
import { registerShipmentTasks, reportShipment } from './shipments.ts'
import { mountStatements } from './statements-api.ts'

type Sale = { readonly email: string | undefined; readonly sale: string }

/** One endpoint: how a row is read, done and written, and whose e-mail may ask for a fault. */
type Endpoint<T, R> = {
  readonly call: FaultCall
  readonly decode: (body: string) => NpRequest<T>
  readonly perform: (book: NpBook, account: NpAccount, row: T) => NpRow<R>
  readonly toWire: (result: R) => Record<string, unknown>
  readonly saleOf: (book: NpBook, account: NpAccount, row: T) => Sale
}

export function mountNp(app: Hono, deps: Deps): void {
  const book = openBook(deps)
  registerScreeningTasks(book)
  registerShipmentTasks(book)
  registerInvoiceTasks(book)
  registerDisputeTasks(book)
  registerPayoutTasks(book)
  deps.guide.push(...NP_GUIDE)
  mountChanges(app, book)
  mountQuestions(app, book)
  mountStatements(app, book)
  mountNpConsole(app, book)
}

function mountChanges(app: Hono, book: NpBook): void {
  app.post(
    '/v1/transactions',
    endpoint(book, {
      call: 'register',
      decode: decodeTransactions,
      perform: register,
      toWire: screeningToWire,
      saleOf: (_book, _account, row) => ({ email: row.customer.email, sale: row.shopTransactionId }),
    }),
  )
  app.patch(
    '/v1/transactions/update',
    endpoint(book, {
      call: 'update',
      decode: decodeChanges,
      perform: update,
      toWire: screeningToWire,
      saleOf: saleOfId,
    }),
  )
  app.patch(
    '/v1/transactions/cancel',
    endpoint(book, {
      call: 'cancel',
      decode: decodeReferences,
      perform: (_, account, row) =>
        'npTransactionId' in row ? cancel(book, account, row.npTransactionId) : { ok: false, codes: ['EPRO0105'] },
      toWire: doneToWire,
      saleOf: saleOfReference,
    }),
  )
  app.post(
    '/v1/transactions/reregister',
    endpoint(book, {
      call: 'reregister',
      decode: decodeReregistrations,
      perform: reregister,
      toWire: reregisteredToWire,
      saleOf: (_, account, row) => saleOfId(book, account, { npTransactionId: row.baseNpTransactionId }),
    }),
  )
  app.post(
    '/v1/shipments',
    endpoint(book, {
      call: 'ship',
      decode: decodeShipments,
      perform: reportShipment,
      toWire: doneToWire,
      saleOf: saleOfId,
    }),
  )
}

function mountQuestions(app: Hono, book: NpBook): void {
  app.post(
    '/v1/authorizations/find',
    endpoint(book, {
      call: 'authorizations',
      decode: decodeReferences,
      perform: finding(screeningOf),
      toWire: screeningToWire,
      saleOf: saleOfReference,
    }),
  )
  app.post(
    '/v1/transactions/payments/find',
    endpoint(book, {
      call: 'payments',
      decode: decodeReferences,
      perform: finding((record) => paymentStateOf(book, record)),
      toWire: paymentStateToWire,
      saleOf: saleOfReference,
    }),
  )
  app.post(
    '/v1/invoices/print',
    endpoint(book, {
      call: 'print',
      decode: decodeReferences,
      perform: printInvoice,
      toWire: printDataToWire,
      saleOf: saleOfReference,
    }),
  )
}

function endpoint<T, R>(book: NpBook, { call, decode, perform, toWire, saleOf }: Endpoint<T, R>) {
  return async (c: Context): Promise<Response> => {
    const account = authenticate(c, book.deps)
    if (!account) return unauthorized(c)
    const body = await c.req.text()
    book.deps.schedule.tick()
    const request = decode(body)
    if (request.kind === 'refused') return errorAnswer(c, request.codes)
    const { store } = book.deps
    const done = store.transaction(() => {
      const sales = request.rows.map((row) => (row.ok ? saleOf(book, account, row.value) : NOBODY))
      const { fault, refusals } = faultsOfCall(store, call, sales)
      if (fault === 'error500') return { fault, rows: [] }
      const rows = request.rows.map((row, index): NpRow<R> => {
        const code = refusals[index]
        if (code !== undefined) return { ok: false, id: sales[index]!.sale, codes: [code] }
        return row.ok ? perform(book, account, row.value) : row
      })
      return { fault, rows }
    })
    if (done.fault === 'error500') return c.text('Internal Server Error', 500)
    const answer = encodeAnswer(
      done.rows.flatMap((row) => (row.ok ? [toWire(row.value)] : [])),
      done.rows.flatMap((row) => (row.ok ? [] : [row])),
    )
    return sufferFault(c, done.fault, json(c, answer.status, answer.body))
  }
}

const NOBODY: Sale = { email: undefined, sale: '' }

function saleOfId(book: NpBook, account: NpAccount, row: { readonly npTransactionId: string }): Sale {
  return { email: findOwn(book, account, row.npTransactionId)?.transaction.customer.email, sale: row.npTransactionId }
}

function saleOfReference(book: NpBook, account: NpAccount, row: NpReference): Sale {
  const sale = 'npTransactionId' in row ? row.npTransactionId : row.shopTransactionId
  return { email: referred(book, account, row)?.transaction.customer.email, sale }
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
