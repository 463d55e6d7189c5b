/** Σ covered + Σ not yet + Σ excluded = Σ completed: every yen that NP guarantees, and why each is where it is. */
import type { Output } from '@choba/shared/contract.ts'
import type { Coverage, CoverageSale, payouts } from '@choba/shared/contracts/payouts.ts'
import { businessDate, dayOf } from '@choba/shared/dates.ts'
import {
  COVERAGE_PARTS,
  COVERAGE_REASONS,
  type CoverageFilter,
  type CoverageListQuery,
} from '@choba/shared/filters/payouts.ts'
import { AppError } from '../../core/app-error.ts'
import { loadCalendar } from '../../db/calendar.ts'
import { listTerms } from '../../db/terms.ts'
import { closedThrough, closingFor, type ClosingRules } from '../../domain/closings.ts'
import {
  type CoveragePlace,
  type CoverageSource,
  listCoverageSales,
  sumCompleted,
  sumCoverage,
  sumCoverageSales,
  sumStated,
} from './coverage.queries.ts'
import { listPayoutConnections } from './due.queries.ts'
import type { PayoutDeps } from './payouts.service.ts'

const METHOD = 'np_postpaid'
const PAGE = 50

export async function getCoverage(deps: PayoutDeps, merchantId: string, filter: CoverageFilter): Promise<Coverage> {
  const { source } = await coverageSource(deps, merchantId, filter)
  const snapshot = deps.db
    .merchant(merchantId)
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
  // The figures are held against each other, so they must be of one moment.
  return snapshot.execute(async (tx) => {
    const groups = await sumCoverage(tx, source)
    const completed = await sumCompleted(tx, source)
    const statedYen = await sumStated(tx, source)
    const parts = COVERAGE_PARTS.map((part) => {
      const reasons = COVERAGE_REASONS[part].map((reason) => {
        const found = groups.find((group) => group.reason === reason)
        return { reason, count: found?.count ?? 0, amountYen: found?.amountYen ?? 0 }
      })
      return { part, ...sumOf(reasons), reasons }
    })
    const all = sumOf(parts)
    const covered = parts.find((each) => each.part === 'covered')?.amountYen
    const adds = all.count === completed.count && all.amountYen === completed.amountYen && covered === statedYen
    return { completed, parts, statedYen, adds }
  })
}

function sumOf(parts: ReadonlyArray<{ readonly count: number; readonly amountYen: number }>) {
  return {
    count: parts.reduce((sum, part) => sum + part.count, 0),
    amountYen: parts.reduce((sum, part) => sum + part.amountYen, 0),
  }
}

export async function listCoverage(
  deps: PayoutDeps,
  merchantId: string,
  { cursor, part, reason, ...filter }: CoverageListQuery,
): Promise<Output<typeof payouts.coverageSales>> {
  const { source, rules } = await coverageSource(deps, merchantId, filter)
  const reader = deps.db.merchant(merchantId)
  const beyond = cursor === undefined ? undefined : decodePlace(cursor)
  const [rows, total] = await Promise.all([
    listCoverageSales(reader, source, { part, reason }, { beyond, limit: PAGE + 1 }),
    sumCoverageSales(reader, source, { part, reason }),
  ])
  const items = rows.slice(0, PAGE).map((row): CoverageSale => ({ ...row, ...closingOf(rules, row) }))
  const last = items.at(-1)
  return { items, total, nextCursor: rows.length > PAGE && last ? `${last.shippedOn}~${last.paymentId}` : null }
}

/** When an arrived sale that is on no statement yet will close and be paid. */
function closingOf(
  { terms, calendar }: ClosingRules,
  { shopId, arrivedOn, reason }: Pick<CoverageSale, 'shopId' | 'arrivedOn' | 'reason'>,
) {
  const isWaiting = arrivedOn !== null && (reason === 'next_closing' || reason === 'missing')
  const closing = isWaiting
    ? closingFor(terms, { shopId, method: METHOD }, businessDate(arrivedOn), calendar)
    : undefined
  return { closingOn: closing?.closingOn ?? null, payOn: closing?.payOn ?? null }
}

async function coverageSource(
  deps: PayoutDeps,
  merchantId: string,
  filter: CoverageFilter,
): Promise<{ source: CoverageSource; rules: ClosingRules }> {
  const reader = deps.db.merchant(merchantId)
  const [terms, connections, calendar] = await Promise.all([
    listTerms(reader, merchantId, { method: METHOD, kinds: ['closing'] }),
    listPayoutConnections(reader, merchantId),
    loadCalendar(reader, merchantId),
  ])
  const through = new Map<string, string>()
  for (const { shopId, connectionId, methods } of connections) {
    if (!methods.includes(METHOD)) continue
    const today = dayOf(deps.providerClocks.now(connectionId))
    const day = closedThrough(terms, { shopId, method: METHOD }, today, calendar)
    // Where a shop changed its connection, the one whose clock is further on decides.
    if (day !== undefined && day > (through.get(shopId) ?? '')) through.set(shopId, day)
  }
  return {
    source: { merchantId, filter, closedThrough: [...through].map(([shopId, day]) => ({ shopId, day })) },
    rules: { terms, calendar },
  }
}

/** @throws AppError request.invalid */
function decodePlace(cursor: string): CoveragePlace {
  const match = /^(\d{4}-\d{2}-\d{2})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor)
  if (match !== null) return { shippedOn: businessDate(match[1] as string), paymentId: match[2] as string }
  throw new AppError('request.invalid', { issues: [{ path: 'cursor', message: 'not a place in this list' }] })
}
