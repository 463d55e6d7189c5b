/** How the merchant's mails leave, and what left. The password is sealed on the way in and never told again. */
import type { Output, Parsed } from '@choba/shared/contract.ts'
import type { mail } from '@choba/shared/contracts/mail.ts'
import { audit } from '../../audit/audit.ts'
import { person } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Clock } from '../../core/clock.ts'
import { mailContext, type SecretBox } from '../../core/secret-box.ts'
import type { Session } from '../../core/session.ts'
import { uuidv7 } from '../../core/uuid.ts'
import type { Db } from '../../db/client.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import {
  deleteMailSetting,
  findMailSetting,
  getEnvironment,
  listMails,
  type MailSetting,
  putBackFailed,
  putMailSetting,
} from './mail.queries.ts'
import { handOver, refuseHost } from './transport.ts'

export type MailDeps = { readonly db: Db; readonly clock: Clock; readonly secrets: SecretBox }

export async function getMail({ db }: MailDeps, { merchantId }: Session): Promise<Output<typeof mail.get>> {
  const setting = await findMailSetting(db.merchant(merchantId), merchantId)
  return {
    settings: setting === undefined ? null : { ...openPart(setting), hasPassword: setting.passwordBox !== null },
  }
}

/** @throws AppError mail.address */
export async function changeMail(
  { db, secrets }: MailDeps,
  session: Session,
  { password, ...changed }: Parsed<typeof mail.put>['body'],
): Promise<{ done: true }> {
  const { merchantId } = session
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      refuseHost(changed, await getEnvironment(tx, merchantId))
      const before = await findMailSetting(tx, merchantId)
      const passwordBox =
        password === undefined
          ? (before?.passwordBox ?? null)
          : password === ''
            ? null
            : secrets.seal(password, mailContext(merchantId))
      await putMailSetting(tx, { merchantId, ...changed, passwordBox })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'mail.change',
        subject: { kind: 'merchant', id: merchantId },
        ...(before && { before: openPart(before) }),
        after: { ...changed, isPasswordChanged: password !== undefined },
      })
    })
  return { done: true }
}

export async function removeMail({ db }: MailDeps, session: Session): Promise<{ done: true }> {
  const { merchantId } = session
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      const before = await findMailSetting(tx, merchantId)
      if (before === undefined || !(await deleteMailSetting(tx, merchantId))) return
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'mail.remove',
        subject: { kind: 'merchant', id: merchantId },
        before: openPart(before),
      })
    })
  return { done: true }
}

/** @throws AppError mail.not_set_up, mail.address */
export async function testMail(
  { db, secrets }: MailDeps,
  { merchantId }: Session,
  to: string,
): Promise<Output<typeof mail.test>> {
  const reader = db.merchant(merchantId)
  const setting = await findMailSetting(reader, merchantId)
  if (setting === undefined) throw new AppError('mail.not_set_up')
  refuseHost(setting, await getEnvironment(reader, merchantId))
  const subject = '帳場: 送信テスト / Choba: test'
  const text =
    'このメールが届いていれば、メールの設定は正しく行われています。\n\nIf you read this, mail is set up correctly.\n'
  try {
    return {
      isSent: true,
      said: await handOver(setting, secrets, { id: uuidv7(), to, subject, text, attachment: null }),
    }
  } catch (error) {
    return { isSent: false, said: wordsOf(error) }
  }
}

export function getMailLog(
  { db }: MailDeps,
  { merchantId }: Session,
  cursor: string | undefined,
): Promise<Output<typeof mail.log>> {
  return listMails(db.merchant(merchantId), merchantId, cursor)
}

/** @throws AppError resource.not_found when it has not failed; mail.not_set_up */
export async function resendMail({ db }: MailDeps, session: Session, mailId: string): Promise<{ done: true }> {
  const { merchantId } = session
  await db
    .merchant(merchantId)
    .transaction()
    .execute(async (tx) => {
      if ((await findMailSetting(tx, merchantId)) === undefined) throw new AppError('mail.not_set_up')
      if (!(await putBackFailed(tx, merchantId, mailId))) throw new AppError('resource.not_found', { id: mailId })
      await enqueue(tx, 'mail:send', { merchantId, mailId })
      await audit(tx, {
        merchantId,
        actor: person(session),
        action: 'mail.resend',
        subject: { kind: 'mail', id: mailId },
      })
    })
  return { done: true }
}

/** One line of what went wrong; servers say more than a log wants. */
export function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300) ?? ''
}

function openPart({ host, port, security, userName, fromAddress, fromName }: MailSetting) {
  return { host, port, security, userName, fromAddress, fromName }
}
