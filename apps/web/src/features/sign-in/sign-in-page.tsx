import { Alert, Button, PasswordInput, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { canUsePasskeys } from '../../api/passkey.ts'
import { setupDoorQuery } from '../../api/setup-door.ts'
import { signIn, signInWithPasskey } from '../../api/sign-in.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { DoorFrame } from './door-frame.tsx'
import { IssuerLinks } from './issuer-links.tsx'
import { CodeForm } from './code-form.tsx'
import styles from './sign-in.module.css'

/** Said when the server does not say how long to wait. */
const USUAL_WAIT_SECONDS = 60
const WHY = {
  ended: 'session_ended',
  left: 'signed_out',
  everywhere: 'ended_everywhere',
  address: 'address_refused',
  issuer: 'issuer_failed',
} as const

export function SignInPage() {
  const words = useWords()
  const language = useLanguage()
  const { from, why } = useSearch({ from: '/sign-in' })
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { history } = useRouter()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? words.sign_in.email_missing : null),
      password: (value) => (value === '' ? words.sign_in.password_missing : null),
    },
  })
  const entering = useMutation({
    mutationFn: (values: { email: string; password: string }) =>
      signIn({ email: values.email.trim(), password: values.password }),
    onSuccess: ({ asksForCode }) => (asksForCode ? undefined : enter()),
  })
  const door = useQuery(setupDoorQuery)
  const opening = useMutation({ mutationFn: signInWithPasskey, onSuccess: enter })

  async function enter(): Promise<void> {
    queryClient.clear()
    if (from === undefined) await navigate({ to: '/payments' })
    else history.push(from)
  }

  if (door.data?.isOpen === true) return <Navigate to="/setup" />
  return (
    <DoorFrame>
      {entering.data?.asksForCode === true ? (
        <CodeForm onEntered={enter} onAgain={() => entering.reset()} />
      ) : (
        <form className={styles.form} onSubmit={form.onSubmit((values) => entering.mutate(values))} noValidate>
          {entering.isError || opening.isError ? (
            <Alert color="vermilion" variant="light" role="alert">
              {entering.isError ? sayFailure(entering.error) : words.sign_in.passkey_failed}
            </Alert>
          ) : why === undefined ? null : (
            <Alert color="gray" variant="light" role="status">
              {words.sign_in[WHY[why]]}
            </Alert>
          )}
          <TextInput
            label={words.sign_in.email}
            type="email"
            autoComplete="username"
            autoFocus
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={words.sign_in.password}
            autoComplete="current-password"
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" fullWidth size="md" loading={entering.isPending}>
            {words.sign_in.submit}
          </Button>
          {canUsePasskeys() ? (
            <Button
              variant="default"
              fullWidth
              size="md"
              leftSection={<IconFingerprint size={18} />}
              loading={opening.isPending}
              onClick={() => {
                entering.reset()
                opening.mutate()
              }}
            >
              {words.sign_in.passkey}
            </Button>
          ) : null}
          <IssuerLinks />
        </form>
      )}
    </DoorFrame>
  )

  function sayFailure(error: unknown): string {
    const { code, retryAfterSeconds } = asApiError(error)
    if (code === 'auth.invalid' || code === 'auth.required' || code === 'request.invalid') return words.sign_in.failed
    if (code === 'auth.too_many_attempts')
      return fill(words.sign_in.too_many, { seconds: retryAfterSeconds ?? USUAL_WAIT_SECONDS })
    return `${label(language, 'error', code)} ${label(language, 'error_advice', code)}`
  }
}
