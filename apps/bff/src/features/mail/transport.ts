/** Handing a mail to the merchant's server. */
import nodemailer from 'nodemailer'
import { AppError } from '../../core/app-error.ts'
import { type Environment, isPrivate } from '../../core/open-address.ts'
import { mailContext, type SecretBox } from '../../core/secret-box.ts'
import type { MailSetting } from './mail.queries.ts'

export type Letter = {
  /** Stable over tries: a server that has it already can tell. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly attachment: { readonly fileName: string; readonly content: Buffer } | null
}

const CONNECT_WITHIN_MS = 10_000
const ANSWER_WITHIN_MS = 30_000

/** @throws AppError mail.address with `details.reason`: private, open */
export function refuseHost({ host, security }: Pick<MailSetting, 'host' | 'security'>, environment: Environment): void {
  if (environment !== 'live') return
  if (isPrivate(host)) throw new AppError('mail.address', { reason: 'private' })
  if (security === 'none') throw new AppError('mail.address', { reason: 'open' })
}

/** What the server said. @throws with what it, or the network, said when it did not take the mail */
export async function handOver(setting: MailSetting, secrets: SecretBox, letter: Letter): Promise<string> {
  const { host, port, security, userName, passwordBox, fromAddress, fromName, merchantId } = setting
  const transport = nodemailer.createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: CONNECT_WITHIN_MS,
    greetingTimeout: CONNECT_WITHIN_MS,
    socketTimeout: ANSWER_WITHIN_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(userName !== '' && {
      auth: { user: userName, pass: passwordBox === null ? '' : secrets.open(passwordBox, mailContext(merchantId)) },
    }),
  })
  try {
    const { response } = await transport.sendMail({
      from: { name: fromName, address: fromAddress },
      to: letter.to,
      subject: letter.subject,
      text: letter.text,
      ...(letter.attachment && {
        attachments: [{ filename: letter.attachment.fileName, content: letter.attachment.content }],
      }),
      messageId: `<${letter.id}@${fromAddress.split('@')[1] ?? 'choba'}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return response
  } finally {
    transport.close()
  }
}
