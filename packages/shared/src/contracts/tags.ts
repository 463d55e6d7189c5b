import * as z from 'zod/mini'
import { contract } from '../contract.ts'

/** Colours of the design, by name: each reads in both schemes. */
export const TAG_COLOURS = ['ink', 'indigo', 'teal', 'green', 'ochre', 'plum'] as const
export type TagColour = (typeof TAG_COLOURS)[number]
export const TAG_NAME_LENGTH = 20
/** As many as a list to choose from still bears. */
export const MOST_TAGS = 100
const MOST_PAYMENTS = 1000
const MOST_AT_ONCE = 20

const content = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(TAG_NAME_LENGTH)),
  colour: z.enum(TAG_COLOURS),
}

export const tagRow = z.object({
  ...content,
  id: z.string(),
  /** No longer offered; payments keep it, and it can still be taken off and looked for. */
  isArchived: z.boolean(),
})
export type TagRow = z.infer<typeof tagRow>

/** By name, those in use first. */
const tagList = z.object({ items: z.array(tagRow) })

const tagIds = z.array(z.uuid()).check(z.maxLength(MOST_AT_ONCE))

/** Words of the merchant's own that are put on payments. They reach no provider and change no books. */
export const tags = {
  list: contract({ method: 'GET', path: '/api/tags', permission: 'sales.read', response: tagList }),
  /** Makes it, or puts it in place of the one of this id. */
  put: contract({
    method: 'PUT',
    path: '/api/tags/:id',
    permission: 'settings.manage',
    allShops: true,
    body: z.object({ ...content, isArchived: z.boolean() }),
    response: tagList,
    errors: ['tag.name_taken', 'tag.too_many'],
  }),
  /** Puts some on, takes others off; what stands already stays as it is. */
  mark: contract({
    method: 'POST',
    path: '/api/payment-tags',
    permission: 'notes.write',
    body: z.object({
      paymentIds: z.array(z.uuid()).check(z.minLength(1), z.maxLength(MOST_PAYMENTS)),
      add: tagIds,
      remove: tagIds,
    }),
    /** Payments of which something changed. */
    response: z.object({ changed: z.int() }),
    errors: ['resource.not_found', 'tag.archived'],
  }),
} as const
