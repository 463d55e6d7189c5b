/** The guarantee radar: what would be lost, why, and until when it can be mended. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { guarantee, GuaranteeItem } from '@choba/shared/contracts/guarantee.ts'
import { addDays, type BusinessDate, dayOf } from '@choba/shared/dates.ts'
import { GUARANTEE_RULES, type GuaranteeRule, RADAR_DAYS } from '@choba/shared/guarantee.ts'
import { type Term, termIn } from '@choba/shared/terms.ts'
import { CARRIERS } from '@choba/wire/np/carriers.ts'
import { AppError } from '../../core/app-error.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import { listCarrierSettings } from '../../db/carriers.ts'
import type { Db } from '../../db/client.ts'
import { loadCalendar } from '../../db/calendar.ts'
import { listTerms } from '../../db/terms.ts'
import type { Calendar } from '../../domain/calendar.ts'
import { type ClosingRule, closingOf } from '../../domain/closing-cycle.ts'
import { listNpConnections, listRule, placeOf, type RadarPlace, summarize } from './guarantee.queries.ts'
import type { RadarView } from './radar.queries.ts'

export type GuaranteeDeps = { readonly db: Db; readonly providerClocks: ProviderClocks }

const PAGE = 100
/** No cycle is longer: the last closing lies within. */
const LONGEST_CYCLE_DAYS = 62

export async function getSummary(
  deps: GuaranteeDeps,
  { merchantId }: Session,
  { shop }: Parsed<typeof guarantee.summary>['query'],
): Promise<Output<typeof guarantee.summary>> {
  const db = deps.db.merchant(merchantId)
  const { rules, ...all } = await summarize(db, merchantId, await viewsOf(deps, merchantId), shop)
  return { rules: [...rules], ...all }
}

/** @throws AppError resource.not_found for a rule that does not exist */
export async function listGuarantee(
  deps: GuaranteeDeps,
  { merchantId }: Session,
  rule: string,
  { shop, cursor }: Parsed<typeof guarantee.list>['query'],
): Promise<Output<typeof guarantee.list>> {
  if (!(GUARANTEE_RULES as readonly string[]).includes(rule)) throw new AppError('resource.not_found', { rule })
  const views = await viewsOf(deps, merchantId)
  const rows = await listRule(deps.db.merchant(merchantId), merchantId, rule as GuaranteeRule, views, {
    shops: shop,
    beyond: readCursor(cursor),
    limit: PAGE + 1,
  })
  const items = rows.slice(0, PAGE)
  const last = items.at(-1)
  return {
    items: items as GuaranteeItem[], // text columns whose words the ledger alone writes
    today: views.map((view) => view.today).reduce((a, b) => (a > b ? a : b), dayOf(new Date(0))),
    nextCursor: rows.length > PAGE && last ? `${placeOf(last).deadline}.${last.id}` : null,
  }
}

/** @throws AppError request.invalid */
function readCursor(cursor: string | undefined): RadarPlace | undefined {
  if (cursor === undefined) return undefined
  const match = /^(\d{4}-\d{2}-\d{2})\.([0-9a-f-]{36})$/.exec(cursor)
  if (!match)
    throw new AppError('request.invalid', { issues: [{ path: 'cursor', message: 'not a place in this list' }] })
  return { deadline: match[1] ?? '', id: match[2] ?? '' }
}

async function viewsOf(deps: GuaranteeDeps, merchantId: string): Promise<RadarView[]> {
  const db = deps.db.merchant(merchantId)
  const terms = await listTerms(db, merchantId, { method: 'np_postpaid' })
  const connections = await listNpConnections(db, merchantId)
  const calendar = await loadCalendar(db, merchantId)
  return Promise.all(
    connections.map(async ({ connectionId, shopId }): Promise<RadarView> => {
      const today = dayOf(deps.providerClocks.now(connectionId))
      const place = { shopId, method: 'np_postpaid', on: today }
      const days = termIn(terms, 'radar', place) ?? RADAR_DAYS
      const { permits } = await listCarrierSettings(db, merchantId, shopId)
      return {
        connectionId,
        today,
        days,
        forbiddenCarriers: forbidden(permits),
        slipPatterns: SLIP_PATTERNS,
        coveredUntil: coveredUntil({ terms, calendar }, shopId, addDays(today, -days.statement)),
      }
    }),
  )
}

const SLIP_PATTERNS = CARRIERS.flatMap(({ code, slipPattern }) =>
  slipPattern === undefined ? [] : [{ code, pattern: slipPattern.source.replaceAll('\\d', '[0-9]') }],
)

/** A carrier without tracking needs the option of the contract; the others are allowed unless a shop says no. */
function forbidden(permits: ReadonlyArray<{ readonly carrierCode: string; readonly allowed: boolean }>): string[] {
  return CARRIERS.filter(
    ({ code, trackable }) => !(permits.find((permit) => permit.carrierCode === code)?.allowed ?? trackable),
  ).map(({ code }) => code)
}

type Rules = { readonly terms: readonly Term[]; readonly calendar: Calendar }

/** The latest closing up to a day, by the rule that held then. */
function coveredUntil({ terms, calendar }: Rules, shopId: string, until: BusinessDate): BusinessDate | null {
  for (let back = 0; back <= LONGEST_CYCLE_DAYS; back += 1) {
    const day = addDays(until, -back)
    const rule = termIn(terms, 'closing', { shopId, method: 'np_postpaid', on: day })
    if (rule !== undefined && closingOf(rule as ClosingRule, day, calendar).closingOn === day) return day
  }
  return null
}
