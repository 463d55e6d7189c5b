/** The screens that exist, in the order of the day. */
import { useQuery } from '@tanstack/react-query'
import { IconFilePlus, IconInbox, IconListDetails, IconUsers } from '@tabler/icons-react'
import { IconFirstAidKit, IconShieldSearch } from '@tabler/icons-react'
import { IconCalendarDollar, IconContract } from '@tabler/icons-react'
import { IconFileImport, IconTruckDelivery } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { work } from '@choba/shared/contracts/connections.ts'
import { q } from '../api/q.ts'
import { useMay } from '../api/session.ts'
import { useWords } from '../i18n/language.ts'
import { formatCount } from '../ui/money/format-yen.ts'
import styles from './shell.module.css'

export function AppNav() {
  const words = useWords()
  const mayReadContracts = useMay('contracts.read')
  const waiting = useQuery({ ...q(work.get, {}), select: (data) => data.waitingMessages }).data ?? 0
  return (
    <div className={styles.nav}>
      <Link to="/payments" className={styles.navLink} activeOptions={{ includeSearch: false }}>
        <IconListDetails size={18} stroke={1.7} aria-hidden="true" />
        {words.app.payments}
      </Link>
      <Link to="/orders/new" className={styles.navLink} activeOptions={{ includeSearch: false }}>
        <IconFilePlus size={18} stroke={1.7} aria-hidden="true" />
        {words.order_form.nav}
      </Link>
      <Link to="/customers" className={styles.navLink} activeOptions={{ includeSearch: false }}>
        <IconUsers size={18} stroke={1.7} aria-hidden="true" />
        {words.customer.title}
      </Link>
      <Link to="/rescue" className={styles.navLink} activeOptions={{ includeSearch: false }}>
        <IconFirstAidKit size={18} stroke={1.7} aria-hidden="true" />
        {words.rescue.nav}
      </Link>
      <Link to="/screenings" className={styles.navLink} activeOptions={{ includeSearch: false }}>
        <IconShieldSearch size={18} stroke={1.7} aria-hidden="true" />
        {words.screenings.nav}
      </Link>
      <Link to="/shipments" className={styles.navLink} activeOptions={{ includeSearch: false }}>
        <IconTruckDelivery size={18} stroke={1.7} aria-hidden="true" />
        {words.shipments.title}
      </Link>
      <Link to="/imports" className={styles.navLink} activeOptions={{ includeSearch: false }}>
        <IconFileImport size={18} stroke={1.7} aria-hidden="true" />
        {words.imports.title}
      </Link>
      <Link to="/payouts" className={styles.navLink} activeOptions={{ includeSearch: false }}>
        <IconCalendarDollar size={18} stroke={1.7} aria-hidden="true" />
        {words.payouts.title}
      </Link>
      {mayReadContracts ? (
        <Link to="/contracts" className={styles.navLink} activeOptions={{ includeSearch: false }}>
          <IconContract size={18} stroke={1.7} aria-hidden="true" />
          {words.contracts.title}
        </Link>
      ) : null}
      <Link to="/messages" className={styles.navLink} activeOptions={{ includeSearch: false }}>
        <IconInbox size={18} stroke={1.7} aria-hidden="true" />
        {words.app.messages}
        {waiting > 0 ? (
          <span className={styles.count} aria-label={`${words.app.work_waiting} ${formatCount(waiting)}`} role="img">
            {formatCount(waiting)}
          </span>
        ) : null}
      </Link>
      <p className={styles.zone}>{words.app.zone}</p>
    </div>
  )
}
