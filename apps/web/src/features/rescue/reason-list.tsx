/** NP's reasons in words, each with what to do about it. */
import { label } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import styles from './rescue.module.css'

export function ReasonList({ codes }: { readonly codes: readonly string[] }) {
  const language = useLanguage()
  const words = useWords().rescue
  return (
    <ul className={styles.reasons} aria-label={words.why}>
      {codes.map((code) => {
        const advice = label(language, 'reason_advice', code)
        return (
          <li key={code}>
            <strong>{label(language, 'reason', code)}</strong> <span className="soft mono">{code}</span>
            {advice === code ? null : <div>{advice}</div>}
          </li>
        )
      })}
    </ul>
  )
}
