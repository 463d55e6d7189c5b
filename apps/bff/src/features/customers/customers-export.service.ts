/** The customers' table as CSV: the rows and totals of one snapshot, audited. */
import { sql } from 'kysely'
import { customerColumns } from '@choba/shared/columns/customers.ts'
import type { Output } from '@choba/shared/contract.ts'
import type { CustomerExportQuery, customers, CustomerTotals } from '@choba/shared/contracts/customers.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { labels } from '@choba/shared/labels/labels.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { ExportColumn } from '../../exports/csv-sql.ts'
import { openSnapshot, type Snapshot } from '../../exports/csv-stream.ts'
import { charactersMissing, type UnmappableCell, unmappableSql } from '../../exports/unmappable.ts'
import { customersOrder, customersWhere, customerTotalsSql } from './customers-list.queries.ts'
import type { CustomerDeps } from './customers.service.ts'

type Query = Omit<CustomerExportQuery, 'substitute'>
type Check = Output<typeof customers.checkExport>
export type CustomerDownload = {
  readonly fileName: string
  readonly totals: CustomerTotals
  readonly body: ReadableStream<Uint8Array>
  readonly encoding: CustomerExportQuery['encoding']
}

/** Characters a person is shown before saying what shall stand for them. */
const MOST_SHOWN = 20

/** How many rows and which sums a download would hold, and what the encoding cannot write. */
export async function checkCustomerExport(deps: CustomerDeps, session: Session, query: Query): Promise<Check> {
  const snapshot = await openSnapshot(deps.db, session.merchantId)
  try {
    const cells =
      query.encoding === 'cp932' ? await unmappable(deps, session, { snapshot, query, most: MOST_SHOWN }) : []
    return {
      totals: await totalsIn(deps, session, { snapshot, query }),
      unmappable: [...new Set(cells.flatMap(({ value }) => [...charactersMissing(value)]))],
      unmappableCount: cells[0]?.total ?? 0,
    }
  } finally {
    await snapshot.close()
  }
}

/** @throws AppError export.unmappable while CP932 lacks a character and nothing is said to stand for it */
export async function exportCustomers(
  deps: CustomerDeps,
  session: Session,
  query: CustomerExportQuery,
): Promise<CustomerDownload> {
  const { merchantId } = session
  const snapshot = await openSnapshot(deps.db, merchantId)
  try {
    if (query.encoding === 'cp932' && query.substitute?.includes('geta') !== true) {
      const [first] = await unmappable(deps, session, { snapshot, query, most: 1 })
      if (first !== undefined) throw new AppError('export.unmappable', { count: first.total })
    }
    const totals = await totalsIn(deps, session, { snapshot, query })
    const fileName = `customers_${dayOf(deps.clock.now())}_JST.csv`
    const { q, openMin, sort, direction, encoding } = query
    await audit(deps.db.merchant(merchantId), {
      merchantId,
      actor: person(session),
      action: 'customers.export',
      subject: { kind: 'export', id: uuidv7() },
      // What was searched for is a customer's name or number: that there was a search is enough.
      after: { searched: (q ?? '') !== '', openMin, sort, direction, encoding, ...totals, fileName },
    })
    const body = snapshot.stream(
      { columns: columnsOf(query), from: fromOf(session, query), orderBy: customersOrder(sort, direction) },
      encoding,
    )
    return { fileName, totals, body, encoding }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

type Within = { readonly snapshot: Snapshot; readonly query: Query }

async function totalsIn({ db }: CustomerDeps, session: Session, { snapshot, query }: Within): Promise<CustomerTotals> {
  const compiled = customerTotalsSql(session.merchantId, query).compile(db.merchant(session.merchantId))
  const [totals] = await snapshot.query<CustomerTotals>(compiled)
  return totals as CustomerTotals // an aggregate without groups has exactly one row
}

function unmappable(
  { db }: CustomerDeps,
  session: Session,
  { snapshot, query, most }: Within & { readonly most: number },
): Promise<UnmappableCell<object>[]> {
  const found = unmappableSql<object>(columnsOf(query), sql`hit.customer_id`, fromOf(session, query), most)
  return found === undefined
    ? Promise.resolve([])
    : snapshot.query<UnmappableCell<object>>(found.compile(db.merchant(session.merchantId)))
}

function columnsOf({ language }: Query): ExportColumn[] {
  return customerColumns.map(({ id, kind }) => ({ id, kind, header: labels(language).customer_column[id] }))
}

/** With the one column that is reckoned. */
function fromOf({ merchantId }: Session, query: Query) {
  return sql`from (select *, captured_yen - refunded_yen as net_yen from customer) customer where ${customersWhere(merchantId, query)}`
}
