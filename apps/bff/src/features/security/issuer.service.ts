/** A merchant's own issuer: how it is reached, who it lets in. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { security } from '@choba/shared/contracts/security.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { SecretBox } from '../../core/secret-box.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { findIssuer, findMemberByEmail, type IssuerRow, listOpenIssuers, putIssuer } from './issuer.queries.ts'

type IssuerClient = { readonly issuerUrl: string; readonly clientId: string; readonly clientSecret: string }

export type IssuerDeps = {
  readonly db: Db
  readonly secrets: SecretBox
  readonly issuers: {
    check(client: IssuerClient): Promise<void>
    begin(
      client: IssuerClient,
      ask: { readonly merchantId: string; readonly redirectUri: string },
    ): Promise<{ readonly location: string; readonly kept: string }>
    merchantOf(kept: string): string
    finish(client: IssuerClient, kept: string, returned: URL): Promise<{ readonly email: string }>
  }
}

const SHOWN = 4

export async function readIssuer(
  { db, secrets }: IssuerDeps,
  { merchantId }: Session,
  redirectUri: string,
): Promise<Output<typeof security.getIssuer>> {
  const row = await findIssuer(db.owner, merchantId)
  if (row === undefined) return { issuer: null, redirectUri }
  const { secretBox, ...shown } = row
  const lastFour = secrets.open(secretBox, issuerContext(merchantId)).slice(-SHOWN)
  return { issuer: { ...shown, secretLastFour: lastFour }, redirectUri }
}

/** The issuer is asked whether it is one before anything is kept. @throws AppError issuer.unreachable, request.invalid */
export async function setIssuer(
  { db, secrets, issuers }: IssuerDeps,
  session: Session,
  { clientSecret, ...wanted }: Parsed<typeof security.setIssuer>['body'],
): Promise<{ done: true }> {
  const { merchantId } = session
  const before = await findIssuer(db.owner, merchantId)
  const secret = clientSecret ?? (before && secrets.open(before.secretBox, issuerContext(merchantId)))
  if (secret === undefined)
    throw new AppError('request.invalid', { issues: [{ path: 'clientSecret', message: 'is missing' }] })
  if (wanted.isOn) await issuers.check({ ...wanted, clientSecret: secret })
  const secretBox = secrets.seal(secret, issuerContext(merchantId))
  await db.owner.transaction().execute(async (tx) => {
    await putIssuer(tx, merchantId, { ...wanted, secretBox })
    await audit(tx, {
      merchantId,
      actor: person(session),
      action: 'issuer.change',
      subject: { kind: 'merchant', id: merchantId },
      ...(before && { before: withoutSecret(before) }),
      after: { ...wanted, isSecretNew: clientSecret !== null },
    })
  })
  return { done: true }
}

export function openIssuers({ db }: IssuerDeps): Promise<Array<{ merchantId: string; name: string }>> {
  return listOpenIssuers(db.owner)
}

/** @throws AppError issuer.not_accepted when it is off, issuer.unreachable */
export async function goToIssuer(deps: IssuerDeps, merchantId: string, redirectUri: string) {
  return deps.issuers.begin(await clientOf(deps, merchantId), { merchantId, redirectUri })
}

/** Who may come in: a member by the address the issuer has verified. @throws AppError issuer.not_accepted */
export async function comeFromIssuer(
  deps: IssuerDeps & { readonly refused: (claimed: { readonly userId: string }) => void },
  sealed: string,
  returned: URL,
): Promise<{ userId: string }> {
  const merchantId = deps.issuers.merchantOf(sealed)
  const client = await clientOf(deps, merchantId)
  const { email } = await deps.issuers.finish(client, sealed, returned)
  const { mailDomain } = client
  const isOfDomain = mailDomain === null || email.endsWith(`@${mailDomain.toLowerCase()}`)
  const userId = await findMemberByEmail(deps.db.owner, merchantId, email)
  if (userId !== undefined && isOfDomain) return { userId }
  if (userId !== undefined) deps.refused({ userId })
  throw new AppError('issuer.not_accepted')
}

async function clientOf({ db, secrets }: Pick<IssuerDeps, 'db' | 'secrets'>, merchantId: string) {
  const row = await findIssuer(db.owner, merchantId)
  if (row === undefined || !row.isOn) throw new AppError('issuer.not_accepted')
  return { ...row, clientSecret: secrets.open(row.secretBox, issuerContext(merchantId)) }
}

/** What the client's secret is bound to. */
export function issuerContext(merchantId: string): string {
  return `issuer:${merchantId}`
}

function withoutSecret({ secretBox: _, ...shown }: IssuerRow): Omit<IssuerRow, 'secretBox'> {
  return shown
}
