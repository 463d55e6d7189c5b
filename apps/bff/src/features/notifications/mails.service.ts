/** One mail to each person of what is due to them: what was told at once, or gathered for the day. */
import { jstIso } from '@choba/shared/dates.ts'
import { fill, LANGUAGES, type Language, labels } from '@choba/shared/labels/labels.ts'
import { notificationAbout } from '@choba/shared/notification-words.ts'
import type { TextTemplate } from '@choba/shared/text-templates.ts'
import type { Clock } from '../../core/clock.ts'
import type { Db } from '../../db/client.ts'
import { listColleagues } from '../../db/people.ts'
import { findText } from '../../db/text-templates.ts'
import { queueMail } from '../../jobs/queue-mail.ts'
import { mayHear } from './look.service.ts'
import { listLanguages, listToMail, takeDue, type Told } from './told.queries.ts'

export type MailsDeps = {
  readonly db: Db
  readonly clock: Clock
  /** Where the console answers: links in mails begin with it. */
  readonly address: string
}

const MOST_LINES = 50

export async function mailNews(deps: MailsDeps): Promise<void> {
  const now = deps.clock.now()
  for (const merchantId of await listToMail(deps.db.owner, now)) await mailOf(deps, merchantId, now)
}

/** What somebody may not see any more by now is not told to them. */
async function mailOf({ db, address }: MailsDeps, merchantId: string, now: Date): Promise<void> {
  const people = await listColleagues(db.owner, merchantId)
  const languages = await listLanguages(db.merchant(merchantId), merchantId)
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const due = await takeDue(tx, merchantId, now)
      for (const person of people) {
        const told = due.filter((row) => row.userId === person.userId && mayHear(person, row.kind, row.shopId))
        const [first] = told.toSorted((a, b) => (a.notificationId < b.notificationId ? -1 : 1))
        if (first === undefined) continue
        const language = languageOf(languages.get(person.userId))
        const text = await findText(tx, merchantId, 'notification', language)
        const letter = letterOf(told, text, { language, address })
        const cause = `notification:${first.notificationId}`
        await queueMail(tx, { merchantId, kind: 'notification', cause, to: person.email, ...letter })
      }
    })
}

/** Who never chose reads Japanese. */
function languageOf(chosen: unknown): Language {
  return LANGUAGES.find((each) => each === chosen) ?? 'ja'
}

type Line = Pick<Told, 'kind' | 'orderNumber' | 'about' | 'amountYen' | 'toldAt'>

/** By kind, oldest first. Order numbers, amounts and names of files: nothing of a customer. */
function letterOf(
  told: readonly Line[],
  text: TextTemplate,
  { language, address }: { readonly language: Language; readonly address: string },
): { readonly subject: string; readonly text: string } {
  const words = labels(language)
  const kinds = [...new Set(told.map(({ kind }) => kind))]
  const [only] = kinds.length === 1 ? kinds : []
  const values = {
    what: only === undefined ? words.notifications.several : words.notification_kind[only],
    count: told.length,
    list: kinds.map((kind) => blockOf(kind, told, language)).join('\n\n'),
    settings: `${address}/settings/notifications`,
    console: address,
  }
  return { subject: fill(text.subject, values), text: fill(text.body, values) }
}

function blockOf(kind: Told['kind'], told: readonly Line[], language: Language): string {
  const words = labels(language)
  const lines = told.filter((each) => each.kind === kind).toSorted((a, b) => a.toldAt.getTime() - b.toldAt.getTime())
  const more = lines.length - MOST_LINES
  return [
    `■ ${words.notification_kind[kind]} (${lines.length})`,
    ...lines.slice(0, MOST_LINES).map((line) => `・${lineOf(line, language)}`),
    ...(more > 0 ? [fill(words.notifications.and_more, { count: more })] : []),
  ].join('\n')
}

function lineOf({ kind, orderNumber, about, amountYen, toldAt }: Line, language: Language): string {
  const words = labels(language).notifications
  return [
    orderNumber === null ? null : fill(words.order, { order: orderNumber }),
    about === null ? null : notificationAbout(language, kind, about),
    amountYen === null ? null : fill(words.yen, { amount: amountYen.toLocaleString('en-US') }),
    jstIso(toldAt).slice(0, 16).replace('T', ' '),
  ]
    .filter((part) => part !== null)
    .join('  ')
}
