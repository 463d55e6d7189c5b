/**
 * A claim that can still be paid or captured though its order no longer wants it: a second claim of the order stands or
 * was sold, the order has ended, or its cancel did not come about.
 */
export const ZOMBIE_KINDS = [
  'two_methods',
  'slip_replaced',
  'order_ended',
  'authorization_left',
  'cancel_not_done',
] as const
export type ZombieKind = (typeof ZOMBIE_KINDS)[number]
