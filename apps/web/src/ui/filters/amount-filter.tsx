import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import { formatYen, readYen } from '../money/format-yen.ts'
import { FilterChip } from './filter-chip.tsx'
import styles from './filters.module.css'

export type AmountCondition = { readonly amountMin?: number; readonly amountMax?: number }

export function AmountFilter({
  condition,
  onChange,
}: {
  readonly condition: AmountCondition
  readonly onChange: (condition: AmountCondition) => void
}) {
  const { filter } = useWords()
  const { amountMin, amountMax } = condition
  const places = { from: formatYen(amountMin), to: formatYen(amountMax) }
  const said =
    amountMin === undefined
      ? amountMax === undefined
        ? undefined
        : filter.amount_to
      : amountMax === undefined
        ? filter.amount_from
        : filter.amount_between
  return (
    <FilterChip
      name={filter.amount}
      value={said === undefined ? undefined : fill(said, places)}
      onClear={() => onChange({})}
      width={280}
    >
      {(close) => (
        <AmountForm
          condition={condition}
          onApply={(next) => {
            onChange(next)
            close()
          }}
        />
      )}
    </FilterChip>
  )
}

function AmountForm({
  condition,
  onApply,
}: {
  readonly condition: AmountCondition
  readonly onApply: (condition: AmountCondition) => void
}) {
  const { app, filter } = useWords()
  const [min, setMin] = useState(condition.amountMin === undefined ? '' : formatYen(condition.amountMin))
  const [max, setMax] = useState(condition.amountMax === undefined ? '' : formatYen(condition.amountMax))
  const [low, high] = [readYen(min), readYen(max)]
  const minError = min.trim() !== '' && low === undefined ? filter.amount_invalid : null
  const maxError =
    max.trim() !== '' && high === undefined
      ? filter.amount_invalid
      : low !== undefined && high !== undefined && high < low
        ? filter.amount_reversed
        : null
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (minError === null && maxError === null)
          onApply({
            ...(low === undefined ? {} : { amountMin: low }),
            ...(high === undefined ? {} : { amountMax: high }),
          })
      }}
    >
      <div className={styles.amounts}>
        <TextInput
          size="xs"
          inputMode="numeric"
          label={filter.amount_min}
          value={min}
          error={minError}
          onChange={(event) => setMin(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          inputMode="numeric"
          label={filter.amount_max}
          value={max}
          error={maxError}
          onChange={(event) => setMax(event.currentTarget.value)}
        />
      </div>
      <Button type="submit" size="xs" fullWidth mt="sm" disabled={minError !== null || maxError !== null}>
        {app.apply}
      </Button>
    </form>
  )
}
