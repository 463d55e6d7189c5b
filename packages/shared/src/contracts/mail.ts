/** How the merchant's mails leave, and what left. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { personal } from '../personal.ts'

export const MAIL_SECURITY = ['tls', 'starttls', 'none'] as const
export const MAIL_STATES = ['queued', 'sent', 'failed'] as const
export const MAIL_KINDS = ['invitation', 'export', 'notification'] as const

const permission = 'settings.manage'
const settings = {
  host: z.string().check(z.trim(), z.regex(/^[A-Za-z0-9.-]{1,253}$|^[0-9A-Fa-f:]{2,45}$/)),
  port: z.int().check(z.gte(1), z.lte(65_535)),
  /** `none` leaves the password and the mails open on the way: for a server on this machine. */
  security: z.enum(MAIL_SECURITY),
  /** Empty where the server asks for none. */
  userName: z.string().check(z.maxLength(200)),
  fromAddress: z.email().check(z.maxLength(200)),
  fromName: z.string().check(z.trim(), z.maxLength(60), z.regex(/^[^\r\n]*$/)),
}
const done = z.object({ done: z.literal(true) })

export const mailRow = z.object({
  id: z.string(),
  kind: z.enum(MAIL_KINDS),
  to: personal('email', z.string()),
  subject: personal('text', z.string()),
  state: z.enum(MAIL_STATES),
  attempts: z.int(),
  /** What the server or the network said last. */
  said: personal('text', z.nullable(z.string())),
  queuedAt: z.string(),
  sentAt: z.nullable(z.string()),
})
export type MailRow = z.infer<typeof mailRow>

export const mail = {
  get: contract({
    method: 'GET',
    path: '/api/mail',
    permission,
    allShops: true,
    response: z.object({ settings: z.nullable(z.extend(z.object(settings), { hasPassword: z.boolean() })) }),
  }),
  /** A password that is left out stays as it is; an empty one is none. */
  put: contract({
    method: 'PUT',
    path: '/api/mail',
    permission,
    allShops: true,
    body: z.extend(z.object(settings), { password: z.optional(z.string().check(z.maxLength(200))) }),
    response: done,
    errors: ['mail.address'],
  }),
  remove: contract({ method: 'DELETE', path: '/api/mail', permission, allShops: true, response: done }),
  /** One mail, sent at once, with what the server said. */
  test: contract({
    method: 'POST',
    path: '/api/mail/test',
    permission,
    allShops: true,
    body: z.object({ to: z.email().check(z.maxLength(200)) }),
    response: z.object({ isSent: z.boolean(), said: z.string() }),
    errors: ['mail.not_set_up', 'mail.address'],
  }),
  log: contract({
    method: 'GET',
    path: '/api/mail/log',
    permission,
    allShops: true,
    query: z.object({ cursor: z.optional(z.uuid()) }),
    response: z.object({ items: z.array(mailRow), nextCursor: z.nullable(z.string()) }),
  }),
  /** One that failed is tried again from the start. */
  resend: contract({
    method: 'POST',
    path: '/api/mail/log/:id/resend',
    permission,
    allShops: true,
    response: done,
    errors: ['resource.not_found', 'mail.not_set_up'],
  }),
} as const
