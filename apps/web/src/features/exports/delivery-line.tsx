/** Where a file went, or goes, and what kept it from there. */
import type { ExportDelivery } from '@choba/shared/contracts/exports.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatInstant } from '../../ui/time/format-time.ts'
import styles from './exports.module.css'

export function DeliveryLine({ delivery }: { readonly delivery: ExportDelivery }) {
  const words = useWords()
  const language = useLanguage()
  const { kind, to, state, at, failure } = delivery
  const where = fill(words.export_schedule.delivered_to, { what: words.export_way[kind], to })
  return (
    <>
      <span className={styles.way}>
        {words.export_delivered[state]}・{where}
        {at === null ? '' : `・${formatInstant(at, language)}`}
      </span>
      {failure === null ? null : <span className={styles.problem}>{words.export_problem[failure]}</span>}
    </>
  )
}
