import { Button, Group, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Output } from '@choba/shared/contract.ts'
import { mail, MAIL_SECURITY } from '@choba/shared/contracts/mail.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { useWords } from '../../i18n/language.ts'
import { ConfirmDialog } from '../../ui/feedback/confirm-dialog.tsx'
import { Failure } from '../../ui/feedback/failure.tsx'
import { useSetting } from '../../ui/feedback/use-setting.ts'

type Settings = NonNullable<Output<typeof mail.get>['settings']>

const AT_FIRST: Settings = {
  host: '',
  port: 587,
  security: 'starttls',
  userName: '',
  fromAddress: '',
  fromName: '',
  hasPassword: false,
}

export function MailForm({ settings }: { readonly settings: Settings | null }) {
  const { app, mail: words, mail_security: securities } = useWords()
  const [draft, setDraft] = useState(settings ?? AT_FIRST)
  const [port, setPort] = useState(String(draft.port))
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const [isRemoving, setRemoving] = useState(false)
  const saving = useSetting(() => {
    const { hasPassword: _, ...open } = draft
    return call(mail.put, { body: { ...open, port: Number(port), ...(password !== '' && { password }) } })
  })
  const removing = useSetting(() => call(mail.remove, {}))
  const set = (change: Partial<Settings>) => setDraft({ ...draft, ...change })
  const faults = {
    host: /^[A-Za-z0-9.:-]+$/.test(draft.host.trim()) ? null : words.wrong_host,
    port: /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535 ? null : words.wrong_port,
    fromAddress: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(draft.fromAddress.trim()) ? null : words.wrong_address,
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (Object.values(faults).every((fault) => fault === null)) saving.mutate(undefined)
  }
  return (
    <form noValidate onSubmit={submit} autoComplete="off" style={{ maxWidth: 480 }}>
      <Stack gap="md">
        <TextInput
          label={words.host}
          classNames={{ input: 'mono' }}
          maxLength={253}
          value={draft.host}
          error={isTried ? faults.host : null}
          onChange={(event) => set({ host: event.currentTarget.value.trim() })}
        />
        <Group grow align="flex-start">
          <NativeSelect
            label={words.security}
            data={MAIL_SECURITY.map((value) => ({ value, label: securities[value] }))}
            value={draft.security}
            onChange={(event) => {
              const security = MAIL_SECURITY.find((each) => each === event.currentTarget.value) ?? 'tls'
              set({ security })
            }}
          />
          <TextInput
            label={words.port}
            inputMode="numeric"
            value={port}
            error={isTried ? faults.port : null}
            onChange={(event) => setPort(event.currentTarget.value.trim())}
          />
        </Group>
        <TextInput
          label={words.user}
          description={words.user_hint}
          autoComplete="off"
          maxLength={200}
          value={draft.userName}
          onChange={(event) => set({ userName: event.currentTarget.value })}
        />
        <PasswordInput
          label={words.password}
          description={draft.hasPassword ? words.password_set : undefined}
          autoComplete="new-password"
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <TextInput
          label={words.from_address}
          type="email"
          autoComplete="off"
          maxLength={200}
          value={draft.fromAddress}
          error={isTried ? faults.fromAddress : null}
          onChange={(event) => set({ fromAddress: event.currentTarget.value.trim() })}
        />
        <TextInput
          label={words.from_name}
          maxLength={60}
          value={draft.fromName}
          onChange={(event) => set({ fromName: event.currentTarget.value })}
        />
        <Failure failed={failedOf(saving.error)} />
        <Group gap="xs">
          <Button type="submit" loading={saving.isPending}>
            {app.save}
          </Button>
          {settings === null ? null : (
            <Button variant="default" onClick={() => setRemoving(true)}>
              {words.remove}
            </Button>
          )}
        </Group>
      </Stack>
      {isRemoving ? (
        <ConfirmDialog
          title={words.remove}
          text={words.remove_text}
          doIt={words.remove}
          isBusy={removing.isPending}
          failed={failedOf(removing.error)}
          onDo={() => removing.mutate(undefined)}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </form>
  )
}
