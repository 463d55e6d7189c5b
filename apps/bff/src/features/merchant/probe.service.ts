/** Whether a provider answers a connection: asked for its list of statements, which changes nothing there. */
import { lookup } from 'node:dns/promises'
import type { Output } from '@choba/shared/contract.ts'
import type { agreements } from '@choba/shared/contracts/merchant.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { AppError } from '../../core/app-error.ts'
import type { Connection } from '../../core/connection.ts'
import { isPrivate } from '../../core/open-address.ts'
import { pollFailureOf } from '../../core/poll-failure.ts'
import type { Session } from '../../core/session.ts'
import { findConnection } from '../../db/connections.ts'
import { ProviderUnreachable } from '../../providers/port.ts'
import { type AgreementDeps, refuseAddress } from './agreements.service.ts'
import { getMerchantRow } from './merchant.queries.ts'

type Answer = Output<typeof agreements.test>
/** A person waits for it. */
const TIMEOUT_MS = 10_000

/** @throws AppError resource.not_found, connection.address */
export async function testAgreement(deps: AgreementDeps, session: Session, connectionId: string): Promise<Answer> {
  const { merchantId } = session
  const reader = deps.db.merchant(merchantId)
  const found = await findConnection(reader, deps, merchantId, connectionId)
  const adapter = found && deps.providers[found.provider]
  if (found === undefined || adapter === undefined)
    throw new AppError('resource.not_found', { connection: connectionId })
  const { environment } = await getMerchantRow(reader, merchantId)
  refuseAddress(found.baseUrl, environment)
  if (environment === 'live') await refusePrivateName(found.baseUrl)
  const connection: Connection = { ...found, settings: { ...found.settings, timeoutMs: TIMEOUT_MS } }
  const from = Date.now()
  const today = dayOf(deps.providerClocks.now(connectionId))
  try {
    await adapter.poll(connection, [], { closedFrom: today, closed: new Set(), paid: new Set() })
    return { result: 'answered', cause: null, tookMs: Date.now() - from }
  } catch (error) {
    const cause = error instanceof ProviderUnreachable ? error.message : 'internal'
    return { result: pollFailureOf(cause), cause, tookMs: Date.now() - from }
  }
}

/** A public name may still lead inside. One that leads nowhere is told as unreachable by the question itself. */
async function refusePrivateName(baseUrl: string): Promise<void> {
  const addresses = await lookup(new URL(baseUrl).hostname, { all: true }).catch(() => [])
  if (addresses.some(({ address }) => isPrivate(address)))
    throw new AppError('connection.address', { reason: 'private' })
}
