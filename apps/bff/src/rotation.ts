/**
 * Another CHOBA_SECRET: everything that is sealed with the old one is sealed anew with the new one, all or nothing. What is
 * sealed with the new one already is left, so that a repeat changes nothing. Sessions end: their signatures are the old one's.
 */
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { type Kysely, sql } from 'kysely'
import { authKey } from './auth/auth.ts'
import { connectionContext, mailContext, type SecretBox, secretBox } from './core/secret-box.ts'
import { StartError } from './core/start-error.ts'
import type { Database } from './db/schema.ts'
import { accountContext } from './features/customer-returns/customer-returns.service.ts'
import { issuerContext } from './features/security/issuer.service.ts'
import { webhookContext } from './features/webhooks/signature.ts'

type Tx = Kysely<Database>
type Row = { readonly merchantId: string; readonly id: string; readonly box: string }
type Place = {
  readonly table: string
  /** Beside the merchant. */
  readonly key: string
  readonly column: string
  readonly context: (row: Row) => string
}

/** Every column of the database that holds a secret box; a test holds this list against the schema. */
export const SEALED: readonly Place[] = [
  {
    table: 'connection',
    key: 'connection_id',
    column: 'secret_box',
    context: ({ merchantId, id }) => connectionContext(merchantId, id),
  },
  {
    table: 'webhook',
    key: 'webhook_id',
    column: 'secret_box',
    context: ({ merchantId, id }) => webhookContext(merchantId, id),
  },
  {
    table: 'customer_return',
    key: 'return_id',
    column: 'account_box',
    context: ({ merchantId, id }) => accountContext(merchantId, id),
  },
  {
    table: 'oidc_issuer',
    key: 'merchant_id',
    column: 'secret_box',
    context: ({ merchantId }) => issuerContext(merchantId),
  },
  {
    table: 'mail_setting',
    key: 'merchant_id',
    column: 'password_box',
    context: ({ merchantId }) => mailContext(merchantId),
  },
]

export type Rotated = { readonly sealedAnew: number; readonly alreadyNew: number; readonly sessionsEnded: number }

/** The console must not run meanwhile: it would go on sealing with the old one. @throws StartError naming what does not open */
export async function rotateSecret(
  owner: Tx,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Rotated> {
  if (from === to) throw new StartError('CHOBA_SECRET_NEW is the same as CHOBA_SECRET.')
  const boxes = { from: secretBox(from), to: secretBox(to) }
  return owner.transaction().execute(async (tx) => {
    let [sealedAnew, alreadyNew] = [0, 0]
    function count(isAnew: boolean): void {
      if (isAnew) sealedAnew++
      else alreadyNew++
    }
    for (const place of SEALED)
      for (const row of await lockRows(tx, place)) count(await resealRow(tx, place, row, boxes))
    for (const isAnew of await resealCodes(tx, authKey(from), authKey(to))) count(isAnew)
    const { numAffectedRows } = await sql`delete from auth_session`.execute(tx)
    return { sealedAnew, alreadyNew, sessionsEnded: Number(numAffectedRows ?? 0) }
  })
}

async function lockRows(tx: Tx, { table, key, column }: Place): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select merchant_id, ${sql.ref(key)}::text as id, ${sql.ref(column)} as box
      from ${sql.table(table)} where ${sql.ref(column)} is not null for update`.execute(tx)
  return rows
}

async function resealRow(
  tx: Tx,
  { table, key, column, context }: Place,
  row: Row,
  { from, to }: { readonly from: SecretBox; readonly to: SecretBox },
): Promise<boolean> {
  const bound = context(row)
  if (opens(to, row.box, bound)) return false
  if (!opens(from, row.box, bound))
    throw new StartError(`A secret of ${table} ${row.id} does not open with CHOBA_SECRET.`)
  await sql`
    update ${sql.table(table)} set ${sql.ref(column)} = ${to.seal(from.open(row.box, bound), bound)}
     where merchant_id = ${row.merchantId} and ${sql.ref(key)} = ${row.id}`.execute(tx)
  return true
}

function opens(box: SecretBox, sealed: string, context: string): boolean {
  try {
    box.open(sealed, context)
    return true
  } catch {
    return false
  }
}

/** What the sign-in library has sealed for authenticator apps. */
async function resealCodes(tx: Tx, from: string, to: string): Promise<boolean[]> {
  const { rows } = await sql<{ id: string; secret: string; backupCodes: string }>`
    select id, secret, backup_codes from auth_two_factor for update`.execute(tx)
  const anew: boolean[] = []
  for (const { id, secret, backupCodes } of rows) {
    const opened = await openCode(secret, from)
    anew.push(opened !== undefined)
    if (opened === undefined) {
      if ((await openCode(secret, to)) === undefined) throw new StartError(`The second factor ${id} does not open.`)
      continue
    }
    const codes = await openCode(backupCodes, from)
    const kept = {
      secret: await symmetricEncrypt({ key: to, data: opened }),
      // Codes that the library keeps in the clear stay as they are.
      backupCodes: codes === undefined ? backupCodes : await symmetricEncrypt({ key: to, data: codes }),
    }
    await sql`
      update auth_two_factor set secret = ${kept.secret}, backup_codes = ${kept.backupCodes} where id = ${id}`.execute(
      tx,
    )
  }
  return anew
}

async function openCode(data: string, key: string): Promise<string | undefined> {
  return symmetricDecrypt({ key, data }).catch(() => undefined)
}
