/** Behind the code that the server told at its first start: the merchant, its first admin, and they are in. The code may stand behind the `#`. */
import { Alert, Anchor, Button, Radio, Skeleton, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ENVIRONMENTS, SETUP_PATH, type SetupDoor, type SetupRequest } from '@choba/shared/contracts/setup.ts'
import { failedOf } from '../../api/api-error.ts'
import { request } from '../../api/call.ts'
import { setupDoorQuery } from '../../api/setup-door.ts'
import { signIn } from '../../api/sign-in.ts'
import { useWords } from '../../i18n/language.ts'
import { Failure } from '../../ui/feedback/failure.tsx'
import { accountRules, NewPassword } from './account-fields.tsx'
import { DoorFrame } from './door-frame.tsx'
import styles from './sign-in.module.css'

export function SetupPage() {
  const words = useWords()
  const door = useQuery(setupDoorQuery)
  return (
    <DoorFrame>
      {door.isPending ? <Skeleton height={320} role="status" aria-label={words.app.loading} /> : null}
      <Failure failed={failedOf(door.error)} />
      {door.data?.isOpen === false ? (
        <Alert color="gray" variant="light" role="status">
          {words.setup.closed}{' '}
          <Anchor component={Link} to="/sign-in">
            {words.setup.to_sign_in}
          </Anchor>
        </Alert>
      ) : null}
      {door.data?.isOpen === true ? <SetupForm door={door.data} /> : null}
    </DoorFrame>
  )
}

function SetupForm({ door }: { readonly door: SetupDoor }) {
  const { setup: words, join, environment, environment_hint } = useWords()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      code: window.location.hash.slice(1),
      merchantName: '',
      environment: door.hasSandbox ? 'sandbox' : 'live',
      name: '',
      email: '',
      password: '',
      again: '',
    },
    validate: {
      ...accountRules(join),
      code: (value) => (value.trim() === '' ? words.code_missing : null),
      merchantName: (value) => (value.trim() === '' ? words.merchant_missing : null),
      email: (value) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()) ? null : words.email_wrong),
    },
  })
  const making = useMutation({
    async mutationFn(asked: SetupRequest) {
      const body = JSON.stringify(asked)
      await request(SETUP_PATH, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
      await signIn(asked)
    },
    async onSuccess() {
      queryClient.clear()
      await navigate({ to: '/settings/guide' })
    },
  })
  function submit({ again: _, email, environment: chosen, ...rest }: typeof form.values): void {
    making.mutate({ ...rest, email: email.trim(), environment: chosen === 'live' ? 'live' : 'sandbox' })
  }
  return (
    <form className={styles.form} onSubmit={form.onSubmit(submit)} noValidate>
      <div>
        <h2 className={styles.joinTitle}>{words.title}</h2>
        <p className={styles.joinLead}>{words.lead}</p>
      </div>
      <TextInput
        label={words.code}
        description={words.code_hint}
        classNames={{ input: 'mono' }}
        autoComplete="off"
        autoFocus
        maxLength={100}
        key={form.key('code')}
        {...form.getInputProps('code')}
      />
      <TextInput
        label={words.merchant}
        autoComplete="organization"
        maxLength={60}
        key={form.key('merchantName')}
        {...form.getInputProps('merchantName')}
      />
      {door.hasSandbox ? (
        <Radio.Group label={words.environment} key={form.key('environment')} {...form.getInputProps('environment')}>
          <Stack gap={8} mt={6}>
            {ENVIRONMENTS.toReversed().map((each) => (
              <Radio key={each} size="xs" value={each} label={environment[each]} description={environment_hint[each]} />
            ))}
          </Stack>
        </Radio.Group>
      ) : null}
      <TextInput
        label={words.name}
        autoComplete="name"
        maxLength={80}
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
      <TextInput
        label={words.email}
        type="email"
        autoComplete="username"
        maxLength={200}
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <NewPassword form={form} />
      <Failure failed={failedOf(making.error)} />
      <Button type="submit" fullWidth size="md" loading={making.isPending}>
        {words.submit}
      </Button>
    </form>
  )
}
