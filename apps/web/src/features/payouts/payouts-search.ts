/** The addresses of the payouts screen and of its coverage lists. What makes no sense is left out, the rest stands. */
import { parseBusinessDate } from '@choba/shared/dates.ts'
import {
  COVERAGE_PARTS,
  COVERAGE_REASONS,
  type CoverageFilter,
  type CoveragePart,
  type CoverageReason,
  type PayoutFilter,
  PAYOUT_STATES,
  STATEMENT_SOURCES,
} from '@choba/shared/filters/payouts.ts'
import { METHODS } from '@choba/shared/methods.ts'

export type PayoutsSearch = PayoutFilter
export type CoverageSearch = CoverageFilter & {
  readonly part?: CoveragePart
  readonly reason?: CoverageReason
}

type Raw = Record<string, unknown>

export function parsePayoutsSearch(raw: Raw): PayoutsSearch {
  return {
    ...daysOf(raw),
    ...shopsOf(raw),
    ...listOf('method', METHODS, raw),
    ...listOf('state', PAYOUT_STATES, raw),
    ...listOf('source', STATEMENT_SOURCES, raw),
    ...(raw['dateBy'] === 'pay' ? { dateBy: 'pay' as const } : {}),
  }
}

export function parseCoverageSearch(raw: Raw): CoverageSearch {
  const part = COVERAGE_PARTS.find((known) => known === raw['part'])
  const reason = COVERAGE_PARTS.flatMap((each): readonly CoverageReason[] => COVERAGE_REASONS[each]).find(
    (known) => known === raw['reason'],
  )
  return {
    ...daysOf(raw),
    ...shopsOf(raw),
    ...(part === undefined ? {} : { part }),
    ...(reason === undefined ? {} : { reason }),
  }
}

export function isFiltered(search: object): boolean {
  return Object.keys(search).length > 0
}

function daysOf(raw: Raw) {
  const [from, to] = [dayOf(raw['from']), dayOf(raw['to'])]
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

function dayOf(value: unknown) {
  return typeof value === 'string' ? parseBusinessDate(value) : undefined
}

function shopsOf(raw: Raw) {
  const shop = partsOf(raw['shop']).filter((part) => /^[0-9a-f-]{36}$/.test(part))
  return shop.length === 0 ? {} : { shop }
}

function listOf<K extends string, V extends string>(key: K, known: readonly V[], raw: Raw): { [P in K]?: V[] } {
  const found = known.filter((value) => partsOf(raw[key]).includes(value))
  return (found.length === 0 ? {} : { [key]: found }) as { [P in K]?: V[] }
}

function partsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((part) => typeof part === 'string')
  return typeof value === 'string' ? value.split(',') : []
}
