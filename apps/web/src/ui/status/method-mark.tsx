/** A payment method keeps one colour and one shape everywhere: ● NP postpaid, ■ card, ▲ convenience store. */
import { label, type Language } from '@choba/shared/labels/labels.ts'
import styles from './status.module.css'

const SHAPES: Readonly<Record<string, string>> = {
  np_postpaid: 'M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6Z',
  card: 'M1.7 1.7h8.6v8.6H1.7Z',
  convenience_store: 'M6 1.2L11.2 10.6H0.8Z',
}
const OTHER = 'M6 0.8L11.2 6L6 11.2L0.8 6Z'

export function MethodMark({ method, language }: { readonly method: string; readonly language: Language }) {
  return (
    <span className={styles.method}>
      <svg width="11" height="11" viewBox="0 0 12 12" className={styles[method] ?? ''} aria-hidden="true">
        <path d={SHAPES[method] ?? OTHER} fill="currentColor" />
      </svg>
      <span className="line">{label(language, 'method', method)}</span>
    </span>
  )
}
