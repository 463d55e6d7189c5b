/** Sign-in by the merchant's own issuer: what it needs to know of us, and we of it. */
import { Button, Checkbox, PasswordInput, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, useState } from 'react'
import type { Output } from '@choba/shared/contract.ts'
import { security } from '@choba/shared/contracts/security.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { failedOf } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { Copyable } from '../../ui/copy/copyable.tsx'
import { Failure } from '../../ui/feedback/failure.tsx'
import { ReadState } from '../../ui/feedback/read-state.tsx'
import styles from './security.module.css'

export function IssuerSection() {
  const words = useWords()
  const { data, error, refetch } = useQuery(q(security.getIssuer, {}))

  return (
    <section className={styles.section} aria-label={words.security.issuer}>
      <h2 className={styles.sectionTitle}>{words.security.issuer}</h2>
      <p className={styles.lead}>{words.security.issuer_lead}</p>
      <ReadState
        data={data}
        failed={failedOf(error)}
        failedTitle={words.security.issuer_failed}
        onRetry={() => void refetch()}
      >
        {(read) => <IssuerForm {...read} />}
      </ReadState>
    </section>
  )
}

const NONE = { name: '', issuerUrl: '', clientId: '', mailDomain: null, isOn: true, secretLastFour: null }

function IssuerForm({ issuer, redirectUri }: Output<typeof security.getIssuer>) {
  const { security: words, own_security: own } = useWords()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const { secretLastFour, ...known } = issuer ?? NONE
  const [value, setValue] = useState(known)
  const [clientSecret, setClientSecret] = useState('')
  const saving = useMutation({
    mutationFn: () =>
      call(security.setIssuer, {
        body: {
          ...value,
          issuerUrl: value.issuerUrl.trim(),
          mailDomain: value.mailDomain?.trim() === '' ? null : value.mailDomain,
          clientSecret: clientSecret === '' ? null : clientSecret,
        },
      }),
    async onSuccess() {
      setClientSecret('')
      notifications.show({ message: own.saved })
      await queryClient.invalidateQueries({ queryKey: [security.getIssuer.path] })
    },
  })

  function field(name: 'name' | 'issuerUrl' | 'clientId') {
    return {
      required: true,
      value: value[name],
      onChange: (event: ChangeEvent<HTMLInputElement>) => setValue({ ...value, [name]: event.currentTarget.value }),
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Stack gap="md">
        <div>
          <div className={styles.name}>{words.issuer_redirect}</div>
          <Copyable value={redirectUri} language={language} />
        </div>
        <TextInput label={words.issuer_name} description={words.issuer_name_hint} maxLength={60} {...field('name')} />
        <TextInput
          type="url"
          label={words.issuer_url}
          placeholder="https://accounts.google.com"
          {...field('issuerUrl')}
        />
        <TextInput label={words.issuer_client} autoComplete="off" {...field('clientId')} />
        <PasswordInput
          label={words.issuer_secret}
          {...(secretLastFour !== null && { description: fill(words.issuer_secret_kept, { last: secretLastFour }) })}
          autoComplete="new-password"
          required={secretLastFour === null}
          value={clientSecret}
          onChange={(event) => setClientSecret(event.currentTarget.value)}
        />
        <TextInput
          label={words.issuer_domain}
          description={words.issuer_domain_hint}
          value={value.mailDomain ?? ''}
          onChange={(event) => setValue({ ...value, mailDomain: event.currentTarget.value })}
        />
        <Checkbox
          label={words.issuer_on}
          checked={value.isOn}
          onChange={(event) => setValue({ ...value, isOn: event.currentTarget.checked })}
        />
        <Failure failed={failedOf(saving.error)} />
        <div>
          <Button type="submit" loading={saving.isPending}>
            {words.save}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
