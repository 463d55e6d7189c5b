import type { Output, Parsed } from '@choba/shared/contract.ts'
import {
  MESSAGE_PLACES,
  type MessageTemplate,
  type messageTemplates,
} from '@choba/shared/contracts/message-templates.ts'
import { labels, type Language } from '@choba/shared/labels/labels.ts'
import { unknownPlaces } from '@choba/shared/text-templates.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import {
  findTemplate,
  putTemplate,
  removeTemplate,
  shopExists,
  type TemplatePlace,
} from './message-templates.queries.ts'

export type MessageTemplateDeps = { readonly db: Db }
type Answer = Output<typeof messageTemplates.get>

/** @throws AppError resource.not_found when the shop is none of the merchant's */
export async function getTemplate(
  { db }: MessageTemplateDeps,
  { merchantId }: Session,
  place: TemplatePlace,
): Promise<Answer> {
  const scoped = db.merchant(merchantId)
  if (!(await shopExists(scoped, merchantId, place.shopId)))
    throw new AppError('resource.not_found', { id: place.shopId })
  return { template: (await findTemplate(scoped, merchantId, place)) ?? null, standard: standardOf(place.language) }
}

/** Null puts the wording of the house back. @throws AppError resource.not_found; request.invalid that names a place nobody fills */
export async function setTemplate(
  { db }: MessageTemplateDeps,
  session: Session,
  { template, ...place }: Parsed<typeof messageTemplates.set>['body'],
): Promise<Answer> {
  const { merchantId } = session
  if (template !== null) refuseUnknown(template)
  return db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      if (!(await shopExists(tx, merchantId, place.shopId)))
        throw new AppError('resource.not_found', { id: place.shopId })
      const before = await findTemplate(tx, merchantId, place)
      if (template === null) await removeTemplate(tx, merchantId, place)
      else await putTemplate(tx, merchantId, place, { ...template, by: session.userId })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'message_template.change',
        subject: { kind: 'shop', id: place.shopId },
        before: { language: place.language, template: before ?? null },
        after: { language: place.language, template },
      })
      return { template, standard: standardOf(place.language) }
    })
}

function standardOf(language: Language): MessageTemplate {
  const { default_subject: subject, default_body: body } = labels(language).message_template
  return { subject, body, contact: '' }
}

function refuseUnknown({ subject, body }: MessageTemplate): void {
  const issues = Object.entries({ subject, body }).flatMap(([field, text]) =>
    unknownPlaces(text, MESSAGE_PLACES).map((place) => ({
      path: `template.${field}`,
      message: `unknown: {${place}}`,
    })),
  )
  if (issues.length > 0) throw new AppError('request.invalid', { issues })
}
