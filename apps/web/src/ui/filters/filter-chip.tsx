/** A condition as a chip: dashed while it says nothing, filled with its value and a cross once it does. */
import { Popover } from '@mantine/core'
import { IconChevronDown, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './filters.module.css'

type FilterChipProps = {
  readonly name: string
  /** What the condition says now; undefined when it says nothing. */
  readonly value: string | undefined
  readonly onClear: () => void
  readonly width?: number | 'auto'
  readonly startsOpen?: boolean
  readonly children: (close: () => void) => ReactNode
}

export function FilterChip({ name, value, onClear, width = 240, startsOpen = false, children }: FilterChipProps) {
  const { ledger } = useWords()
  const [opened, setOpened] = useState(startsOpen)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={width === 'auto' ? 'max-content' : width}
      trapFocus
      returnFocus
      withinPortal
    >
      <span className={`${styles.chip} ${value === undefined ? '' : styles.active}`}>
        <Popover.Target>
          <button type="button" className={styles.open} onClick={() => setOpened((open) => !open)}>
            {name}
            {value === undefined ? (
              <IconChevronDown size={13} aria-hidden="true" />
            ) : (
              <span className={styles.value}>{value}</span>
            )}
          </button>
        </Popover.Target>
        {value === undefined ? null : (
          <button
            type="button"
            className={styles.clear}
            onClick={onClear}
            aria-label={fill(ledger.clear_one, { name })}
          >
            <IconX size={13} aria-hidden="true" />
          </button>
        )}
      </span>
      <Popover.Dropdown aria-label={name}>{opened ? children(() => setOpened(false)) : null}</Popover.Dropdown>
    </Popover>
  )
}
