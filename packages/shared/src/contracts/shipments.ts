/** The workbench of shipments, and the carriers of each shop. */
import * as z from 'zod/mini'
import { contract } from '../contract.ts'
import { manyIds } from '../filters/list.ts'
import { PAYMENT_STATUSES } from '../states/payment.ts'
import { personal } from '../personal.ts'

export const SHIPMENT_TABS = ['ready', 'reported'] as const
export type ShipmentTab = (typeof SHIPMENT_TABS)[number]

export const shipmentRow = z.object({
  id: z.string(),
  shopId: z.string(),
  orderNumber: z.string(),
  customerName: personal('name', z.string()),
  /** Where the goods go, when that is someone else. */
  deliveryName: z.nullable(personal('name', z.string())),
  amountYen: z.int(),
  status: z.enum(PAYMENT_STATUSES),
  orderedAt: z.string(),
  shipOn: z.nullable(z.string()),
  /** Until when the approval holds. */
  lapsesOn: z.nullable(z.string()),
  invoiceDelivery: z.enum(['separate', 'bundled', 'electronic']),
  /** The day of issue on its printed page, when that still says what is billed. */
  printedOn: z.nullable(z.string()),
  /** It was printed, and is billed otherwise since. */
  printStale: z.boolean(),
  carrierCode: z.nullable(z.string()),
  slipNumber: z.nullable(z.string()),
  shippedOn: z.nullable(z.string()),
  inFlight: z.nullable(z.string()),
  /** The provider's day, by which its deadlines count. */
  today: z.string(),
})
export type ShipmentRow = z.infer<typeof shipmentRow>

const conditions = {
  tab: z._default(z.enum(SHIPMENT_TABS), 'ready'),
  shop: z.optional(manyIds()),
  /** The beginning of an order number or of a slip number, or a customer's name. */
  q: z.optional(z.string().check(z.maxLength(100))),
}

export const CARRIER_CODE = /^\d{5}$/
const carrierCode = z.string().check(z.regex(CARRIER_CODE))

export const carrierSettings = z.object({
  shopId: z.string(),
  carriers: z.array(
    z.object({
      code: z.string(),
      ja: z.string(),
      en: z.string(),
      trackable: z.boolean(),
      /** By the contract with NP. A carrier without tracking needs the option of the contract. */
      allowed: z.boolean(),
      /** What a slip number of this carrier looks like, as a regular expression without hyphens; null where it publishes none. */
      slipPattern: z.nullable(z.string()),
    }),
  ),
  mapping: z.array(z.object({ deliveryMethod: z.string(), carrierCode: z.string() })),
})
export type CarrierSettings = z.infer<typeof carrierSettings>

export const shipments = {
  list: contract({
    method: 'GET',
    path: '/api/shipments',
    permission: 'sales.read',
    query: z.object({ ...conditions, cursor: z.optional(z.string().check(z.maxLength(200))) }),
    response: z.object({ items: z.array(shipmentRow), nextCursor: z.nullable(z.string()) }),
  }),
  totals: contract({
    method: 'GET',
    path: '/api/shipments/totals',
    permission: 'sales.read',
    query: z.object(conditions),
    response: z.object({ count: z.int(), amountYen: z.int() }),
  }),
  carriers: contract({
    method: 'GET',
    path: '/api/carriers/:shopId',
    permission: 'sales.read',
    response: carrierSettings,
    errors: ['resource.not_found'],
  }),
  setCarriers: contract({
    method: 'PUT',
    path: '/api/carriers/:shopId',
    permission: 'carriers.manage',
    body: z.object({
      /** Only what differs from the standard contract: trackable carriers yes, the one without tracking no. */
      allowed: z.record(carrierCode, z.boolean()),
      mapping: z
        .array(z.object({ deliveryMethod: z.string().check(z.minLength(1), z.maxLength(60)), carrierCode }))
        .check(z.maxLength(200)),
    }),
    response: carrierSettings,
    errors: ['resource.not_found'],
  }),
} as const
