/** The server mails leave by, a test of it, and what left. */
import { useQuery } from '@tanstack/react-query'
import { mail } from '@choba/shared/contracts/mail.ts'
import { failedOf } from '../../api/api-error.ts'
import { q } from '../../api/q.ts'
import { useWords } from '../../i18n/language.ts'
import { Section } from '../../ui/facts/section.tsx'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { Page } from '../../ui/page/page.tsx'
import { MailForm } from './mail-form.tsx'
import { MailLog } from './mail-log.tsx'
import { MailTest } from './mail-test.tsx'

export function MailPage() {
  const words = useWords()
  const { data, error, refetch } = useQuery(q(mail.get, {}))
  return (
    <Page title={words.settings_section.mail} lead={words.settings_lead.mail}>
      <ReadState
        data={data}
        failed={failedOf(error)}
        failedTitle={words.settings.failed}
        onRetry={() => void refetch()}
      >
        {({ settings }) => (
          <>
            <MailForm key={JSON.stringify(settings)} settings={settings} />
            {settings === null ? null : <MailTest from={settings.fromAddress} />}
          </>
        )}
      </ReadState>
      <Section title={words.mail.log}>
        <MailLog />
      </Section>
    </Page>
  )
}
