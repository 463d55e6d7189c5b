/** The screens of the console, by what they are about, in the order of the day, and what it takes to see each. */
import {
  IconBook2,
  IconCalendarDollar,
  IconCashBanknote,
  IconChecks,
  IconContract,
  IconFileExport,
  IconFileImport,
  IconFileInvoice,
  IconFilePlus,
  IconFirstAidKit,
  IconGhost2,
  IconInbox,
  IconLink,
  IconListDetails,
  IconReceiptYen,
  IconRepeat,
  IconShieldCheck,
  IconShieldSearch,
  type TablerIcon,
  IconTruckDelivery,
  IconUsers,
} from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'
import type { Labels } from '@choba/shared/labels/types.ts'
import { may, type Holder, type Permission } from '@choba/shared/permissions.ts'

export type Place = {
  readonly to: NonNullable<LinkProps['to']>
  readonly icon: TablerIcon
  readonly permission: Permission
  readonly nameIn: (words: Labels) => string
}

export type PlaceGroup = { readonly nameIn: (words: Labels) => string; readonly places: readonly Place[] }

function place(
  to: Place['to'],
  icon: TablerIcon,
  nameIn: Place['nameIn'],
  permission: Permission = 'sales.read',
): Place {
  return { to, icon, permission, nameIn }
}

export const PLACES: readonly PlaceGroup[] = [
  {
    nameIn: ({ app }) => app.nav_sales,
    places: [
      place('/payments', IconListDetails, ({ app }) => app.payments),
      place('/orders/new', IconFilePlus, (words) => words.order_form.nav, 'orders.create'),
      place('/links', IconLink, (words) => words.payment_links.nav),
      place('/slips', IconReceiptYen, (words) => words.slips.title),
      place('/zombies', IconGhost2, (words) => words.zombies.nav),
      place('/approvals', IconChecks, (words) => words.approvals.nav),
      place('/returns', IconCashBanknote, (words) => words.customer_returns.nav, 'returns.read'),
      place('/subscriptions', IconRepeat, (words) => words.subscriptions.title, 'subscriptions.read'),
      place('/customers', IconUsers, (words) => words.customer.title),
    ],
  },
  {
    nameIn: ({ app }) => app.nav_postpaid,
    places: [
      place('/guarantee', IconShieldCheck, (words) => words.guarantee.title),
      place('/rescue', IconFirstAidKit, (words) => words.rescue.nav),
      place('/screenings', IconShieldSearch, (words) => words.screenings.nav),
      place('/shipments', IconTruckDelivery, (words) => words.shipments.title),
      place('/invoices', IconFileInvoice, (words) => words.invoices.title),
    ],
  },
  {
    nameIn: ({ app }) => app.nav_money,
    places: [
      place('/payouts', IconCalendarDollar, (words) => words.payouts.title, 'payouts.read'),
      place('/journal', IconBook2, (words) => words.journal.title, 'journal.read'),
      place('/contracts', IconContract, (words) => words.contracts.title, 'contracts.read'),
    ],
  },
  {
    nameIn: ({ app }) => app.nav_exchange,
    places: [
      place('/imports', IconFileImport, (words) => words.imports.title),
      place('/exports', IconFileExport, (words) => words.exports.nav, 'sales.export'),
      place('/messages', IconInbox, ({ app }) => app.messages, 'messages.read'),
    ],
  },
]

/** The groups of which the person sees something, with what they see. */
export function placesFor(holder: Holder): PlaceGroup[] {
  return PLACES.map((group) => ({
    ...group,
    places: group.places.filter(({ permission }) => may(holder, permission)),
  })).filter(({ places }) => places.length > 0)
}

/** Where the console opens: the ledger, for all but roles that do not see it. */
export function firstPlaceFor(holder: Holder): Place['to'] {
  return placesFor(holder)[0]?.places[0]?.to ?? '/settings'
}
