/** The payouts screen: every closing of every provider, expected, closed or paid. */
import type { Output } from '@choba/shared/contract.ts'
import type { PayoutDetail, PayoutRow, payouts, PayoutTotals } from '@choba/shared/contracts/payouts.ts'
import { addDays, dayOf } from '@choba/shared/dates.ts'
import type { PayoutFilter, PayoutPageQuery } from '@choba/shared/filters/payouts.ts'
import { may } from '@choba/shared/permissions.ts'
import { USUAL_CARRIES } from '@choba/shared/terms.ts'
import type { Kysely } from 'kysely'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { SecretBox } from '../../core/secret-box.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import type { Database } from '../../db/schema.ts'
import type { SettledFixedFee } from '../../domain/fixed-fees.ts'
import type { ProviderRegistry } from '../../providers/port.ts'
import { countFindings, DIFFERENT, statementLines } from './compare.queries.ts'
import { listExpected, parseExpectedId } from './expected.service.ts'
import { listMissing } from './missing.queries.ts'
import { findStatement, listStatementEntries, listWaterfall, sumAccounts } from './payout-detail.queries.ts'
import {
  findPayoutRow,
  listPayoutRows,
  type PayoutPlace,
  type PayoutSource,
  payoutTotalsSql,
} from './payout-list.queries.ts'
import { listFixedFees } from './fixed-fees.queries.ts'
import { expectedWaterfall } from './waterfall.ts'

export type PayoutDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly providerClocks: ProviderClocks
  readonly providers: ProviderRegistry
  readonly secrets: SecretBox
}

const PAGE = 50

export async function listPayouts(
  deps: PayoutDeps,
  merchantId: string,
  { cursor, ...filter }: PayoutPageQuery,
): Promise<Output<typeof payouts.list>> {
  const source = await sourceOf(deps, merchantId, filter)
  const beyond = cursor === undefined ? undefined : decodePlace(cursor)
  const rows = await listPayoutRows(deps.db.merchant(merchantId), source, { beyond, limit: PAGE + 1 })
  const items = rows.slice(0, PAGE)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > PAGE && last ? encodePlace(last) : null }
}

export async function totalPayouts(deps: PayoutDeps, merchantId: string, filter: PayoutFilter): Promise<PayoutTotals> {
  const source = await sourceOf(deps, merchantId, filter)
  const { rows } = await payoutTotalsSql(source).execute(deps.db.merchant(merchantId))
  return rows[0] as PayoutTotals // an aggregate without groups has exactly one row
}

/** What is expected is past due by the provider's own day. */
export async function sourceOf(deps: PayoutDeps, merchantId: string, filter: PayoutFilter): Promise<PayoutSource> {
  const isAsked = filter.state === undefined || filter.state.length === 0 || filter.state.includes('expected')
  const expected = isAsked ? await listExpected(deps, merchantId) : []
  return {
    merchantId,
    filter,
    expected: expected.map((closing) => ({
      ...closing,
      late: addDays(closing.closingOn, 1) < dayOf(deps.providerClocks.now(closing.connectionId)),
    })),
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws AppError resource.not_found */
export async function getPayout(deps: PayoutDeps, session: Session, id: string): Promise<PayoutDetail> {
  const { merchantId } = session
  const isExpected = parseExpectedId(id) !== undefined
  if (!isExpected && !UUID.test(id)) throw new AppError('resource.not_found', { id })
  const reader = deps.db.merchant(merchantId)
  const source = await sourceOf(deps, merchantId, { state: isExpected ? ['expected'] : ['closed', 'paid'] })
  const payout = await findPayoutRow(reader, source, id)
  if (payout === undefined) throw new AppError('resource.not_found', { id })
  if (isExpected) return expectedDetail(payout, source.expected.find((each) => each.payoutId === id)?.fixedFees ?? [])

  const key = { merchantId, statementId: id }
  const statement = await findStatement(reader, key)
  if (statement === undefined) throw new AppError('resource.not_found', { id })
  const mayReadJournal = may(session, 'journal.read')
  const [waterfall, fixedFees, findings, missing, entries, accounts] = await Promise.all([
    listWaterfall(reader, key),
    listFixedFees(reader, key),
    countFindings(reader, statementLines(merchantId, id)),
    listMissing(reader, { ...statement, merchantId, held: [] }),
    mayReadJournal ? listStatementEntries(reader, key) : [],
    mayReadJournal ? sumAccounts(reader, key) : [],
  ])
  const { source: cameFrom, issuerNumber } = statement
  return {
    payout,
    source: cameFrom,
    issuerNumber,
    waterfall,
    comparison: { findings, ...missing },
    fixedFees,
    entries,
    accounts,
  }
}

/** How many lines of a statement are not as they were expected. */
export async function countDifferences(db: Kysely<Database>, merchantId: string, statementId: string): Promise<number> {
  const findings = await countFindings(db, statementLines(merchantId, statementId))
  return DIFFERENT.reduce((sum, finding) => sum + findings[finding], 0)
}

function expectedDetail(payout: PayoutRow, fixedFees: readonly SettledFixedFee[]): PayoutDetail {
  return {
    payout,
    source: null,
    issuerNumber: null,
    waterfall: expectedWaterfall(payout),
    comparison: null,
    fixedFees: fixedFees.map((fee) => ({ ...fee, most: payout.carryMost ?? USUAL_CARRIES })),
    entries: [],
    accounts: [],
  }
}

function encodePlace({ closingOn, id }: PayoutRow): string {
  return Buffer.from(JSON.stringify([closingOn, id])).toString('base64url')
}

/** @throws AppError request.invalid */
function decodePlace(cursor: string): PayoutPlace {
  const parts = parseParts(cursor)
  const [closingOn, payoutId] = parts
  if (typeof closingOn === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(closingOn) && typeof payoutId === 'string')
    return { closingOn, payoutId }
  throw new AppError('request.invalid', { issues: [{ path: 'cursor', message: 'not a place in this list' }] })
}

function parseParts(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}
