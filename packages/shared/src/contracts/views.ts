import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import type { Permission } from '../permissions.ts'
import { personal } from '../personal.ts'

/** The lists whose address can be kept under a name. */
export const VIEW_LISTS = [
  'payments',
  'screenings',
  'invoices',
  'slips',
  'payouts',
  'journal',
  'subscriptions',
  'customers',
  'links',
  'audit',
] as const
export type ViewList = (typeof VIEW_LISTS)[number]
/** Whoever may read a list has its views. */
export const VIEW_READERS: Readonly<Record<ViewList, Permission>> = {
  payments: 'sales.read',
  screenings: 'sales.read',
  invoices: 'sales.read',
  slips: 'sales.read',
  payouts: 'payouts.read',
  journal: 'journal.read',
  subscriptions: 'subscriptions.read',
  customers: 'sales.read',
  links: 'sales.read',
  audit: 'audit.read',
}
export const VIEW_NAME_LENGTH = 60

const content = {
  list: z.enum(VIEW_LISTS),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(VIEW_NAME_LENGTH)),
  /** Everybody of the merchant sees it. */
  isShared: z.boolean(),
  /** The query of the list's address without its question mark: conditions and order. The list reads it as it reads any address. */
  search: personal('search', z.string().check(z.maxLength(4000))),
  /** Column ids in their order; null leaves the columns as they are. */
  columns: z.nullable(z.array(z.string().check(z.maxLength(60))).check(z.maxLength(100))),
}

export const savedView = z.object({
  ...content,
  id: z.string(),
  by: z.object({ id: z.string(), name: z.string() }),
  /** Mine, or shared and I may share. */
  mayChange: z.boolean(),
})
export type SavedView = z.infer<typeof savedView>

const viewsOfList = z.object({
  /** Own ones and those of everybody, by name. */
  items: z.array(savedView),
  /** What the caller's list opens with. */
  defaultId: z.nullable(z.string()),
})
export type ViewsOfList = z.infer<typeof viewsOfList>

/**
 * Addresses of lists under a name. A view is no right: what it shows is what its reader may see. Each asks for the right to
 * read its list.
 */
export const views = {
  list: contract({
    method: 'GET',
    path: '/api/views',
    permission: null,
    query: z.object({ list: z._default(z.enum(VIEW_LISTS), 'payments') }),
    response: viewsOfList,
    errors: ['auth.forbidden'],
  }),
  /** Makes it, or puts it in place of the one of this id. To share one, or change a shared one, takes `views.share`. */
  put: contract({
    method: 'PUT',
    path: '/api/views/:id',
    permission: null,
    body: z.object(content),
    response: viewsOfList,
    errors: ['resource.not_found', 'auth.forbidden'],
  }),
  /** Also for whoever opened their list with it. */
  remove: contract({
    method: 'DELETE',
    path: '/api/views/:id',
    permission: null,
    response: z.object({ done: z.literal(true) }),
    errors: ['resource.not_found', 'auth.forbidden'],
  }),
  /** Null: the list opens as it is. */
  setDefault: contract({
    method: 'PUT',
    path: '/api/default-view',
    permission: null,
    body: z.object({ list: z.enum(VIEW_LISTS), viewId: z.nullable(z.uuid()) }),
    response: viewsOfList,
    errors: ['resource.not_found', 'auth.forbidden'],
  }),
} as const
