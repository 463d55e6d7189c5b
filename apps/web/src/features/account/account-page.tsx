/** One's own ways in, and the places one is signed in. */
import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { failedOf } from '../../api/api-error.ts'
import { useWords } from '../../i18n/language.ts'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { Page } from '../../ui/page/page.tsx'
import { CodesSection } from './codes-section.tsx'
import { PasskeysSection } from './passkeys-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { PlacesSection } from './places-section.tsx'
import { accountQuery } from './use-account.ts'

export function AccountPage() {
  const { own_security: words } = useWords()
  const { data, error, refetch } = useQuery(accountQuery)

  return (
    <Page title={words.title} lead={words.lead} maxWidth={820}>
      <ReadState data={data} failed={failedOf(error)} failedTitle={words.failed_title} onRetry={() => void refetch()}>
        {(own) => (
          <>
            {own.needsSecondFactor ? (
              <Alert color="vermilion" variant="light" mb="lg">
                {words.needed}
              </Alert>
            ) : null}
            <CodesSection isOn={own.codes} />
            <PasskeysSection passkeys={own.passkeys} />
            <PasswordSection />
            <PlacesSection places={own.sessions} />
          </>
        )}
      </ReadState>
    </Page>
  )
}
