/**
 * Notices whose checksum does not hold. Anybody can send them, so they are answered NG and change nothing; but a wrong
 * hash key looks the same, and then somebody has to see it: one is kept an hour, and a link names the first few.
 */
import type { Connection } from '../../core/connection.ts'
import { keepMessages } from '../../ledger/inbox.ts'
import { addEvent, countEvents, lockLinkOfPurchase } from './payment-link.queries.ts'
import type { LinkDeps } from './payment-links.service.ts'

const HOUR_MS = 3_600_000
const MOST_REFUSALS = 5

export async function noteUnsigned(
  { db, providerClocks }: LinkDeps,
  connection: Connection,
  orderNumber: string,
  sent: { readonly body: Uint8Array; readonly contentType: string },
): Promise<void> {
  const { merchantId, connectionId, provider } = connection
  const at = providerClocks.now(connectionId)
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await keepMessages(tx, merchantId, [
        {
          connectionId,
          provider,
          kind: `${provider}_link_notice`,
          direction: 'inbound',
          state: 'ignored',
          reason: 'message.bad_checksum',
          uniqueKey: `unsigned:${Math.floor(at.getTime() / HOUR_MS)}`,
          providerId: null,
          saidAt: at.toISOString(),
          ...sent,
        },
      ])
      const link = await lockLinkOfPurchase(tx, connection, orderNumber)
      if (link === undefined || (await countEvents(tx, link, 'notice_refused')) >= MOST_REFUSALS) return
      await addEvent(tx, link, { at, kind: 'notice_refused', detail: 'checksum' })
    })
}
