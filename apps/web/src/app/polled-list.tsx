/** How asking each provider for news goes: when it last answered; where it does not, since when, why, and when it is asked again. */
import type { PolledConnection } from '@choba/shared/contracts/connections.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { useSession } from '../api/session.ts'
import { useLanguage, useWords } from '../i18n/language.ts'
import { formatInstant } from '../ui/time/format-time.ts'
import styles from './shell.module.css'

export function PolledList({ connections }: { readonly connections: readonly PolledConnection[] }) {
  const { polling: words } = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  return (
    <section aria-label={words.title}>
      <h3 className={styles.polledTitle}>{words.title}</h3>
      <ul className={styles.polled}>
        {connections.map((connection) => (
          <li key={connection.id}>
            <strong>{label(language, 'provider', connection.provider)}</strong>{' '}
            <span className="soft">
              {label(language, 'connection', connection.connectionMethod)}{' '}
              {shops.find((shop) => shop.id === connection.shopId)?.name}
            </span>
            {connection.why === null ? (
              <div className="soft">
                {connection.answeredAt === null
                  ? words.never
                  : fill(words.answered, { at: formatInstant(connection.answeredAt, language) })}
              </div>
            ) : (
              <Failing connection={connection} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Failing({ connection }: { readonly connection: PolledConnection }) {
  const { polling: words, poll_failure } = useWords()
  const language = useLanguage()
  const { why, cause, failingSince, answeredAt, nextAt } = connection
  return (
    <>
      <div className={styles.polledBad}>{fill(words.failing, { at: formatInstant(failingSince, language) })}</div>
      <div>
        {why === null ? null : poll_failure[why]} <span className="soft mono">{cause}</span>
      </div>
      <div className="soft">
        {fill(words.last_answer, { at: formatInstant(answeredAt, language) })}
        <br />
        {fill(words.next_try, { at: formatInstant(nextAt, language) })}
      </div>
    </>
  )
}
