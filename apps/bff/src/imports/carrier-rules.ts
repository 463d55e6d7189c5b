/** Which carrier a shop means by its own words, and which its contract with NP allows. */
import { headerKey } from '@choba/shared/imports/kinds.ts'
import { CARRIERS, findCarrier } from '@choba/wire/np/carriers.ts'
import type { Values } from './values.ts'

export type CarrierRules = {
  codeOf(deliveryMethod: string): string | undefined
  allows(carrierCode: string): boolean
}

export type CarrierSettingRows = {
  readonly mapping: ReadonlyArray<{ readonly deliveryMethod: string; readonly carrierCode: string }>
  /** Only what differs from the standard contract. */
  readonly permits: ReadonlyArray<{ readonly carrierCode: string; readonly allowed: boolean }>
}

/** Every carrier with tracking is in the standard contract; the one without needs its option (55555): np-postpaid 1.2. */
export function carrierRules({ mapping, permits }: CarrierSettingRows): CarrierRules {
  const byMethod = new Map(mapping.map((row) => [headerKey(row.deliveryMethod), row.carrierCode]))
  const byName = new Map(CARRIERS.flatMap(({ code, ja, en }) => [ja, en].map((name) => [headerKey(name), code])))
  const exceptions = new Map(permits.map((row) => [row.carrierCode, row.allowed]))
  return {
    codeOf: (name) => byMethod.get(headerKey(name)) ?? byName.get(headerKey(name)),
    allows: (code) => exceptions.get(code) ?? findCarrier(code)?.trackable === true,
  }
}

/** By the row's own column: a code of NP, a carrier's name, or the shop's word for how it delivers. */
export function carrierOf(values: Values, rules: CarrierRules): string | null {
  const carrier = (values.carrier ?? '').normalize('NFKC').trim()
  if (/^\d{5}$/.test(carrier)) return carrier
  const named = [values.deliveryMethod, carrier].flatMap((name) => (name ? [rules.codeOf(name)] : []))
  return named.find((code) => code !== undefined) ?? null
}

export type CarrierFacts = {
  readonly code: string
  readonly ja: string
  readonly en: string
  readonly trackable: boolean
  readonly allowed: boolean
  readonly slipPattern: string | null
}

/** Every carrier NP knows, and whether this shop may use it. */
export function describeCarriers(rules: CarrierRules): CarrierFacts[] {
  return CARRIERS.map(({ code, ja, en, trackable, slipPattern }) => ({
    code,
    ja,
    en,
    trackable,
    allowed: rules.allows(code),
    slipPattern: slipPattern?.source ?? null,
  }))
}

/** Where a shop's contract differs from the standard one. */
export function exceptionsOf(allowed: Readonly<Record<string, boolean>>): { carrierCode: string; allowed: boolean }[] {
  return CARRIERS.flatMap(({ code, trackable }) => {
    const said = allowed[code]
    return said === undefined || said === trackable ? [] : [{ carrierCode: code, allowed: said }]
  })
}

export function isCarrier(code: string): boolean {
  return findCarrier(code) !== undefined
}
