/** One press instead of a contract: the pretend provider opens an account for the shop, and the shop is connected with it. */
import type { Parsed } from '@choba/shared/contract.ts'
import type { agreements } from '@choba/shared/contracts/merchant.ts'
import type { guide } from '@choba/shared/contracts/setup.ts'
import { businessDate } from '@choba/shared/dates.ts'
import type { Method } from '@choba/shared/methods.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { listConnectedMethods, readGuideFacts } from './setup.queries.ts'

export type NewAccounts = {
  readonly np: { readonly merchantCode: string; readonly terminalId: string; readonly spCode: string }
  readonly sbps: {
    readonly merchantId: string
    readonly serviceId: string
    readonly hashKey: string
    readonly tripleDesKey: string
    readonly tripleDesIv: string
  }
  /** Writes down what the accounts' contracts say of closings and fees, for the methods named. */
  putTerms(merchantId: string, shopId: string, since: string, methods: readonly Method[]): Promise<void>
}
export type SandboxDeps = {
  readonly db: Db
  readonly sandbox: {
    readonly url: string
    /** @throws AppError sandbox.no_answer */
    openAccounts(): Promise<NewAccounts>
  } | null
  readonly connect: (session: Session, connection: Parsed<typeof agreements.add>['body']) => Promise<unknown>
}

/** Past sales that are brought in are of this connection too. */
const SINCE = businessDate('2020-01-01')
const USUAL: readonly Method[] = ['np_postpaid', 'card', 'convenience_store']

/** @throws AppError sandbox.not_here, sandbox.no_answer, resource.not_found */
export async function connectSandbox(
  { db, sandbox, connect }: SandboxDeps,
  session: Session,
  { shopId, npId, sbpsId }: Parsed<typeof guide.connectSandbox>['body'],
): Promise<{ done: true }> {
  const { merchantId } = session
  const reader = db.merchant(merchantId)
  const { environment, methods } = await readGuideFacts(reader, merchantId)
  if (sandbox === null || environment !== 'sandbox') throw new AppError('sandbox.not_here')
  const known = await listConnectedMethods(reader, merchantId, shopId)
  const wanted = (methods.length > 0 ? methods : USUAL).filter((method) => !known.includes(method))
  if (wanted.length === 0) return { done: true }
  const { np, sbps, putTerms } = await sandbox.openAccounts()
  const common = {
    shopId,
    connectionMethod: 'api',
    baseUrl: sandbox.url,
    cardSales: 'specified',
    validFrom: SINCE,
  } as const
  const { merchantCode, terminalId, spCode } = np
  if (wanted.includes('np_postpaid'))
    await connect(session, {
      ...common,
      id: npId,
      provider: 'np',
      methods: ['np_postpaid'],
      account: { merchantCode, terminalId },
      secrets: { spCode },
    })
  const ofSbps = wanted.filter((method) => method !== 'np_postpaid')
  const { merchantId: sbpsMerchant, serviceId, ...secrets } = sbps
  if (ofSbps.length > 0)
    await connect(session, {
      ...common,
      id: sbpsId,
      provider: 'sbps',
      methods: ofSbps,
      account: { merchantId: sbpsMerchant, serviceId },
      secrets: { hashKey: secrets.hashKey, tripleDesKey: secrets.tripleDesKey, tripleDesIv: secrets.tripleDesIv },
    })
  await putTerms(merchantId, shopId, SINCE, wanted)
  return { done: true }
}
