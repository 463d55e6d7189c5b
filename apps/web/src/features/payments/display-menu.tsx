/** Columns, their order, and the height of rows. */
import { ActionIcon, Button, Checkbox, Divider, Popover, SegmentedControl } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { PAYMENT_COLUMN_IDS, type PaymentColumnId } from '@choba/shared/columns/payments.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import styles from './ledger.module.css'
import { FIXED_COLUMNS } from './ledger-columns.tsx'
import { DEFAULT_COLUMNS, DENSITIES, type Density } from './ledger-preferences.ts'

type DisplayMenuProps = {
  readonly shown: readonly PaymentColumnId[]
  readonly onShow: (shown: readonly PaymentColumnId[]) => void
  readonly density: Density
  readonly onDensity: (density: Density) => void
}

export function DisplayMenu({ shown, onShow, density, onDensity }: DisplayMenuProps) {
  const { ledger, column } = useWords()
  const free = shown.filter((id) => !FIXED_COLUMNS.includes(id))
  const hidden = PAYMENT_COLUMN_IDS.filter((id) => !shown.includes(id))

  function move(id: PaymentColumnId, by: -1 | 1): void {
    const from = free.indexOf(id)
    const next = [...free]
    next.splice(from, 1)
    next.splice(from + by, 0, id)
    onShow([...FIXED_COLUMNS, ...next])
  }

  return (
    <Popover position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          h={30}
          leftSection={<IconAdjustmentsHorizontal size={15} aria-hidden="true" />}
        >
          {ledger.display}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={ledger.display}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={ledger.density}
          value={density}
          onChange={onDensity}
          data={DENSITIES.map((value) => ({ value, label: ledger[`density_${value}`] }))}
        />
        <Divider my="xs" label={ledger.columns} labelPosition="left" />
        <div className={styles.columns} role="group" aria-label={ledger.columns}>
          {free.map((id, index) => (
            <div key={id} className={styles.column}>
              <Checkbox
                className={styles.columnName ?? ''}
                size="xs"
                label={column[id]}
                checked
                disabled={free.length === 1}
                onChange={() => onShow(shown.filter((each) => each !== id))}
              />
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                disabled={index === 0}
                aria-label={fill(ledger.move_up, { name: column[id] })}
                onClick={() => move(id, -1)}
              >
                <IconChevronUp size={14} />
              </ActionIcon>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                disabled={index === free.length - 1}
                aria-label={fill(ledger.move_down, { name: column[id] })}
                onClick={() => move(id, 1)}
              >
                <IconChevronDown size={14} />
              </ActionIcon>
            </div>
          ))}
          {hidden.map((id) => (
            <div key={id} className={styles.column}>
              <Checkbox
                className={styles.columnName ?? ''}
                size="xs"
                label={column[id]}
                checked={false}
                onChange={() => onShow([...shown, id])}
              />
            </div>
          ))}
        </div>
        <p className="soft" style={{ fontSize: '0.75rem', margin: '8px 4px' }}>
          {ledger.columns_hint}
        </p>
        <Button variant="subtle" size="xs" fullWidth onClick={() => onShow(DEFAULT_COLUMNS)}>
          {ledger.columns_reset}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
