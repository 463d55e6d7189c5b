/** How a merchant words what leaves it: its own text, or that of the house. */
import type { Kysely } from 'kysely'
import type { Language } from '@choba/shared/labels/labels.ts'
import { standardTemplate, type TextTemplate, type TextTemplateKind } from '@choba/shared/text-templates.ts'
import type { Database } from './schema.ts'

export async function findOwnText(
  db: Kysely<Database>,
  merchantId: string,
  kind: TextTemplateKind,
  language: Language,
): Promise<TextTemplate | undefined> {
  return db
    .selectFrom('textTemplate')
    .select(['subject', 'body'])
    .where('merchantId', '=', merchantId)
    .where('kind', '=', kind)
    .where('language', '=', language)
    .executeTakeFirst()
}

export async function findText(
  db: Kysely<Database>,
  merchantId: string,
  kind: TextTemplateKind,
  language: Language,
): Promise<TextTemplate> {
  return (await findOwnText(db, merchantId, kind, language)) ?? standardTemplate(kind, language)
}
