/** Requests as NP's side reads them: row by row, naming what is wrong with each. */
import { parseBusinessDate } from '@choba/shared/dates.ts'
import { yen } from '@choba/shared/money.ts'
import { transactionToWire } from './encode-requests.ts'
import { npTransactionIdCodes } from './field-rules.ts'
import { isObject, parseJson, type JsonObject } from '../json.ts'
import { MAX_TRANSACTIONS_PER_CALL } from './limits.ts'
import { NP_SETTLEMENT_TYPES } from './messages.ts'
import type {
  NpAddressee,
  NpGoods,
  NpReference,
  NpRequest,
  NpReregistration,
  NpRow,
  NpShipment,
  NpTransaction,
} from './messages.ts'

/** Shapes only; the limits of each field are `transactionCodes`. */
export function decodeTransactions(body: string): NpRequest<NpTransaction> {
  return rows(body, (row) => readTransaction(row))
}

export function decodeReferences(body: string): NpRequest<NpReference> {
  return rows<NpReference>(body, (row) => {
    const npTransactionId = string(row, 'np_transaction_id')
    const shopTransactionId = string(row, 'shop_transaction_id')
    if (npTransactionId === '' && shopTransactionId !== '') return { ok: true, value: { shopTransactionId } }
    return withId(npTransactionId, () => ({ ok: true, value: { npTransactionId } }))
  })
}

export function decodeShipments(body: string): NpRequest<NpShipment> {
  return rows(body, (row) => {
    const npTransactionId = string(row, 'np_transaction_id')
    return withId(npTransactionId, () => {
      const written = row['bill_issued_date']
      const absent = written === undefined || written === null || written === ''
      const billIssuedOn = absent ? undefined : parseBusinessDate(string(row, 'bill_issued_date'))
      if (!absent && !billIssuedOn) return { ok: false, id: npTransactionId, codes: ['E0100124'] }
      const value = { npTransactionId, carrierCode: string(row, 'pd_company_code'), slipNumber: string(row, 'slip_no') }
      return { ok: true, value: billIssuedOn ? { ...value, billIssuedOn } : value }
    })
  })
}

export function decodeReregistrations(body: string): NpRequest<NpReregistration> {
  return rows(body, (row) => {
    const baseNpTransactionId = string(row, 'base_np_transaction_id')
    if (baseNpTransactionId === '') return { ok: false, codes: ['ESBX0010'] }
    return withId(baseNpTransactionId, () => {
      const codes: string[] = []
      const shopOrderDate = readDay(row, codes)
      const billedAmountYen = readAmount(row, codes)
      const goods = readGoods(row, codes)
      if (codes.length > 0 || !shopOrderDate) return { ok: false, id: baseNpTransactionId, codes }
      const value = {
        baseNpTransactionId,
        shopTransactionId: string(row, 'shop_transaction_id'),
        shopOrderDate,
        billedAmountYen,
        goods,
      }
      return { ok: true, value }
    })
  })
}

/** A change keeps its wire form: it is laid over the stored transaction (`changedTransaction`) before anything is judged. */
export type NpChangeOnWire = { npTransactionId: string; row: JsonObject }

export function decodeChanges(body: string): NpRequest<NpChangeOnWire> {
  return rows(body, (row) => {
    const npTransactionId = string(row, 'np_transaction_id')
    return withId(npTransactionId, () => ({ ok: true, value: { npTransactionId, row } }))
  })
}

/** The transaction as it would stand after the change; field by field inside the customer, whole for goods and destination. */
export function changedTransaction(stored: NpTransaction, change: NpChangeOnWire): NpRow<NpTransaction> {
  const base = transactionToWire(stored)
  const { customer, ...rest } = change.row
  const merged: Record<string, unknown> = { ...base, ...rest, customer: base['customer'] }
  if (isObject(customer) && isObject(base['customer'])) merged['customer'] = { ...base['customer'], ...customer }
  if (customer !== undefined && !isObject(customer)) merged['customer'] = customer
  const row = readTransaction(merged)
  return row.ok ? row : { ok: false, id: change.npTransactionId, codes: row.codes }
}

function rows<T>(body: string, read: (row: JsonObject) => NpRow<T>): NpRequest<T> {
  const parsed = parseJson(body)
  if (body.trim() === '' || (isObject(parsed) && parsed['transactions'] === undefined))
    return { kind: 'refused', codes: ['EPRO0101'] }
  if (!isObject(parsed) || !Array.isArray(parsed['transactions'])) return { kind: 'refused', codes: ['ESBX0000'] }
  const list: readonly unknown[] = parsed['transactions']
  if (list.length === 0) return { kind: 'refused', codes: ['EPRO0101'] }
  if (list.length > MAX_TRANSACTIONS_PER_CALL) return { kind: 'refused', codes: ['EPRO0102'] }
  return {
    kind: 'rows',
    rows: refuseRepeats(
      list.map((row) => (isObject(row) ? read(row) : { ok: false, codes: ['ESBX0000'] })),
      list,
    ),
  }
}

/** The same NP id twice in one call is refused at each place (EPRO0106): which of the two was meant nobody can know. */
function refuseRepeats<T>(judged: readonly NpRow<T>[], list: readonly unknown[]): NpRow<T>[] {
  const ids = list.map((row) =>
    isObject(row) ? string(row, 'np_transaction_id') || string(row, 'base_np_transaction_id') : '',
  )
  const counts = new Map<string, number>()
  for (const id of ids) if (id !== '') counts.set(id, (counts.get(id) ?? 0) + 1)
  return judged.map((row, index) => {
    const id = ids[index] ?? ''
    return (counts.get(id) ?? 0) > 1 ? { ok: false, id, codes: ['EPRO0106'] } : row
  })
}

function withId<T>(id: string, read: () => NpRow<T>): NpRow<T> {
  const codes = npTransactionIdCodes(id)
  if (codes.length > 0) return id === '' ? { ok: false, codes } : { ok: false, id, codes }
  return read()
}

function readTransaction(row: JsonObject): NpRow<NpTransaction> {
  const codes: string[] = []
  const shopTransactionId = string(row, 'shop_transaction_id')
  const shopOrderDate = readDay(row, codes)
  const settlementType = NP_SETTLEMENT_TYPES.find((type) => type === row['settlement_type'])
  if (!settlementType) codes.push('ESBX0004')
  const billedAmountYen = readAmount(row, codes)
  const goods = readGoods(row, codes)
  const customer = readAddressee(row['customer'])
  const destination = readDestination(row['dest_customer'])
  if (codes.length > 0 || !settlementType || !shopOrderDate)
    return { ok: false, codes, ...(shopTransactionId === '' ? {} : { id: shopTransactionId }) }
  const email = isObject(row['customer']) ? string(row['customer'], 'email') : ''
  const value: NpTransaction = {
    shopTransactionId,
    shopOrderDate,
    settlementType,
    billedAmountYen,
    customer: { ...customer, email },
    goods,
  }
  if (typeof row['site_name'] === 'string' && row['site_name'] !== '') value.siteName = row['site_name']
  if (typeof row['site_url'] === 'string' && row['site_url'] !== '') value.siteUrl = row['site_url']
  if (destination) value.destination = destination
  return { ok: true, value }
}

function readDay(row: JsonObject, codes: string[]) {
  const day = parseBusinessDate(string(row, 'shop_order_date'))
  if (!day) codes.push('ESBX0003')
  return day
}

function readAmount(row: JsonObject, codes: string[]) {
  const amount = row['billed_amount']
  if (typeof amount === 'number' && Number.isSafeInteger(amount)) return yen(amount)
  codes.push('ESBX0005')
  return yen(0)
}

function readGoods(row: JsonObject, codes: string[]): NpGoods[] {
  const list: unknown = row['goods']
  if (list === undefined || list === null) {
    codes.push('ESBX0006')
    return []
  }
  const lines = Array.isArray(list) ? list.map(readGoodsLine) : [undefined]
  const goods = lines.filter((line) => line !== undefined)
  if (goods.length < lines.length) codes.push('ESBX0007')
  return goods
}

function readGoodsLine(line: unknown): NpGoods | undefined {
  if (!isObject(line)) return undefined
  const { goods_name: name, goods_price: price, quantity } = line
  if (typeof name !== 'string' || name === '') return undefined
  if (typeof price !== 'number' || !Number.isSafeInteger(price)) return undefined
  if (typeof quantity !== 'number' || !Number.isSafeInteger(quantity) || quantity < 1) return undefined
  return { name, priceYen: yen(price), quantity }
}

function readDestination(value: unknown): NpAddressee | undefined {
  if (value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0)) return undefined
  return readAddressee(value)
}

/** A member of the wrong type reads as empty, so that it is refused as missing. */
function readAddressee(value: unknown): NpAddressee {
  const row = isObject(value) ? value : {}
  const person: NpAddressee = {
    name: string(row, 'customer_name'),
    zipCode: string(row, 'zip_code'),
    address: string(row, 'address'),
    tel: string(row, 'tel'),
  }
  const [nameKana, companyName, departmentName] = [
    string(row, 'customer_name_kana'),
    string(row, 'company_name'),
    string(row, 'department_name'),
  ]
  if (nameKana !== '') person.nameKana = nameKana
  if (companyName !== '') person.companyName = companyName
  if (departmentName !== '') person.departmentName = departmentName
  return person
}

function string(row: JsonObject, key: string): string {
  const value = row[key]
  return typeof value === 'string' ? value : ''
}
