/** The lists of the workbench, each row beside the day at its provider: deadlines are judged by that day. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { shipments } from '@choba/shared/contracts/shipments.ts'
import { dayOf } from '@choba/shared/dates.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { listShipments } from './shipments.queries.ts'

export type ShipmentDeps = { readonly db: Db; readonly providerClocks: ProviderClocks }

export async function listWorkbench(
  { db, providerClocks }: ShipmentDeps,
  { merchantId }: Session,
  query: Parsed<typeof shipments.list>['query'],
): Promise<Output<typeof shipments.list>> {
  const { items, nextCursor } = await listShipments(db.merchant(merchantId), merchantId, query)
  return {
    items: items.map(({ connectionId, ...row }) => ({ ...row, today: dayOf(providerClocks.now(connectionId)) })),
    nextCursor,
  }
}
