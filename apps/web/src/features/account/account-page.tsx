/** One's own ways in, and the places one is signed in. */
import { Alert, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { asApiError } from '../../api/api-error.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import styles from './account.module.css'
import { CodesSection } from './codes-section.tsx'
import { PasskeysSection } from './passkeys-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { PlacesSection } from './places-section.tsx'
import { accountQuery } from './use-account.ts'

export function AccountPage() {
  const words = useWords()
  const language = useLanguage()
  const { data, error, refetch } = useQuery(accountQuery)

  function body() {
    if (data === undefined && error !== null) {
      const { code, requestId } = asApiError(error)
      return (
        <ErrorNotice
          title={words.own_security.failed_title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void refetch()}
        />
      )
    }
    if (data === undefined) return <Skeleton height={240} role="status" aria-label={words.app.loading} />
    return (
      <>
        {data.needsSecondFactor ? (
          <Alert color="vermilion" variant="light" mb="lg">
            {words.own_security.needed}
          </Alert>
        ) : null}
        <CodesSection isOn={data.codes} />
        <PasskeysSection passkeys={data.passkeys} />
        <PasswordSection />
        <PlacesSection places={data.sessions} />
      </>
    )
  }
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{words.own_security.title}</h1>
      <p className={styles.lead}>{words.own_security.lead}</p>
      {body()}
    </div>
  )
}
