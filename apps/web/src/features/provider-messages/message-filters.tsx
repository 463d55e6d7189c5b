import { NativeSelect, TextInput } from '@mantine/core'
import {
  MESSAGE_DIRECTIONS,
  type MessageDirection,
  type MessageState,
} from '@choba/shared/contracts/provider-messages.ts'
import { type Provider, PROVIDERS } from '@choba/shared/provider-accounts.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './messages.module.css'

export type MessagesSearch = {
  readonly state?: MessageState
  readonly direction?: MessageDirection
  readonly provider?: Provider
  readonly providerId?: string
}

type MessageFiltersProps = {
  readonly search: MessagesSearch
  readonly onChange: (next: MessagesSearch) => void
}

export function MessageFilters({ search, onChange }: MessageFiltersProps) {
  const { messages: words, provider: providers, direction: directions } = useWords()
  return (
    <div className={styles.filters}>
      <NativeSelect
        size="xs"
        label={words.provider}
        value={search.provider ?? ''}
        data={[{ value: '', label: words.any }, ...PROVIDERS.map((value) => ({ value, label: providers[value] }))]}
        onChange={(event) => {
          const provider = PROVIDERS.find((each) => each === event.currentTarget.value)
          const { provider: _, ...rest } = search
          onChange(provider === undefined ? rest : { ...rest, provider })
        }}
      />
      <NativeSelect
        size="xs"
        label={words.direction}
        value={search.direction ?? ''}
        data={[
          { value: '', label: words.any },
          ...MESSAGE_DIRECTIONS.map((value) => ({ value, label: directions[value] })),
        ]}
        onChange={(event) => {
          const direction = MESSAGE_DIRECTIONS.find((each) => each === event.currentTarget.value)
          const { direction: _, ...rest } = search
          onChange(direction === undefined ? rest : { ...rest, direction })
        }}
      />
      <TextInput
        size="xs"
        label={words.provider_id}
        classNames={{ input: 'mono' }}
        maxLength={60}
        value={search.providerId ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget
          const { providerId: _, ...rest } = search
          onChange(value === '' ? rest : { ...rest, providerId: value })
        }}
      />
    </div>
  )
}
