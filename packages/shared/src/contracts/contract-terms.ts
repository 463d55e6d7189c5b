/** What contracts say, per shop and method, each term from its day; and what last month would have cost otherwise. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { day } from '../filters/list.ts'
import { METHODS } from '../methods.ts'
import { FEE_PLANS, feeTerms, TERM_KINDS } from '../terms.ts'

const termView = z.object({
  shopId: z.string(),
  method: z.string(),
  kind: z.enum(TERM_KINDS),
  validFrom: z.iso.date(),
  value: z.record(z.string(), z.unknown()),
  assumed: z.boolean(),
})

const change = z.object({
  shopId: z.uuid(),
  method: z.enum(METHODS),
  kind: z.enum(TERM_KINDS),
  validFrom: day(),
  /** Checked by its kind; what is wrong is answered by the field's name. */
  value: z.record(z.string(), z.unknown()),
  assumed: z._default(z.boolean(), false),
})
export type TermChange = z.output<typeof change>

const monthCost = z.object({
  /** Of the sales, tax included. */
  feesYen: z.int(),
  /** The month's own fee, tax included; `covered`: the sales leave enough to set it off. */
  monthlyYen: z.int(),
  covered: z.boolean(),
  transferYen: z.int(),
})

export const termPreview = z.object({
  /** What holds on the day now, and until when the new term will hold. */
  before: z.nullable(z.record(z.string(), z.unknown())),
  until: z.nullable(z.iso.date()),
  /** A term that begins on the same day and will be written over. */
  replaces: z.boolean(),
  /** For closings: the next three before and after; for fees: an example sale of 11,000 yen. */
  closings: z.array(
    z.object({
      before: z.nullable(z.object({ closingOn: z.iso.date(), payOn: z.iso.date() })),
      after: z.object({ closingOn: z.iso.date(), payOn: z.iso.date() }),
    }),
  ),
  example: z.nullable(z.object({ beforeYen: z.nullable(z.int()), afterYen: z.int() })),
  /** For fees of card and convenience store: what was sold in the last whole month, and what would have been left of it. */
  effect: z.nullable(
    z.object({ month: z.string(), sales: z.int(), grossYen: z.int(), before: z.nullable(monthCost), after: monthCost }),
  ),
})
export type TermPreview = z.infer<typeof termPreview>

const planCost = z.object({
  plan: z.union([z.enum(FEE_PLANS), z.literal('current')]),
  rateBp: z.int(),
  /** Without tax. */
  monthlyYen: z.int(),
  rateYen: z.int(),
  invoicesYen: z.int(),
  taxYen: z.int(),
  /** With tax. */
  totalYen: z.int(),
})
export const planComparison = z.object({
  month: z.string(),
  sales: z.int(),
  bundled: z.int(),
  amountYen: z.int(),
  /** The terms compared with: those in force at the month's end. */
  terms: z.nullable(feeTerms),
  plans: z.array(planCost),
  breakEven: z.array(z.object({ from: z.enum(FEE_PLANS), to: z.enum(FEE_PLANS), monthYen: z.int() })),
})
export type PlanComparison = z.infer<typeof planComparison>

export const contractTerms = {
  list: contract({
    method: 'GET',
    path: '/api/contracts',
    permission: 'contracts.read',
    response: z.object({
      terms: z.array(termView),
      /** Shops and methods that a connection serves; `since`: when it began, `changeFrom`: the first day a money term may begin. */
      contracts: z.array(
        z.object({
          shopId: z.string(),
          method: z.string(),
          since: z.iso.date(),
          changeFrom: z.iso.date(),
          today: z.iso.date(),
        }),
      ),
    }),
  }),
  preview: contract({
    method: 'POST',
    path: '/api/contracts/preview',
    permission: 'contracts.write',
    body: change,
    response: termPreview,
    errors: ['resource.not_found', 'contract.too_early'],
  }),
  change: contract({
    method: 'POST',
    path: '/api/contracts',
    permission: 'contracts.write',
    body: change,
    response: z.object({ replaced: z.boolean() }),
    errors: ['resource.not_found', 'contract.too_early'],
  }),
  plans: contract({
    method: 'GET',
    path: '/api/contracts/plans',
    permission: 'contracts.read',
    query: z.object({ shop: z.uuid(), month: z.optional(z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/))) }),
    response: planComparison,
    errors: ['resource.not_found'],
  }),
} as const
