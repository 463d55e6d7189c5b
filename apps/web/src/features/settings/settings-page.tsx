/** What can be set, as far as this person may: a list that opens. */
import { IconChevronRight, IconSettings } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { Notice } from '../../ui/feedback/notice.tsx'
import { SECTION_ICONS } from './section-icons.ts'
import { sectionsFor } from './sections.ts'
import styles from './settings.module.css'

export function SettingsPage() {
  const words = useWords()
  const sections = sectionsFor(useSession())
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{words.app.nav_settings}</h1>
      {sections.length === 0 ? <Notice icon={IconSettings} title={words.settings.nothing} /> : null}
      <ul className={styles.list}>
        {sections.map(({ name, to, search }) => {
          const Icon = SECTION_ICONS[name]
          return (
            <li key={name}>
              <Link to={to} {...(search && { search })} className={styles.entry}>
                <Icon size={22} stroke={1.6} aria-hidden="true" />
                <span>
                  <b>{words.settings_section[name]}</b>
                  <span className={styles.entryLead}>{words.settings_lead[name]}</span>
                </span>
                <IconChevronRight size={16} aria-hidden="true" />
              </Link>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
