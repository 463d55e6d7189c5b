/** A settings page beside the list of all of them; where there is no room for both, a way back to the list. */
import { IconChevronLeft } from '@tabler/icons-react'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { SECTION_ICONS } from './section-icons.ts'
import { sectionsFor } from './sections.ts'
import styles from './settings.module.css'

export function SettingsLayout() {
  const words = useWords()
  const sections = sectionsFor(useSession())
  const { pathname } = useLocation()
  if (pathname === '/settings') return <Outlet />
  return (
    <div className={styles.layout}>
      <nav className={styles.side} aria-label={words.app.nav_settings}>
        {sections.map(({ name, to, search }) => {
          const Icon = SECTION_ICONS[name]
          return (
            <Link key={name} to={to} {...(search && { search })} className={styles.sideLink}>
              <Icon size={16} stroke={1.7} aria-hidden="true" />
              {words.settings_section[name]}
            </Link>
          )
        })}
      </nav>
      <div className={styles.content}>
        <Link to="/settings" className={styles.back}>
          <IconChevronLeft size={16} aria-hidden="true" />
          {words.app.nav_settings}
        </Link>
        <Outlet />
      </div>
    </div>
  )
}
