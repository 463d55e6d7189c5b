/** What an admin sets of each connection, read and changed in place. */
import { Button, NumberInput, Skeleton, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { NUMBER_SETTINGS, type SettingName } from '@choba/shared/connection-settings.ts'
import { type ConnectionSettings, connections } from '@choba/shared/contracts/connections.ts'
import { fill, label } from '@choba/shared/labels/labels.ts'
import { asApiError } from '../../api/api-error.ts'
import { call } from '../../api/call.ts'
import { q } from '../../api/q.ts'
import { useSession } from '../../api/session.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { ErrorNotice } from '../../ui/feedback/error-notice.tsx'
import styles from './contracts.module.css'

export function ConnectionSettingsPanel() {
  const words = useWords()
  const language = useLanguage()
  const { data, error, refetch } = useQuery(q(connections.settings, {}))
  function body() {
    if (data === undefined && error !== null) {
      const { code, requestId } = asApiError(error)
      const title = words.connection_settings.failed
      return (
        <ErrorNotice
          title={title}
          code={code}
          requestId={requestId}
          language={language}
          onRetry={() => void refetch()}
        />
      )
    }
    if (data === undefined) return <Skeleton height={160} role="status" aria-label={words.app.loading} />
    return (
      <div className={styles.terms}>
        {data.connections.map((connection) => (
          <ConnectionForm key={`${connection.id} ${JSON.stringify(connection.values)}`} connection={connection} />
        ))}
      </div>
    )
  }
  return (
    <section className={styles.contract} aria-label={words.connection_settings.title}>
      <h2 className={styles.contractTitle}>{words.connection_settings.title}</h2>
      <p className={styles.lead}>{words.connection_settings.lead}</p>
      {body()}
    </section>
  )
}

type Value = string | number

function ConnectionForm({ connection }: { readonly connection: ConnectionSettings }) {
  const words = useWords()
  const language = useLanguage()
  const { shops } = useSession()
  const queryClient = useQueryClient()
  const { id, values } = connection
  const [typed, setTyped] = useState<Partial<Record<SettingName, Value>>>({})
  const changed = values.filter(({ name, value }) => typed[name] !== undefined && typed[name] !== value)
  const complaints = changed.filter(({ name }) => complaintOf(name, typed[name] ?? '') !== null)
  const save = useMutation({
    mutationFn: () =>
      call(connections.change, { id, body: Object.fromEntries(changed.map(({ name }) => [name, typed[name]])) }),
    async onSuccess() {
      notifications.show({ message: words.connection_settings.saved })
      await queryClient.invalidateQueries({ queryKey: [connections.settings.path] })
    },
  })
  const failure = save.error === null ? null : asApiError(save.error)
  const name = `${label(language, 'provider', connection.provider)} ${label(language, 'connection', connection.connectionMethod)}`
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (changed.length > 0 && complaints.length === 0) save.mutate()
  }
  function complaintOf(setting: SettingName, value: Value): string | null {
    const { range, bad_word } = words.connection_settings
    if (setting === 'npPayMethod') return /^[0-9a-z]{1,30}$/.test(String(value)) ? null : bad_word
    const { min, max } = NUMBER_SETTINGS[setting]
    const isIn = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
    return isIn ? null : fill(range, { min, max })
  }
  return (
    <form onSubmit={submit} noValidate className={styles.connection} aria-label={name}>
      <h3>
        {name} <span className="soft">{shops.find((shop) => shop.id === connection.shopId)?.name}</span>
      </h3>
      {values.map(({ name: setting, value, isSet }) => {
        const now = typed[setting] ?? value
        const hint = words.connection_setting_hint[setting]
        const common = {
          label: words.connection_setting[setting],
          description: isSet || typed[setting] !== undefined ? hint : `${hint} (${words.connection_settings.usual})`,
          error: complaintOf(setting, now),
        }
        return setting === 'npPayMethod' ? (
          <TextInput
            key={setting}
            {...common}
            classNames={{ input: 'mono' }}
            value={now}
            onChange={(event) => setTyped({ ...typed, [setting]: event.currentTarget.value })}
          />
        ) : (
          <NumberInput
            key={setting}
            {...common}
            value={now}
            hideControls
            suffix={` ${words.connection_setting_unit[setting]}`}
            onChange={(next) => setTyped({ ...typed, [setting]: next })}
          />
        )
      })}
      {failure === null ? null : (
        <p className={styles.failure} role="alert">
          {label(language, 'error', failure.code)} {label(language, 'error_advice', failure.code)}
        </p>
      )}
      <Button
        type="submit"
        size="compact-sm"
        variant="default"
        disabled={changed.length === 0 || complaints.length > 0}
        loading={save.isPending}
      >
        {words.connection_settings.save}
      </Button>
    </form>
  )
}
