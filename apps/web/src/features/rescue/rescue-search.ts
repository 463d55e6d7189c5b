/** The address of the rescue queue: `/rescue/<payment>?kind=on_hold&sort=amount`. */
import { RESCUE_SORTS, type RescueFilter, type RescueSort } from '@choba/shared/filters/rescue.ts'
import { RESCUE_KINDS, type RescueKind } from '@choba/shared/states/screening.ts'

export type RescueSearch = { readonly kind?: RescueKind; readonly shop?: string; readonly sort?: RescueSort }

export function parseRescueSearch(raw: Record<string, unknown>): RescueSearch {
  const kind = RESCUE_KINDS.find((known) => known === raw.kind)
  const sort = RESCUE_SORTS.find((known) => known === raw.sort)
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(typeof raw.shop === 'string' && /^[0-9a-f-]{36}$/.test(raw.shop) ? { shop: raw.shop } : {}),
    ...(sort === undefined || sort === 'ship_on' ? {} : { sort }),
  }
}

export function filterOf({ kind, shop }: RescueSearch): RescueFilter {
  return { ...(kind && { kind: [kind] }), ...(shop && { shop: [shop] }) }
}
