/** One row per claim that outlived its order; a view over payments and operations. */
export interface ZombieView {
  merchantId: string
  paymentId: string
  /** The other claim of the order; null where the order has but one. */
  otherId: string | null
  kind: string
}
