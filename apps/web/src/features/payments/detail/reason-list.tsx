/** Provider codes in plain words, with what to do about each. */
import { label } from '@choba/shared/labels/labels.ts'
import { sbpsClass } from '@choba/shared/sbps-codes.ts'
import { useLanguage } from '../../../i18n/language.ts'
import styles from './detail.module.css'

export function ReasonList({ codes }: { readonly codes: readonly string[] }) {
  const language = useLanguage()
  if (codes.length === 0) return null
  return (
    <ul className={styles.reasons}>
      {codes.map((code) => {
        const whose = sbpsClass(code)
        const advice = whose === null ? label(language, 'reason_advice', code) : label(language, 'result_class', whose)
        return (
          <li key={code}>
            {label(language, 'reason', code)} <span className="soft mono">{code}</span>
            {advice === code ? null : <div className="soft">{advice}</div>}
          </li>
        )
      })}
    </ul>
  )
}
