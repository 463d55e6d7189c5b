/** What became of a schedule's last file, in a line or two. */
import { Link } from '@tanstack/react-router'
import type { ExportScheduleRow } from '@choba/shared/contracts/export-schedules.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { failureText } from '../../ui/feedback/failure.tsx'
import { formatCount } from '../../ui/money/format-yen.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import { DeliveryLine } from './delivery-line.tsx'
import styles from './exports.module.css'

export function LastFile({ last }: Pick<ExportScheduleRow, 'last'>) {
  const words = useWords()
  const language = useLanguage()
  const { export_schedule: schedule } = words
  if (last === null) return <span className="soft">{schedule.last_none}</span>
  const when = last.dueAt === null ? schedule.by_hand : fill(schedule.due, { at: formatInstant(last.dueAt, language) })
  const rows = last.rows === null ? '' : `・${fill(schedule.last_rows, { rows: formatCount(last.rows) })}`
  return (
    <>
      {fill(schedule.last_when, { at: formatInstant(last.askedAt, language), when })}・{words.export_state[last.state]}
      {rows}{' '}
      <Link to="/exports" className="link-button">
        {schedule.to_file}
      </Link>
      {last.failure === null ? null : <span className={styles.problem}>{failureText(language, last.failure)}</span>}
      {last.delivery === null ? null : <DeliveryLine delivery={last.delivery} />}
    </>
  )
}
