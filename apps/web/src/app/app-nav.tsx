/** The way to each screen that the person may see, with what waits there. */
import { useQuery } from '@tanstack/react-query'
import { IconSettings, type TablerIcon } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { customerReturns } from '@choba/shared/contracts/customer-returns.ts'
import { zombies } from '@choba/shared/contracts/zombies.ts'
import { useRefresh } from '../api/pages.ts'
import { q } from '../api/q.ts'
import { useMay, useSession } from '../api/session.ts'
import { sectionsFor } from '../features/settings/sections.ts'
import { useWords } from '../i18n/language.ts'
import { formatCount } from '../ui/money/format-yen.ts'
import { type Place, placesFor } from './places.ts'
import { useWork } from './use-work.ts'
import styles from './shell.module.css'

/** Zombies are sought among all later claims of orders: not again with each piece of news. */
const COUNT_AGAIN_MS = 60_000

/** What waits on a screen, and what the number counts. */
type Waiting = { readonly count: number; readonly name: string }

export function AppNav() {
  const words = useWords()
  const session = useSession()
  const waiting = useWaiting()
  return (
    <div className={styles.nav}>
      {placesFor(session).map(({ nameIn, places }) => (
        <Group key={nameIn(words)} name={nameIn(words)}>
          {places.map(({ to, icon, nameIn: namedIn }) => (
            <NavLink key={to} to={to} icon={icon} name={namedIn(words)} waiting={waiting[to]} />
          ))}
        </Group>
      ))}
      {sectionsFor(session).length > 0 ? (
        <Group name={words.app.nav_settings}>
          <NavLink to="/settings" icon={IconSettings} name={words.app.nav_settings} />
        </Group>
      ) : null}
      <p className={styles.zone}>{words.app.zone}</p>
    </div>
  )
}

function useWaiting(): Partial<Record<Place['to'], Waiting>> {
  const words = useWords()
  const mayAskZombies = useMay(zombies.totals.permission)
  const mayAskReturns = useMay(customerReturns.totals.permission)
  useRefresh([customerReturns.totals.path])
  const waiting = useWork()
  const leftBehind = useQuery({
    ...q(zombies.totals, { query: {} }),
    enabled: mayAskZombies,
    refetchInterval: COUNT_AGAIN_MS,
    select: (data) => data.count,
  }).data
  const owed = useQuery({
    ...q(customerReturns.totals, { query: {} }),
    enabled: mayAskReturns,
    select: (data) => data.count,
  }).data
  return {
    '/zombies': { count: leftBehind ?? 0, name: words.zombies.nav },
    '/approvals': { count: waiting?.waitingApprovals ?? 0, name: words.approvals.nav },
    '/returns': { count: owed ?? 0, name: words.customer_returns.nav },
    '/messages': { count: waiting?.waitingMessages ?? 0, name: words.app.work_waiting },
  }
}

function Group({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div role="group" aria-label={name}>
      <p className={styles.navGroup} aria-hidden="true">
        {name}
      </p>
      {children}
    </div>
  )
}

type NavLinkProps = {
  readonly to: Place['to']
  readonly icon: TablerIcon
  readonly name: string
  readonly waiting?: Waiting | undefined
}

function NavLink({ to, icon: Icon, name, waiting }: NavLinkProps) {
  return (
    <Link to={to} className={styles.navLink} activeOptions={{ includeSearch: false }}>
      <Icon size={18} stroke={1.7} aria-hidden="true" />
      {name}
      {waiting !== undefined && waiting.count > 0 ? (
        <span className={styles.count} aria-label={`${waiting.name} ${formatCount(waiting.count)}`} role="img">
          {formatCount(waiting.count)}
        </span>
      ) : null}
    </Link>
  )
}
