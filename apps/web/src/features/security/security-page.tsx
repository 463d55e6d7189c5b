/** What the merchant asks of everybody who signs in. */
import { Button, Checkbox, Stack, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Output } from '@choba/shared/contract.ts'
import { security } from '@choba/shared/contracts/security.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { sessionQuery } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { Failure } from '../../ui/feedback/failure.tsx'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import { Page } from '../../ui/page/page.tsx'
import { IssuerSection } from './issuer-section.tsx'
import styles from './security.module.css'

export function SecurityPage() {
  const words = useWords()
  const { data, error, refetch } = useQuery(q(security.get, {}))

  return (
    <Page title={words.security.title} lead={words.security.lead} maxWidth={720}>
      <ReadState
        data={data}
        failed={failedOf(error)}
        failedTitle={words.security.failed_title}
        onRetry={() => void refetch()}
      >
        {(read) => <SecurityForm {...read} />}
      </ReadState>
      <IssuerSection />
    </Page>
  )
}

function SecurityForm({ adminsNeedSecondFactor, allowedAddresses, ownAddress }: Output<typeof security.get>) {
  const words = useWords()
  const queryClient = useQueryClient()
  const [isAsked, setAsked] = useState(adminsNeedSecondFactor)
  const [text, setText] = useState(allowedAddresses.join('\n'))
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  const saving = useMutation({
    mutationFn: () => call(security.set, { body: { adminsNeedSecondFactor: isAsked, allowedAddresses: lines } }),
    async onSuccess() {
      notifications.show({ message: words.own_security.saved })
      await Promise.all(
        [security.get.path, sessionQuery.queryKey[0]].map((path) =>
          queryClient.invalidateQueries({ queryKey: [path] }),
        ),
      )
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Stack gap="lg">
        <Checkbox
          label={words.security.admins}
          description={words.security.admins_hint}
          checked={isAsked}
          onChange={(event) => setAsked(event.currentTarget.checked)}
        />
        <div>
          <Textarea
            label={words.security.addresses}
            description={words.security.addresses_hint}
            autosize
            minRows={3}
            maxRows={12}
            spellCheck={false}
            classNames={{ input: 'mono' }}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div className={styles.own}>
            <span className="soft">{fill(words.security.own_address, { address: ownAddress })}</span>
            <Button
              size="compact-xs"
              variant="default"
              disabled={lines.includes(ownAddress)}
              onClick={() => setText([...lines, ownAddress].join('\n'))}
            >
              {words.security.add_own}
            </Button>
          </div>
        </div>
        <Failure failed={failedOf(saving.error)} />
        <div>
          <Button type="submit" loading={saving.isPending}>
            {words.security.save}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
