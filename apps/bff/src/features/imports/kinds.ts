import type { KindRules } from './import-kind.ts'
import { ORDERS_KIND } from './orders-kind.ts'
import { HISTORY_KIND } from './history-kind.ts'
import { SLIPS_KIND } from './slips-kind.ts'
import type { ImportKind } from '@choba/shared/imports/names.ts'

export const KINDS: Readonly<Record<ImportKind, KindRules>> = {
  orders: ORDERS_KIND,
  history: HISTORY_KIND,
  provider_list: HISTORY_KIND,
  slips: SLIPS_KIND,
}
