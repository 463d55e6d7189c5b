import type { Kysely } from 'kysely'
import type { Language } from '@choba/shared/labels/labels.ts'
import type { TextTemplate, TextTemplateKind } from '@choba/shared/text-templates.ts'
import type { Database } from '../../db/schema.ts'

export type TextPlace = {
  readonly merchantId: string
  readonly kind: TextTemplateKind
  readonly language: Language
}

export function listOwnTexts(db: Kysely<Database>, merchantId: string) {
  return db
    .selectFrom('textTemplate')
    .select(['kind', 'language', 'subject', 'body', 'changedAt'])
    .where('merchantId', '=', merchantId)
    .execute()
}

export async function putText(
  tx: Kysely<Database>,
  place: TextPlace,
  words: TextTemplate & { readonly changedAt: Date },
): Promise<void> {
  await tx
    .insertInto('textTemplate')
    .values({ ...place, ...words })
    .onConflict((conflict) => conflict.columns(['merchantId', 'kind', 'language']).doUpdateSet(words))
    .execute()
}

export async function removeText(tx: Kysely<Database>, { merchantId, kind, language }: TextPlace): Promise<void> {
  await tx
    .deleteFrom('textTemplate')
    .where('merchantId', '=', merchantId)
    .where('kind', '=', kind)
    .where('language', '=', language)
    .execute()
}
