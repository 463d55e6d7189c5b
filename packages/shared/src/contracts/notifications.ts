/** Which happenings are told to whom, and how. What was told stands in the inbox; see notes.ts. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { NOTIFICATION_KIND_NAMES } from '../notification-kinds.ts'
import { ROLES } from '../permissions.ts'

export const MOST_NOTIFICATION_DAYS = 60
export const MOST_NOTIFICATION_RULES = 100
export const MOST_NOTIFICATION_YEN = 999_999_999

const what = {
  isActive: z.boolean(),
  /** From this amount on; null for any. */
  fromYen: z.nullable(z.int().check(z.gte(0), z.lte(MOST_NOTIFICATION_YEN))),
  /** For kinds that wait; null for the others. */
  days: z.nullable(z.int().check(z.gte(0), z.lte(MOST_NOTIFICATION_DAYS))),
  /** Null for all, of tomorrow too. */
  shopIds: z.nullable(z.array(z.uuid()).check(z.minLength(1), z.maxLength(200))),
  /** Built-in roles, and ids of the merchant's own. */
  roles: z.array(z.union([z.enum(ROLES), z.uuid()])).check(z.maxLength(100)),
  userIds: z.array(z.string().check(z.maxLength(100))).check(z.maxLength(200)),
  /** Whoever asked for it. */
  toActor: z.boolean(),
  inInbox: z.boolean(),
  byMail: z.boolean(),
  /** The hour of the one mail a day, in Japan; null: each at once. */
  digestHour: z.nullable(z.int().check(z.gte(0), z.lte(23))),
}
const kind = z.enum(NOTIFICATION_KIND_NAMES)
const rule = z.object({ id: z.string(), kind, ...what })
export type NotificationRule = z.infer<typeof rule>
const change = z.object(what)
export type NotificationRuleChange = z.output<typeof change>

const view = z.object({
  rules: z.array(rule),
  /** Without a mail server nothing is mailed. */
  hasMail: z.boolean(),
  /** Who may be named: members of today, with the kinds that their role lets them be told of. */
  people: z.array(z.object({ id: z.string(), name: z.string(), kinds: z.array(kind) })),
  /** The merchant's own roles likewise. */
  roles: z.array(z.object({ id: z.string(), name: z.string(), kinds: z.array(kind) })),
})
export type NotificationRulesView = z.infer<typeof view>

const common = { permission: 'settings.manage', allShops: true, response: view } as const

export const notificationRules = {
  list: contract({ method: 'GET', path: '/api/notification-rules', ...common }),
  create: contract({
    method: 'POST',
    path: '/api/notification-rules',
    ...common,
    /** The id is chosen by the caller: the same id makes no second rule. */
    body: z.object({ id: z.uuid(), kind, ...what }),
    errors: ['idempotency.conflict'],
  }),
  change: contract({
    method: 'PUT',
    path: '/api/notification-rules/:id',
    ...common,
    body: change,
    errors: ['resource.not_found'],
  }),
  remove: contract({ method: 'DELETE', path: '/api/notification-rules/:id', ...common }),
} as const
