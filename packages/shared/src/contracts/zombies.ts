import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { exportChoice } from '../filters/export.ts'
import { manyIds, manyOf } from '../filters/list.ts'
import { PAYMENT_STATUSES } from '../states/payment.ts'
import { ZOMBIE_KINDS } from '../states/zombie.ts'
import { personal } from '../personal.ts'

/** One claim of an order. Amounts in yen. */
const claim = z.object({
  paymentId: z.string(),
  orderBranch: z.int(),
  method: z.string(),
  status: z.enum(PAYMENT_STATUSES),
  amountYen: z.int(),
  /** Until when it can be paid or captured, where there is such a day. */
  nextOn: z.nullable(z.string()),
  inFlight: z.nullable(z.string()),
  /** Whether a person of this role may cancel it now, and if not why. */
  cancel: z.object({ allowed: z.boolean(), reason: z.nullable(z.string()) }),
})
export type ZombieClaim = z.infer<typeof claim>

export const zombieRow = z.object({
  /** The payment whose claim outlived its order. */
  id: z.string(),
  kind: z.enum(ZOMBIE_KINDS),
  shopId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  orderedAt: z.string(),
  claim,
  /** The other claim of the same order; null where there is none. */
  other: z.nullable(claim),
})
export type ZombieRow = z.infer<typeof zombieRow>

/** A row as a line of a file: the claim and the other one of its order side by side. */
export type ZombieLine = Omit<ZombieRow, 'claim' | 'other'> &
  Pick<ZombieClaim, 'orderBranch' | 'method' | 'status' | 'amountYen' | 'nextOn'> & {
    readonly otherBranch: number | null
    readonly otherMethod: string | null
    readonly otherStatus: string | null
    readonly otherAmountYen: number | null
  }

export const zombieTotals = z.object({ count: z.int(), amountYen: z.int() })
export type ZombieTotals = z.infer<typeof zombieTotals>

const conditions = { shop: z.optional(manyIds()), kind: z.optional(manyOf(ZOMBIE_KINDS)) }

const exportQuery = z.object({ ...conditions, ...exportChoice })

export const zombies = {
  /** Claims that outlived their order, the newest order first. The remedy is the operation `cancel` on one of the claims. */
  list: contract({
    method: 'GET',
    path: '/api/zombies',
    permission: 'sales.read',
    query: z.object({ ...conditions, cursor: z.optional(z.string().check(z.maxLength(400))) }),
    response: z.object({ items: z.array(zombieRow), nextCursor: z.nullable(z.string()) }),
    errors: ['request.invalid'],
  }),
  totals: contract({
    method: 'GET',
    path: '/api/zombies/totals',
    permission: 'sales.read',
    query: z.object(conditions),
    response: zombieTotals,
  }),
  checkExport: contract({
    method: 'GET',
    path: '/api/zombies/export/check',
    permission: 'sales.export',
    query: exportQuery,
    response: z.object({ totals: zombieTotals, unmappableCount: z.int(), unmappable: z.array(z.string()) }),
  }),
} as const
export type ZombieFilter = { readonly [Key in keyof typeof conditions]?: z.output<(typeof conditions)[Key]> }

export const ZOMBIE_EXPORT_PATH = '/api/zombies/export.csv'
export const zombieExportQuery = z.extend(exportQuery, {
  /** What stands for a character CP932 lacks: the download is refused while there are any and this is not said. */
  substitute: z.optional(manyOf(['geta'])),
})
export type ZombieExportQuery = z.output<typeof zombieExportQuery>
