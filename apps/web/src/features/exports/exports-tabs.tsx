/** The two pages of the export centre: files that were written, and those that are written by themselves. */
import { Link } from '@tanstack/react-router'
import { useWords } from '../../i18n/language.ts'
import styles from './exports.module.css'

export function ExportsTabs() {
  const { export_schedule: words, exports } = useWords()
  return (
    <nav className={styles.tabs} aria-label={exports.nav}>
      <Link to="/exports" activeOptions={{ exact: true }}>
        {words.files}
      </Link>
      <Link to="/exports/schedules">{words.schedules}</Link>
    </nav>
  )
}
