import * as z from 'zod/mini'
import { contract } from '../contract.ts'

/** What values are put into; a text with others is refused. */
export const MESSAGE_PLACES = ['customer', 'order', 'amount', 'shop', 'contact'] as const

/** What a shop writes to a customer whose screening did not succeed. */
const template = z.object({
  subject: z.string().check(z.minLength(1), z.maxLength(200)),
  body: z.string().check(z.minLength(1), z.maxLength(4000)),
  /** Where the customer finds the shop: a page, a telephone number. Empty while nobody has said it. */
  contact: z.string().check(z.maxLength(300)),
})
export type MessageTemplate = z.infer<typeof template>

const answer = z.object({
  /** Null while the shop uses the wording of the house. */
  template: z.nullable(template),
  standard: template,
})

const place = z.object({ shopId: z.uuid(), language: z.enum(['ja', 'en']) })

export const messageTemplates = {
  get: contract({
    method: 'GET',
    path: '/api/message-templates/other-method',
    permission: 'sales.read',
    query: place,
    response: answer,
    errors: ['resource.not_found'],
  }),
  set: contract({
    method: 'PUT',
    path: '/api/message-templates/other-method',
    permission: 'templates.write',
    body: z.extend(place, { template: z.nullable(template) }),
    response: answer,
    errors: ['resource.not_found'],
  }),
} as const
