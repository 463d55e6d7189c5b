import type { zombieWords as ja } from '../ja/zombies.ts'
import type { Words } from '../types.ts'

export const zombieWords: Words<typeof ja> = {
  zombie_kind: {
    two_methods: 'Live in two methods',
    slip_replaced: 'Slip that was replaced',
    order_ended: 'Claim of an ended order',
    authorization_left: 'Authorization left behind',
    cancel_not_done: 'Cancel not carried out',
  },
  zombie_cause: {
    two_methods: 'The order is live in two methods. If both are paid, the customer has paid twice.',
    slip_replaced: 'The order has a new claim, and its earlier slip can still be paid.',
    order_ended: 'The later claim was cancelled or refunded, and an earlier one still stands.',
    authorization_left:
      "The order was authorized again, and the earlier authorization still holds the customer's limit.",
    cancel_not_done: 'A cancel was asked for, but the provider refused it: the claim still stands.',
  },
  zombies: {
    nav: 'Zombies',
    title: 'Zombie slips and authorizations',
    lead: 'Slips that can still be paid and authorizations that still stand although the order no longer wants them. Once cancelled, they leave this list.',
    total: '{count} claims, {amount} yen',
    all_clear: 'No zombies',
    all_clear_text: 'A claim that is left over after a cancel or a replacement appears here.',
    kind_clear: 'None of this kind',
    kinds: 'Kind',
    order: 'Order number',
    customer: 'Customer',
    cause: 'Kind',
    claim: 'Claim left over',
    other: 'Other claim of the order',
    branch: 'claim {number}',
    until: 'until {date}',
    cancel_slip: 'Cancel this slip',
    cancel_authorization: 'Void this authorization',
    cancel_claim: 'Cancel this claim',
    cancelling: 'Being cancelled',
    accepted: 'The cancel of order {order} was accepted',
    failed: 'The zombies could not be loaded',
    more: 'Show more',
  },
}
