/** One row per convenience-store slip, written with its payment. Amounts in yen, days as `YYYY-MM-DD`. */
export interface ConvenienceStoreSlipTable {
  merchantId: string
  paymentId: string
  shopId: string
  orderNumber: string
  store: string
  numbers: string[]
  payBy: string
  amountYen: number
  preliminaryYen: number | null
  definiteYen: number | null
  depositedYen: number
  owedYen: number
  state: string
  orderedAt: Date
}
