import type { Kysely } from 'kysely'
import type { Language } from '@choba/shared/labels/labels.ts'
import type { MessageTemplate } from '@choba/shared/contracts/message-templates.ts'
import type { Database } from '../../db/schema.ts'

export type TemplatePlace = { readonly shopId: string; readonly language: Language }
const KIND = 'other_method'

export async function shopExists(db: Kysely<Database>, merchantId: string, shopId: string): Promise<boolean> {
  const row = await db
    .selectFrom('shop')
    .select('shopId')
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .executeTakeFirst()
  return row !== undefined
}

export function findTemplate(
  db: Kysely<Database>,
  merchantId: string,
  { shopId, language }: TemplatePlace,
): Promise<MessageTemplate | undefined> {
  return db
    .selectFrom('messageTemplate')
    .select(['subject', 'body', 'contact'])
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .where('kind', '=', KIND)
    .where('language', '=', language)
    .executeTakeFirst()
}

export async function putTemplate(
  tx: Kysely<Database>,
  merchantId: string,
  { shopId, language }: TemplatePlace,
  { subject, body, contact, by }: MessageTemplate & { readonly by: string },
): Promise<void> {
  const words = { subject, body, contact, changedBy: by, changedAt: new Date() }
  await tx
    .insertInto('messageTemplate')
    .values({ merchantId, shopId, kind: KIND, language, ...words })
    .onConflict((conflict) => conflict.columns(['merchantId', 'shopId', 'kind', 'language']).doUpdateSet(words))
    .execute()
}

export async function removeTemplate(
  tx: Kysely<Database>,
  merchantId: string,
  { shopId, language }: TemplatePlace,
): Promise<void> {
  await tx
    .deleteFrom('messageTemplate')
    .where('merchantId', '=', merchantId)
    .where('shopId', '=', shopId)
    .where('kind', '=', KIND)
    .where('language', '=', language)
    .execute()
}
