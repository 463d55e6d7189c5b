/** The one row about this installation. Asked and written by the owner's connection alone. */
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

type Owner = Kysely<Database>

export type Installation = {
  readonly setupCodeHash: Buffer | null
  readonly setupCodeExpiresAt: Date | null
  readonly demoRemovedAt: Date | null
}

export function getInstallation(owner: Owner): Promise<Installation> {
  return owner
    .selectFrom('installation')
    .select(['setupCodeHash', 'setupCodeExpiresAt', 'demoRemovedAt'])
    .executeTakeFirstOrThrow()
}

/** Locked: of two who would make the first merchant one waits, and then finds it made. */
export function lockInstallation(tx: Owner): Promise<Installation> {
  return tx
    .selectFrom('installation')
    .select(['setupCodeHash', 'setupCodeExpiresAt', 'demoRemovedAt'])
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function putSetupCode(
  tx: Owner,
  code: { readonly hash: Buffer; readonly expiresAt: Date } | null,
): Promise<void> {
  await tx
    .updateTable('installation')
    .set({ setupCodeHash: code?.hash ?? null, setupCodeExpiresAt: code?.expiresAt ?? null })
    .execute()
}

export async function hasMerchant(db: Owner): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists (select from merchant) as there`.execute(db)
  return rows[0]?.there ?? false
}
