/** Behind an invitation link: a name and a password, and the person is in. The token stands behind the `#`. */
import { Alert, Button, Skeleton, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { INVITATION_ACCEPT_PATH, INVITATION_LOOK_PATH, type InvitationSight } from '@choba/shared/contracts/members.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { request } from '../../api/call.ts'
import { signIn } from '../../api/sign-in.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { accountRules, NewPassword } from './account-fields.tsx'
import { DoorFrame } from './door-frame.tsx'
import styles from './sign-in.module.css'

export function JoinPage() {
  const words = useWords()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const token = window.location.hash.slice(1)
  const sight = useQuery({
    queryKey: [INVITATION_LOOK_PATH, token],
    queryFn: () => post(INVITATION_LOOK_PATH, { token }) as Promise<InvitationSight>,
    retry: false,
    staleTime: Infinity,
  })
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', password: '', again: '' },
    validate: {
      ...accountRules(words.join),
    },
  })
  const joining = useMutation({
    async mutationFn({ name, password }: { name: string; password: string }) {
      const { email } = (await post(INVITATION_ACCEPT_PATH, { token, name, password })) as InvitationSight
      await signIn({ email, password })
    },
    async onSuccess() {
      queryClient.clear()
      await navigate({ to: '/payments' })
    },
  })

  function say(error: unknown): string {
    const { code } = asApiError(error)
    // What is no token at all is no invitation either.
    const told = code === 'request.invalid' && sight.data === undefined ? 'invitation.not_open' : code
    return `${label(language, 'error', told)} ${label(language, 'error_advice', told)}`
  }
  return (
    <DoorFrame>
      {sight.isPending ? <Skeleton height={200} role="status" aria-label={words.app.loading} /> : null}
      {sight.isError ? (
        <Alert color="vermilion" variant="light" role="alert">
          {say(sight.error)}
        </Alert>
      ) : null}
      {sight.data === undefined ? null : (
        <form className={styles.form} onSubmit={form.onSubmit((values) => joining.mutate(values))} noValidate>
          <div>
            <h2 className={styles.joinTitle}>{fill(words.join.title, { merchant: sight.data.merchant })}</h2>
            <p className={styles.joinLead}>{fill(words.join.lead, { email: sight.data.email })}</p>
          </div>
          {joining.isError ? (
            <Alert color="vermilion" variant="light" role="alert">
              {say(joining.error)}
            </Alert>
          ) : null}
          <input type="hidden" name="username" autoComplete="username" value={sight.data.email} readOnly />
          <TextInput
            label={words.join.name}
            autoComplete="name"
            maxLength={80}
            autoFocus
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <NewPassword form={form} />
          <Button type="submit" fullWidth size="md" loading={joining.isPending}>
            {words.join.submit}
          </Button>
        </form>
      )}
    </DoorFrame>
  )
}

function post(path: string, body: unknown): Promise<unknown> {
  return request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
}
