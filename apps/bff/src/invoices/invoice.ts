/** An invoice as it is printed: everything that stands on its page, in yen and in days of Asia/Tokyo. */
export type Invoice = {
  readonly shopName: string
  /** The merchant's own words above the sum; without them those of the house. */
  readonly lead?: string | undefined
  readonly orderNumber: string
  readonly orderedOn: string
  readonly addressee: {
    readonly name: string
    readonly company: string
    readonly department: string
    readonly zip: string
    readonly address: string
  }
  readonly goods: ReadonlyArray<{
    readonly name: string
    /** With tax. */
    readonly unitPriceYen: number
    readonly quantity: number
    readonly taxRateBp: number
  }>
  readonly amountYen: number
  readonly issuedOn: string
  readonly dueOn: string
  readonly inquiryNumber: string
  /** The provider's transaction. */
  readonly providerId: string
  /** 44 digits; null where stores do not take the amount. */
  readonly storePaymentNumber: string | null
  readonly bank: {
    readonly bank: string
    readonly branch: string
    readonly type: string
    readonly number: string
    readonly holder: string
  }
}
