/** What the merchant's own books call the accounts of the postings, from a day on: for the screen and for files. */
import * as z from 'zod/mini'
import { ACCOUNT_NAMES } from '../accounts.ts'
import { contract } from '../contract.ts'
import { day } from '../filters/list.ts'

function text(longest: number) {
  return z.string().check(z.trim(), z.maxLength(longest))
}

const mapping = z.object({
  account: z.enum(ACCOUNT_NAMES),
  validFrom: z.iso.date(),
  /** Empty where the merchant's books have none. */
  code: z.string(),
  name: z.string(),
  subAccount: z.string(),
  taxName: z.string(),
})
export type AccountMapping = z.infer<typeof mapping>

export const chart = {
  list: contract({
    method: 'GET',
    path: '/api/chart',
    permission: 'journal.read',
    /** The earliest of each account first. */
    response: z.object({ today: z.iso.date(), mappings: z.array(mapping) }),
  }),
  /** The same again changes nothing; the same day again replaces what was to hold from it. */
  change: contract({
    method: 'PUT',
    path: '/api/chart/:account',
    permission: 'contracts.write',
    allShops: true,
    // Money Forward takes 30 characters of an account's name.
    body: z.object({ validFrom: day(), code: text(20), name: text(30), subAccount: text(30), taxName: text(30) }),
    response: z.object({ changed: z.boolean() }),
    errors: ['resource.not_found'],
  }),
} as const
