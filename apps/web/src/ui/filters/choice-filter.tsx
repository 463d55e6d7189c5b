import { Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { separatorIn } from '../../i18n/separator.ts'
import { FilterChip } from './filter-chip.tsx'
import styles from './filters.module.css'

export type Choice<V extends string> = { readonly value: V; readonly word: string; readonly mark?: ReactNode }

type ChoiceFilterProps<V extends string> = {
  readonly name: string
  readonly choices: readonly Choice<V>[]
  readonly chosen: readonly V[]
  readonly onChange: (chosen: readonly V[]) => void
  readonly startsOpen?: boolean
}

export function ChoiceFilter<V extends string>({
  name,
  choices,
  chosen,
  onChange,
  startsOpen = false,
}: ChoiceFilterProps<V>) {
  const separator = separatorIn(useLanguage())
  const words = choices.filter((choice) => chosen.includes(choice.value)).map((choice) => choice.word)

  function toggle(value: V): void {
    onChange(
      choices
        .map((choice) => choice.value)
        .filter((each) => (each === value ? !chosen.includes(each) : chosen.includes(each))),
    )
  }

  return (
    <FilterChip
      name={name}
      value={words.length === 0 ? undefined : words.join(separator)}
      onClear={() => onChange([])}
      startsOpen={startsOpen}
    >
      {() => (
        <div className={styles.choices} role="group" aria-label={name}>
          {choices.map((choice) => (
            <Checkbox
              key={choice.value}
              className={styles.choice ?? ''}
              size="xs"
              checked={chosen.includes(choice.value)}
              onChange={() => toggle(choice.value)}
              label={choice.mark ?? choice.word}
            />
          ))}
        </div>
      )}
    </FilterChip>
  )
}
