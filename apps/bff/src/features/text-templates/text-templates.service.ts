import type { Parsed } from '@choba/shared/contract.ts'
import type { textTemplates, TextTemplatesView } from '@choba/shared/contracts/text-templates.ts'
import { standardTemplate, TEXT_TEMPLATE_KINDS, templateFaults, textTemplate } from '@choba/shared/text-templates.ts'
import { replaceSetting } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import type { Session } from '../../core/session.ts'
import type { Db } from '../../db/client.ts'
import { lockSetting } from '../../db/lock-setting.ts'
import { findOwnText } from '../../db/text-templates.ts'
import { missingCharacters } from '../../invoices/missing-characters.ts'
import { listOwnTexts, putText, removeText } from './text-templates.queries.ts'

export type TextDeps = { readonly db: Db; readonly clock: Clock }
type Wish = Parsed<typeof textTemplates.put>['body']

export async function getTexts({ db }: TextDeps, { merchantId }: Session): Promise<TextTemplatesView> {
  const own = await listOwnTexts(db.merchant(merchantId), merchantId)
  return {
    items: TEXT_TEMPLATE_KINDS.flatMap((kind) =>
      textTemplate(kind).languages.map((language) => {
        const found = own.find((each) => each.kind === kind && each.language === language)
        const standard = standardTemplate(kind, language)
        if (found === undefined) return { kind, language, own: null, standard, changedAt: null }
        const { subject, body, changedAt } = found
        return { kind, language, own: { subject, body }, standard, changedAt: changedAt.toISOString() }
      }),
    ),
  }
}

/** @throws AppError request.invalid that names each place that is unknown or missing; template.undrawable */
export async function changeText(deps: TextDeps, session: Session, wish: Wish): Promise<TextTemplatesView> {
  const { merchantId } = session
  const { kind, language } = wish
  refuseFaults(wish)
  const after = wish.text && { ...wish.text, subject: textTemplate(kind).hasSubject ? wish.text.subject : '' }
  const key = { merchantId, kind, language }
  await deps.db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      await lockSetting(tx, merchantId, 'text_templates')
      const found = (await findOwnText(tx, merchantId, kind, language)) ?? null
      const entry = {
        merchantId,
        actor: person(session),
        action: 'text_template.change',
        subject: { kind: 'text_template', id: `${kind}:${language}` },
      }
      await replaceSetting(tx, entry, { before: { text: found }, after: { text: after } }, () =>
        after === null ? removeText(tx, key) : putText(tx, key, { ...after, changedAt: deps.clock.now() }),
      )
    })
  return getTexts(deps, session)
}

function refuseFaults({ kind, language, text }: Wish): void {
  if (!textTemplate(kind).languages.includes(language)) throw invalid([['language', 'not one of its languages']])
  if (text === null) return
  const faults = templateFaults(kind, text).map(
    ({ field, fault, place }) => [`text.${field}`, place === null ? fault : `${fault}: {${place}}`] as const,
  )
  if (faults.length > 0) throw invalid(faults)
  const characters = kind === 'bundled_invoice' ? (missingCharacters([text.body])[0] ?? []) : []
  if (characters.length > 0) throw new AppError('template.undrawable', { characters })
}

function invalid(issues: ReadonlyArray<readonly [string, string]>): AppError {
  return new AppError('request.invalid', { issues: issues.map(([path, message]) => ({ path, message })) })
}
