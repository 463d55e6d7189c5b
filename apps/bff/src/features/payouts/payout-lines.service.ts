/** The lines of one payout: as stated, beside what was expected; or, before the statement, what it is to hold. */
import type { Output } from '@choba/shared/contract.ts'
import type { PayoutLine, payouts } from '@choba/shared/contracts/payouts.ts'
import { AppError } from '../../core/app-error.ts'
import { loadCalendar } from '../../db/calendar.ts'
import { listTerms } from '../../db/terms.ts'
import { opensOn } from '../../domain/closings.ts'
import { listCompared, statementLines } from './compare.queries.ts'
import { listDueLines, listPayoutConnections } from './due.queries.ts'
import { parseExpectedId } from './expected.service.ts'
import { findStatement } from './payout-detail.queries.ts'
import type { PayoutDeps } from './payouts.service.ts'

const PAGE = 100
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

type Query = { readonly only: 'all' | 'differences'; readonly cursor?: string | undefined }
type Page = Output<typeof payouts.lines>

/** @throws AppError resource.not_found */
export async function listPayoutLines(
  { db }: PayoutDeps,
  merchantId: string,
  { id, query }: { readonly id: string; readonly query: Query },
): Promise<Page> {
  const reader = db.merchant(merchantId)
  const expected = parseExpectedId(id)
  if (expected !== undefined) {
    const [terms, connections, calendar] = await Promise.all([
      listTerms(reader, merchantId, { method: expected.method, kinds: ['closing'] }),
      listPayoutConnections(reader, merchantId),
      loadCalendar(reader, merchantId),
    ])
    const connection = connections.find((each) => each.connectionId === expected.connectionId)
    if (connection === undefined) throw new AppError('resource.not_found', { id })
    const contract = { shopId: connection.shopId, method: expected.method }
    const from = opensOn(terms, contract, expected.closingOn, calendar)
    const range = { ...expected, merchantId, from, to: expected.closingOn }
    return query.only === 'differences'
      ? { items: [], nextCursor: null }
      : pageOf(await listDueLines(reader, range, placeOf(query), PAGE + 1))
  }
  const found = UUID.test(id) ? await findStatement(reader, { merchantId, statementId: id }) : undefined
  if (found === undefined) throw new AppError('resource.not_found', { id })
  const request = { only: query.only, after: placeOf(query), limit: PAGE + 1 }
  return pageOf(await listCompared(reader, statementLines(merchantId, id), request))
}

/** Lines are counted from 1. */
function placeOf({ cursor }: Query): number {
  return cursor === undefined || !/^\d{1,9}$/.test(cursor) ? 0 : Number(cursor)
}

function pageOf(rows: readonly PayoutLine[]): Page {
  const items = rows.slice(0, PAGE)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > PAGE && last ? String(last.line) : null }
}
