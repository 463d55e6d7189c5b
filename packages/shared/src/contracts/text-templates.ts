import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { LANGUAGES } from '../labels/labels.ts'
import { TEXT_TEMPLATE_KINDS } from '../text-templates.ts'

/** Judged by `templateFaults`, which both sides know. */
const text = z.object({ subject: z.string().check(z.maxLength(1_000)), body: z.string().check(z.maxLength(10_000)) })

const view = z.object({
  items: z.array(
    z.object({
      kind: z.enum(TEXT_TEMPLATE_KINDS),
      language: z.enum(LANGUAGES),
      /** Null while the wording of the house is used. */
      own: z.nullable(text),
      /** The wording of the house. */
      standard: text,
      changedAt: z.nullable(z.string()),
    }),
  ),
})
export type TextTemplatesView = z.infer<typeof view>

/** How the merchant words what leaves it. What is kept is used from then on. */
export const textTemplates = {
  list: contract({
    method: 'GET',
    path: '/api/text-templates',
    permission: 'templates.write',
    allShops: true,
    response: view,
  }),
  put: contract({
    method: 'PUT',
    path: '/api/text-templates',
    permission: 'templates.write',
    allShops: true,
    /** Null: the wording of the house again. */
    body: z.object({ kind: z.enum(TEXT_TEMPLATE_KINDS), language: z.enum(LANGUAGES), text: z.nullable(text) }),
    response: view,
    errors: ['template.undrawable'],
  }),
} as const
