/** One mail at once, with what the server really said. */
import { Alert, Button, Group, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { mail } from '@choba/shared/contracts/mail.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useWords } from '../../i18n/language.ts'
import { Failure } from '../../ui/feedback/failure.tsx'

export function MailTest({ from }: { readonly from: string }) {
  const { mail: words } = useWords()
  const { user } = useSession()
  const [to, setTo] = useState(user.email || from)
  const sending = useMutation({ mutationFn: () => call(mail.test, { body: { to: to.trim() } }) })
  const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(to.trim())
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isAddress) sending.mutate()
  }
  const answer = sending.data
  return (
    <form noValidate onSubmit={submit} style={{ maxWidth: 480, marginTop: 24 }}>
      <Group align="flex-end" gap="xs">
        <TextInput
          label={words.test_to}
          type="email"
          style={{ flex: 1 }}
          maxLength={200}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!isAddress} loading={sending.isPending}>
          {words.test}
        </Button>
      </Group>
      <Failure failed={failedOf(sending.error)} />
      {answer === undefined ? null : (
        <Alert mt="sm" color={answer.isSent ? 'gray' : 'vermilion'} variant="light" role="status">
          {fill(answer.isSent ? words.test_sent : words.test_failed, { said: answer.said })}
        </Alert>
      )}
    </form>
  )
}
