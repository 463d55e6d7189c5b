/** Mails that leave. */
import type { ColumnType, Generated } from 'kysely'
import type { MAIL_KINDS, MAIL_SECURITY, MAIL_STATES } from '@choba/shared/contracts/mail.ts'

export interface MailSettingTable {
  merchantId: string
  host: string
  port: number
  security: (typeof MAIL_SECURITY)[number]
  userName: string
  /** Sealed; null where the server asks for none. */
  passwordBox: string | null
  fromAddress: string
  fromName: string
}

export interface OutgoingMailTable {
  merchantId: string
  mailId: string
  kind: (typeof MAIL_KINDS)[number]
  cause: string
  toAddress: string
  subject: string
  text: string | null
  /** The kept file it carries. */
  exportId: ColumnType<string | null, string | null | undefined, never>
  state: Generated<(typeof MAIL_STATES)[number]>
  attempts: Generated<number>
  /** Until then one job has it in hand. */
  leaseUntil: ColumnType<Date | null, Date | null | undefined, Date | null>
  said: ColumnType<string | null, string | null | undefined, string | null>
  queuedAt: Generated<Date>
  sentAt: ColumnType<Date | null, Date | null | undefined, Date | null>
}
