/** The pages of recurring billing, side by side. */
import { Link } from '@tanstack/react-router'
import { useWords } from '../../i18n/language.ts'
import styles from './subscriptions.module.css'

const PAGES = [
  { to: '/subscriptions', word: 'tab_list' },
  { to: '/subscriptions/calendar', word: 'tab_calendar' },
  { to: '/subscriptions/month', word: 'tab_month' },
  { to: '/subscriptions/usage', word: 'tab_usage' },
] as const

export function SectionTabs() {
  const { subscriptions: words } = useWords()
  return (
    <nav className={`${styles.tabs} no-print`} aria-label={words.title}>
      {PAGES.map(({ to, word }) => (
        <Link key={to} to={to} className={styles.tab} activeOptions={{ exact: true, includeSearch: false }}>
          {words[word]}
        </Link>
      ))}
    </nav>
  )
}
