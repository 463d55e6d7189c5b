/** Personal data of customers: kept for a while, erased for good. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { personal } from '../personal.ts'

/** Tax law has books kept for seven years, and for ten after a year with a loss; a shop may keep customers for less. */
export const BOOKS_KEPT_YEARS = { usual: 7, longest: 10 } as const
export const MOST_YEARS = 30
/** Of masked records a person, or a key, may have shown; zero lets nobody. */
export const MOST_REVEALS = 1_000
export const USUAL_REVEALS = 20

/** Why a customer stays for now. */
export const ERASURE_REFUSALS = [
  /** Screening that has not ended, money that is still to come, a claim the customer has not paid. */
  'payments_open',
  'operations_open',
  'claims_open',
  'money_owed',
  'links_open',
  'subscriptions_open',
  'messages_waiting',
  /** A file with customers is being written. */
  'export_running',
] as const
export type ErasureRefusal = (typeof ERASURE_REFUSALS)[number]

const years = z.nullable(z.int().check(z.gte(1), z.lte(MOST_YEARS)))

const settled = z.object({
  eraseAfterYears: years,
  /** Masked records that one person, or one key, may have shown within an hour; nobody at zero. */
  revealsPerHour: z.int().check(z.gte(0), z.lte(MOST_REVEALS)),
})
export type PrivacySettings = z.infer<typeof settled>

const dueCustomer = z.object({
  id: z.string(),
  name: personal('name', z.string()),
  payments: z.int(),
  lastClosedOn: z.iso.date(),
})

const outlook = z.object({
  payments: z.int(),
  /** Kept export files that go with it, because they may hold the customer. */
  files: z.int(),
  open: z.array(z.object({ reason: z.enum(ERASURE_REFUSALS), count: z.int() })),
})
export type ErasureOutlook = z.infer<typeof outlook>

const errors = ['resource.not_found'] as const

export const privacy = {
  get: contract({
    method: 'GET',
    path: '/api/privacy',
    permission: 'settings.manage',
    allShops: true,
    response: z.extend(settled, {
      /** Erased so far, by a person or by the nightly job. */
      erased: z.int(),
    }),
  }),
  put: contract({
    method: 'PUT',
    path: '/api/privacy',
    permission: 'settings.manage',
    allShops: true,
    /** What is left out stays as it is. */
    body: z.partial(settled),
    response: settled,
  }),
  /** Whom the nightly job would erase tonight. */
  due: contract({
    method: 'GET',
    path: '/api/privacy/due',
    permission: 'settings.manage',
    allShops: true,
    query: z.object({
      years: z
        .pipe(z.union([z.string().check(z.regex(/^\d{1,2}$/)), z.int()]), z.transform(Number))
        .check(z.gte(1), z.lte(MOST_YEARS)),
    }),
    /** The first twenty by the day of their last payment's end. */
    response: z.object({ count: z.int(), payments: z.int(), before: z.iso.date(), first: z.array(dueCustomer) }),
  }),
  /** What would go, and why it may not go yet. */
  erasure: contract({
    method: 'GET',
    path: '/api/customers/:id/erasure',
    permission: 'customers.erase',
    allShops: true,
    response: outlook,
    errors,
  }),
  /** For good. The same customer again answers what was done the first time. */
  erase: contract({
    method: 'POST',
    path: '/api/customers/:id/erase',
    permission: 'customers.erase',
    allShops: true,
    body: z.object({ reason: z._default(z.string().check(z.maxLength(200)), '') }),
    response: z.object({ erasureId: z.string(), payments: z.int(), files: z.int() }),
    errors: ['resource.not_found', 'customer.open'],
  }),
} as const
