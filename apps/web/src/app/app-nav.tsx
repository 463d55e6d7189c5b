/** The screens that exist, by what they are about, in the order of the day. */
import { useQuery } from '@tanstack/react-query'
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
  IconSettings,
  IconShieldCheck,
  IconShieldSearch,
  type TablerIcon,
  IconTruckDelivery,
  IconUsers,
} from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { work } from '@choba/shared/contracts/connections.ts'
import { customerReturns } from '@choba/shared/contracts/customer-returns.ts'
import { zombies } from '@choba/shared/contracts/zombies.ts'
import { useRefresh } from '../api/pages.ts'
import { q } from '../api/q.ts'
import { useMay, useSession } from '../api/session.ts'
import { sectionsFor } from '../features/settings/sections.ts'
import { useWords } from '../i18n/language.ts'
import { formatCount } from '../ui/money/format-yen.ts'
import styles from './shell.module.css'

/** Zombies are sought among all later claims of orders: not again with each piece of news. */
const COUNT_AGAIN_MS = 60_000

type Place = {
  readonly to: NonNullable<LinkProps['to']>
  readonly icon: TablerIcon
  readonly name: string
  readonly waiting?: number
  /** What the number counts. */
  readonly waitingName?: string
}

export function AppNav() {
  const words = useWords()
  const mayReadContracts = useMay('contracts.read')
  const waiting = useQuery({ ...q(work.get, {}), select: (data) => data.waitingMessages }).data ?? 0
  const toApprove = useQuery({ ...q(work.get, {}), select: (data) => data.waitingApprovals }).data ?? 0
  const leftBehind =
    useQuery({ ...q(zombies.totals, { query: {} }), refetchInterval: COUNT_AGAIN_MS, select: (data) => data.count })
      .data ?? 0
  const owed = useQuery({ ...q(customerReturns.totals, { query: {} }), select: (data) => data.count }).data ?? 0
  useRefresh([customerReturns.totals.path])
  const mayExport = useMay('sales.export')
  const exports: Place[] = mayExport ? [{ to: '/exports', icon: IconFileExport, name: words.exports.nav }] : []
  const mayReadJournal = useMay('journal.read')
  const journal: Place[] = mayReadJournal ? [{ to: '/journal', icon: IconBook2, name: words.journal.title }] : []
  const contracts: Place[] = mayReadContracts
    ? [{ to: '/contracts', icon: IconContract, name: words.contracts.title }]
    : []
  const mayUseSettings = sectionsFor(useSession()).length > 0
  return (
    <div className={styles.nav}>
      <Places
        name={words.app.nav_sales}
        places={[
          { to: '/payments', icon: IconListDetails, name: words.app.payments },
          { to: '/orders/new', icon: IconFilePlus, name: words.order_form.nav },
          { to: '/links', icon: IconLink, name: words.payment_links.nav },
          { to: '/slips', icon: IconReceiptYen, name: words.slips.title },
          {
            to: '/zombies',
            icon: IconGhost2,
            name: words.zombies.nav,
            waiting: leftBehind,
            waitingName: words.zombies.nav,
          },
          { to: '/approvals', icon: IconChecks, name: words.approvals.nav, waiting: toApprove },
          { to: '/returns', icon: IconCashBanknote, name: words.customer_returns.nav, waiting: owed },
          { to: '/subscriptions', icon: IconRepeat, name: words.subscriptions.title },
          { to: '/customers', icon: IconUsers, name: words.customer.title },
        ]}
      />
      <Places
        name={words.app.nav_postpaid}
        places={[
          { to: '/guarantee', icon: IconShieldCheck, name: words.guarantee.title },
          { to: '/rescue', icon: IconFirstAidKit, name: words.rescue.nav },
          { to: '/screenings', icon: IconShieldSearch, name: words.screenings.nav },
          { to: '/shipments', icon: IconTruckDelivery, name: words.shipments.title },
          { to: '/invoices', icon: IconFileInvoice, name: words.invoices.title },
        ]}
      />
      <Places
        name={words.app.nav_money}
        places={[{ to: '/payouts', icon: IconCalendarDollar, name: words.payouts.title }, ...journal, ...contracts]}
      />
      <Places
        name={words.app.nav_exchange}
        places={[
          { to: '/imports', icon: IconFileImport, name: words.imports.title },
          ...exports,
          { to: '/messages', icon: IconInbox, name: words.app.messages, waiting, waitingName: words.app.work_waiting },
        ]}
      />
      {mayUseSettings ? (
        <Places
          name={words.app.nav_settings}
          places={[{ to: '/settings', icon: IconSettings, name: words.app.nav_settings }]}
        />
      ) : null}
      <p className={styles.zone}>{words.app.zone}</p>
    </div>
  )
}

function Places({ name, places }: { readonly name: string; readonly places: readonly Place[] }) {
  return (
    <div role="group" aria-label={name}>
      <p className={styles.navGroup} aria-hidden="true">
        {name}
      </p>
      {places.map(({ to, icon: Icon, name: placeName, waiting = 0, waitingName = placeName }) => (
        <Link key={to} to={to} className={styles.navLink} activeOptions={{ includeSearch: false }}>
          <Icon size={18} stroke={1.7} aria-hidden="true" />
          {placeName}
          {waiting > 0 ? (
            <span className={styles.count} aria-label={`${waitingName} ${formatCount(waiting)}`} role="img">
              {formatCount(waiting)}
            </span>
          ) : null}
        </Link>
      ))}
    </div>
  )
}
