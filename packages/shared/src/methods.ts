/** The words that classify a payment. A new payment method is one more entry in METHODS. */
export const METHODS = ['np_postpaid', 'card', 'convenience_store'] as const
export type Method = (typeof METHODS)[number]

/** Where the customer bought: on a page of the shop, or by what a clerk keyed in. */
export const SITES = ['pc', 'smartphone', 'mobile_phone', 'phone', 'fax', 'postcard'] as const
/** Orders that a person takes down for the customer. */
export const CLERK_SITES = ['phone', 'fax', 'postcard'] as const satisfies readonly Site[]
/** Methods whose orders a person can take down: a card number never comes here. */
export const CLERK_METHODS = ['np_postpaid', 'convenience_store'] as const satisfies readonly Method[]
export type ClerkMethod = (typeof CLERK_METHODS)[number]
export type Site = (typeof SITES)[number]

export const BILLING_METHODS = ['pay_as_you_go', 'recurring_simple', 'recurring_metered'] as const
export type BillingMethod = (typeof BILLING_METHODS)[number]

export const CONNECTION_METHODS = ['link', 'api'] as const
/** How a payment came: by a connection, or as a past sale out of a file. */
export const PAYMENT_CONNECTIONS = [...CONNECTION_METHODS, 'imported'] as const
export type ConnectionMethod = (typeof CONNECTION_METHODS)[number]

/** The three days a sale can be counted by. */
export const DATE_KINDS = ['ordered', 'captured', 'paid_out'] as const
export type DateKind = (typeof DATE_KINDS)[number]

/** Convenience stores by the provider's `webcvstype`; where the customer of a slip pays. */
export const STORES = {
  '001': 'seven_eleven',
  '002': 'lawson',
  '005': 'ministop',
  '016': 'family_mart',
  '018': 'seicomart',
} as const
export type StoreCode = keyof typeof STORES
export const STORE_CODES = Object.keys(STORES) as StoreCode[]
