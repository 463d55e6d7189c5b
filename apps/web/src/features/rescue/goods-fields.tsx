/** The lines of the order in the rescue form. */
import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { faultWords } from '@choba/shared/checks/fault-words.ts'
import type { OrderFault } from '@choba/shared/checks/np-order.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatYen, readYen } from '../../ui/money/format-yen.ts'
import type { LineText } from './correction.ts'
import styles from './rescue.module.css'

const TAX_RATES = [1000, 800, 0]

type GoodsFieldsProps = {
  readonly lines: readonly LineText[]
  readonly amount: string
  readonly faults: readonly OrderFault[]
  readonly disabled: boolean
  readonly onChange: (lines: readonly LineText[]) => void
}

export function GoodsFields({ lines, amount, faults, disabled, onChange }: GoodsFieldsProps) {
  const words = useWords().rescue
  const language = useLanguage()
  function put(key: number, change: Partial<LineText>): void {
    onChange(lines.map((line) => (line.key === key ? { ...line, ...change } : line)))
  }
  function errorOf(index: number, leaf: string): string | null {
    const fault = faults.find((each) => each.field === `goods.${index}.${leaf}`)
    return fault === undefined ? null : faultWords(language, fault)
  }
  const total = lines.reduce((sum, line) => sum + (readYen(line.price) ?? 0) * (readYen(line.quantity) ?? 0), 0)
  return (
    <fieldset className={styles.group} disabled={disabled}>
      <legend>{words.goods}</legend>
      {lines.map((line, index) => (
        <div key={line.key} className={styles.goods} role="group" aria-label={`${words.goods} ${index + 1}`}>
          <TextInput
            label={words.goods_name}
            value={line.name}
            onChange={(event) => put(line.key, { name: event.currentTarget.value })}
            error={errorOf(index, 'name')}
          />
          <TextInput
            label={words.goods_price}
            inputMode="numeric"
            value={line.price}
            onChange={(event) => put(line.key, { price: event.currentTarget.value })}
            error={errorOf(index, 'unitPriceYen')}
          />
          <TextInput
            label={words.goods_quantity}
            inputMode="numeric"
            value={line.quantity}
            onChange={(event) => put(line.key, { quantity: event.currentTarget.value })}
            error={errorOf(index, 'quantity')}
          />
          <Select
            label={words.goods_tax}
            allowDeselect={false}
            data={[...new Set([...TAX_RATES, line.taxRateBp])].map((bp) => ({
              value: String(bp),
              label: `${bp / 100}%`,
            }))}
            value={String(line.taxRateBp)}
            onChange={(value) => put(line.key, { taxRateBp: Number(value ?? line.taxRateBp) })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={fill(words.goods_remove, { number: index + 1 })}
            disabled={lines.length === 1 || disabled}
            onClick={() => onChange(lines.filter((each) => each.key !== line.key))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <div className={styles.goodsFoot}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() =>
            onChange([
              ...lines,
              {
                key: Math.max(...lines.map((line) => line.key)) + 1,
                name: '',
                price: '0',
                quantity: '1',
                taxRateBp: 1000,
              },
            ])
          }
        >
          {words.goods_add}
        </Button>
        <span className="num">
          {fill(words.goods_total, {
            total: formatYen(total),
            difference: formatYen(total - (readYen(amount) ?? 0)),
          })}
        </span>
      </div>
    </fieldset>
  )
}
