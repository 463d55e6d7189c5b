/** A customer's page, and what a customer's orders use of NP's limit. */
import type { Output } from '@choba/shared/contract.ts'
import type {
  CustomerDetail,
  CustomerLimit,
  CustomerPayment,
  customers,
  CustomerTotals,
} from '@choba/shared/contracts/customers.ts'
import { dayOf } from '@choba/shared/dates.ts'
import type { CustomerFilter } from '@choba/shared/filters/customers.ts'
import { type Term, termIn } from '@choba/shared/terms.ts'
import type { WrittenPerson } from '@choba/shared/contracts/written-person.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { listTerms } from '../../db/terms.ts'
import {
  countOpen,
  findCustomer,
  findCustomerBy,
  findLastSheet,
  listNpConnections,
  listOpen,
  listPaymentsOf,
  listScreenings,
  type NpConnection,
  type PaymentPlace,
  sumByMethod,
  sumPoints,
} from './customer.queries.ts'
import { isCustomerId, totalCustomers } from './customers-list.queries.ts'

export type CustomerDeps = { readonly db: Db; readonly clock: Clock; readonly providerClocks: ProviderClocks }

const METHOD = 'np_postpaid'
const PAYMENTS_A_PAGE = 50

/** @throws AppError resource.not_found */
export async function getCustomer(deps: CustomerDeps, { merchantId }: Session, id: string): Promise<CustomerDetail> {
  const db = deps.db.merchant(merchantId)
  const customer = isCustomerId(id) ? await findCustomer(db, merchantId, id) : undefined
  if (customer === undefined) throw new AppError('resource.not_found', { customer: id })
  const [terms, connections, open, openPayments, byMethod, screenings, points] = await Promise.all([
    listTerms(db, merchantId, { method: METHOD }),
    listNpConnections(db, merchantId),
    listOpen(db, merchantId, id),
    countOpen(db, merchantId, id),
    sumByMethod(db, merchantId, id),
    listScreenings(db, merchantId, id),
    sumPoints(db, merchantId, id),
  ])
  const rule = lowest(deps, 'points', terms, connections)
  return {
    customer,
    limit: { customerId: id, ...limitOf(deps, terms, connections), openYen: customer.openYen, openPayments },
    byMethod,
    open,
    screenings,
    points: rule && { ...points, yenPerPoint: rule.value.yenPerPoint, assumed: rule.assumed },
  }
}

export async function getTotals(
  deps: CustomerDeps,
  { merchantId }: Session,
  filter: CustomerFilter,
): Promise<CustomerTotals & { limitYen: number | null }> {
  const db = deps.db.merchant(merchantId)
  const [totals, terms, connections] = await Promise.all([
    totalCustomers(db, merchantId, filter),
    listTerms(db, merchantId, { method: METHOD, kinds: ['limit'] }),
    listNpConnections(db, merchantId),
  ])
  return { ...totals, limitYen: limitOf(deps, terms, connections).limitYen }
}

/** For one shop, by telephone number and name as they are keyed in. @throws AppError resource.not_found for a shop that has no NP postpaid */
export async function getLimit(
  deps: CustomerDeps,
  { merchantId }: Session,
  { shopId, phone, name }: { readonly shopId: string; readonly phone: string; readonly name: string },
): Promise<CustomerLimit> {
  const db = deps.db.merchant(merchantId)
  const connections = (await listNpConnections(db, merchantId)).filter((each) => each.shopId === shopId)
  if (connections.length === 0) throw new AppError('resource.not_found', { shop: shopId })
  const [terms, known] = await Promise.all([
    listTerms(db, merchantId, { method: METHOD, shopId, kinds: ['limit'] }),
    findCustomerBy(db, merchantId, { phone, name }),
  ])
  return {
    customerId: known?.customerId ?? null,
    ...limitOf(deps, terms, connections),
    openYen: known?.openYen ?? 0,
    openPayments: known === undefined ? 0 : await countOpen(db, merchantId, known.customerId),
  }
}

/** @throws AppError resource.not_found */
export async function getLastOrder(
  { db }: CustomerDeps,
  { merchantId }: Session,
  id: string,
): Promise<Output<typeof customers.lastOrder>> {
  const sheet = isCustomerId(id) ? await findLastSheet(db.merchant(merchantId), merchantId, id) : undefined
  if (sheet === undefined) throw new AppError('resource.not_found', { customer: id })
  return { customer: written(sheet.customer), delivery: sheet.delivery && written(sheet.delivery) }
}

/** Sheets of earlier orders know fewer fields. */
function written(person: Readonly<Record<string, unknown>>): WrittenPerson {
  const text = (key: keyof WrittenPerson) => (typeof person[key] === 'string' ? person[key] : '')
  return {
    name: text('name'),
    kana: text('kana'),
    company: text('company'),
    department: text('department'),
    zip: text('zip'),
    address: text('address'),
    phone: text('phone'),
    email: text('email'),
  }
}

export async function listCustomerPayments(
  { db }: CustomerDeps,
  { merchantId }: Session,
  { id, cursor }: { readonly id: string; readonly cursor: string | undefined },
): Promise<{ items: CustomerPayment[]; nextCursor: string | null }> {
  if (!isCustomerId(id)) throw new AppError('resource.not_found', { customer: id })
  const rows = await listPaymentsOf(db.merchant(merchantId), merchantId, {
    customerId: id,
    beyond: cursor === undefined ? undefined : readPlace(cursor),
    limit: PAYMENTS_A_PAGE,
  })
  const page = rows.slice(0, PAYMENTS_A_PAGE)
  const last = rows.length > PAYMENTS_A_PAGE ? page.at(-1) : undefined
  return {
    items: page.map(({ place: _, ...row }) => row),
    nextCursor: last === undefined ? null : `${last.place}_${last.id}`,
  }
}

/** @throws AppError request.invalid */
function readPlace(cursor: string): PaymentPlace {
  const [at = '', id = ''] = cursor.split('_')
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/.test(at) && isCustomerId(id)) return { at, id }
  throw new AppError('request.invalid', { issues: [{ path: 'cursor', message: 'not a place in this list' }] })
}

type InForce<K extends 'limit' | 'points'> = {
  readonly value: Extract<Term, { kind: K }>['value']
  readonly assumed: boolean
}

function limitOf(
  deps: CustomerDeps,
  terms: readonly Term[],
  connections: readonly NpConnection[],
): Pick<CustomerLimit, 'limitYen' | 'assumed'> {
  const found = lowest(deps, 'limit', terms, connections)
  return { limitYen: found?.value.limitYen ?? null, assumed: found?.assumed ?? false }
}

/** The term in force today by each shop's provider; where shops differ the lowest, which promises the least. */
function lowest<K extends 'limit' | 'points'>(
  deps: CustomerDeps,
  kind: K,
  terms: readonly Term[],
  connections: readonly NpConnection[],
): InForce<K> | null {
  const inForce = connections.flatMap(({ shopId, connectionId }): InForce<K>[] => {
    const on = dayOf(deps.providerClocks.now(connectionId))
    const value = termIn(terms, kind, { shopId, method: METHOD, on })
    if (value === undefined) return []
    const term = terms.find((each) => each.kind === kind && each.shopId === shopId && each.value === value)
    return [{ value: value as InForce<K>['value'], assumed: term?.assumed ?? false }]
  })
  const figure = ({ value }: InForce<K>) => ('limitYen' in value ? value.limitYen : -value.yenPerPoint)
  return inForce.sort((a, b) => figure(a) - figure(b))[0] ?? null
}
