/** What connects a shop to a provider. Secrets are sealed on the way in and never told again. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { Agreement, agreements } from '@choba/shared/contracts/merchant.ts'
import type { ConnectionMethod, Method } from '@choba/shared/methods.ts'
import {
  accountFieldsOf,
  accountKey,
  isFit,
  methodsOf,
  type Provider,
  PROVIDER_ACCOUNTS,
  secretFieldsOf,
} from '@choba/shared/provider-accounts.ts'
import { dayOf } from '@choba/shared/dates.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import { addressProblem } from '../../core/open-address.ts'
import type { ProviderClocks } from '../../core/provider-clock.ts'
import { connectionContext, type SecretBox } from '../../core/secret-box.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import type { ProviderRegistry } from '../../providers/port.ts'
import {
  type AgreementRow,
  insertAgreement,
  isAccountTaken,
  listAgreementRows,
  lockAccount,
  lockAgreement,
  putAgreement,
} from './agreements.queries.ts'
import { getMerchantRow, lockShop } from './merchant.queries.ts'

export type AgreementDeps = {
  readonly db: Db
  readonly clock: Clock
  readonly secrets: SecretBox
  readonly providers: ProviderRegistry
  readonly providerClocks: ProviderClocks
}
type Secrets = Readonly<Record<string, string>>
type Added = Parsed<typeof agreements.add>['body']
type Changed = Parsed<typeof agreements.change>['body']

/** A secret shorter than this shows nothing of itself. */
const SHOWS_ITS_END = 12

export async function listAgreements(
  deps: AgreementDeps,
  { merchantId }: Session,
): Promise<Output<typeof agreements.list>> {
  const rows = await listAgreementRows(deps.db.merchant(merchantId), merchantId)
  const today = dayOf(deps.clock.now())
  const begun = rows.filter((row) => row.validFrom <= today)
  return {
    connections: rows.map((row) => ({
      ...view(row, openSecrets(deps, merchantId, row)),
      inForce: begun.find((other) => kindOf(other) === kindOf(row))?.connectionId === row.connectionId,
    })),
  }
}

/** The same connection again changes nothing. @throws AppError connection.address, connection.account_taken, request.invalid, resource.not_found */
export async function addAgreement(deps: AgreementDeps, session: Session, added: Added): Promise<{ done: true }> {
  const { merchantId } = session
  const { id: connectionId, provider, connectionMethod, shopId, validFrom } = added
  checkAgreed(provider, connectionMethod, added)
  const fields = accountFieldsOf(provider)
  const secretFields = secretFieldsOf(provider)
  refuseUnfit(provider, 'account', pick(added.account, fields))
  refuseUnfit(provider, 'secrets', pick(added.secrets, secretFields))
  const account = accountKey(provider, added.account)
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const { environment } = await getMerchantRow(tx, merchantId)
      refuseAddress(added.baseUrl, environment)
      if ((await lockShop(tx, merchantId, shopId)) === undefined)
        throw new AppError('resource.not_found', { shop: shopId })
      await lockAccount(tx, provider, account)
      if (await isAccountTaken(deps.db.owner, { provider, account, except: connectionId }))
        throw new AppError('connection.account_taken', { account })
      const facts = { shopId, provider, connectionMethod, methods: added.methods, baseUrl: added.baseUrl, validFrom }
      const settings = { ...pick(added.account, fields), account, ...salesOf(provider, added.cardSales) }
      const secretBox = seal(deps, merchantId, connectionId, pick(added.secrets, secretFields))
      if (!(await insertAgreement(tx, merchantId, { connectionId, ...facts, settings, secretBox }))) return
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'connection.add',
        subject: { kind: 'connection', id: connectionId },
        after: { ...facts, ...settings, secrets: secretFields },
      })
    })
  return { done: true }
}

/** @throws AppError connection.address, request.invalid, resource.not_found */
export async function changeAgreement(
  deps: AgreementDeps,
  session: Session,
  connectionId: string,
  changed: Changed,
): Promise<{ done: true }> {
  const { merchantId } = session
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const row = await lockAgreement(tx, merchantId, connectionId)
      if (row === undefined) throw new AppError('resource.not_found', { connection: connectionId })
      const provider = row.provider as Provider // only known providers are written
      checkAgreed(provider, row.connectionMethod as ConnectionMethod, changed)
      const { environment } = await getMerchantRow(tx, merchantId)
      refuseAddress(changed.baseUrl, environment)
      const given = Object.fromEntries(Object.entries(changed.secrets).filter(([, value]) => value !== ''))
      refuseUnfit(provider, 'secrets', given)
      const { methods, baseUrl } = changed
      const settings = salesOf(provider, changed.cardSales)
      const secretBox =
        Object.keys(given).length === 0
          ? row.secretBox
          : seal(deps, merchantId, connectionId, { ...openSecrets(deps, merchantId, row), ...given })
      await putAgreement(tx, merchantId, connectionId, { methods, baseUrl, settings, secretBox })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'connection.change',
        subject: { kind: 'connection', id: connectionId },
        before: { methods: row.methods, baseUrl: row.baseUrl, ...salesOf(provider, cardSalesOf(row)) },
        after: { methods, baseUrl, ...settings, secretsChanged: Object.keys(given) },
      })
    })
  return { done: true }
}

function checkAgreed(
  provider: Provider,
  connectionMethod: ConnectionMethod,
  { methods }: { readonly methods: readonly Method[] },
): void {
  if (!PROVIDER_ACCOUNTS[provider].connectionMethods.includes(connectionMethod)) throw invalid('connectionMethod')
  const offered = methodsOf(provider, connectionMethod)
  if (methods.some((method) => !offered.includes(method))) throw invalid('methods')
}

function refuseUnfit(provider: Provider, within: string, values: Secrets): void {
  for (const [field, value] of Object.entries(values))
    if (!isFit(provider, field as 'spCode', value)) throw invalid(`${within}.${field}`)
}

/** @throws AppError connection.address with `details.reason`: scheme, credentials, private */
export function refuseAddress(url: string, environment: 'live' | 'sandbox'): void {
  const reason = addressProblem(url, environment)
  if (reason !== null) throw new AppError('connection.address', { reason })
}

function invalid(path: string): AppError {
  return new AppError('request.invalid', { issues: [{ path, message: 'not what this provider gives out' }] })
}

/** A field that was left out is an empty one, which fits nothing. */
function pick(values: Secrets, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, values[field] ?? '']))
}

function salesOf(provider: string, cardSales: 'specified' | 'automatic'): Record<string, string> {
  return provider === 'sbps' ? { cardSales } : {}
}

function cardSalesOf({ settings }: AgreementRow): 'specified' | 'automatic' {
  return settings['cardSales'] === 'automatic' ? 'automatic' : 'specified'
}

function kindOf({ shopId, provider, connectionMethod }: AgreementRow): string {
  return `${shopId} ${provider} ${connectionMethod}`
}

function seal({ secrets }: AgreementDeps, merchantId: string, connectionId: string, values: Secrets): string {
  return secrets.seal(JSON.stringify(values), connectionContext(merchantId, connectionId))
}

/** Nothing can be shown of a box that another key has sealed; the admin then enters the secrets anew. */
function openSecrets({ secrets }: AgreementDeps, merchantId: string, row: AgreementRow): Secrets {
  try {
    return JSON.parse(secrets.open(row.secretBox, connectionContext(merchantId, row.connectionId))) as Secrets
  } catch {
    return {}
  }
}

function view(row: AgreementRow, secrets: Secrets): Omit<Agreement, 'inForce'> {
  const provider = row.provider as Provider // only known providers are written
  const account = Object.fromEntries(
    accountFieldsOf(provider).map((field) => [field, String(row.settings[field] ?? '')]),
  )
  return {
    id: row.connectionId,
    shopId: row.shopId,
    provider,
    connectionMethod: row.connectionMethod as ConnectionMethod, // its check constraint is our table
    methods: row.methods as Method[],
    baseUrl: row.baseUrl,
    validFrom: row.validFrom,
    cardSales: cardSalesOf(row),
    account,
    secrets: secretFieldsOf(provider).map((name) => {
      const secret = secrets[name] ?? ''
      return { name, isSet: secret !== '', end: secret.length < SHOWS_ITS_END ? '' : secret.slice(-4) }
    }),
  }
}
