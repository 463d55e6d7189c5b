/** The other terms of a kind: what was, and what is planned. */
import { fill, label } from '@choba/shared/labels/labels.ts'
import type { TermKind } from '@choba/shared/terms.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { formatDay } from '../../ui/time/format-time.ts'
import styles from './contracts.module.css'
import { termFacts } from './term-words.ts'
import type { ListedTerm } from './use-contracts.ts'

type TermHistoryProps = {
  readonly kind: TermKind
  readonly history: readonly ListedTerm[]
  readonly now: ListedTerm | undefined
  readonly today: string
}

export function TermHistory({ kind, history, now, today }: TermHistoryProps) {
  const { contracts } = useWords()
  const language = useLanguage()
  const others = history.filter((term) => term !== now)
  if (others.length === 0) return null
  return (
    <details className={styles.history} open={others.some((term) => term.validFrom > today)}>
      <summary>{contracts.history}</summary>
      <ul>
        {others.map((term) => (
          <li key={term.validFrom}>
            <span className="num">{fill(contracts.since, { day: formatDay(term.validFrom, language) })}</span>{' '}
            <span className="soft">{term.validFrom > today ? contracts.planned : contracts.ended}</span>
            <div>
              {termFacts(kind, term.value, language)
                .map(([name, value]) => `${name} ${value}`)
                .join(separatorIn(language))}
              {term.assumed ? ` (${label(language, 'contracts', 'assumed')})` : ''}
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}
