/** The lines of the order: goods with their tax, shipping, fee and discount. */
import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { faultWords } from '@choba/shared/checks/fault-words.ts'
import { fill } from '@choba/shared/labels/labels.ts'
import { useLanguage, useWords } from '../../i18n/language.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import type { FormChecks } from './order-checks.ts'
import { emptyLine, type LineKind, type LineText, priceOf, quantityOf, TAX_RATES } from './order-form.ts'
import styles from './order-entry.module.css'

type GoodsFieldsProps = {
  readonly lines: readonly LineText[]
  readonly checks: FormChecks
  readonly isTold: (field: string) => boolean
  readonly onLeave: (field: string) => void
  readonly onChange: (lines: readonly LineText[]) => void
}

const MOST_LINES = 100

export function GoodsFields({ lines, checks, isTold, onLeave, onChange }: GoodsFieldsProps) {
  const { order_form: words } = useWords()
  const language = useLanguage()
  const rates = { '1000': words.tax_10, '800': words.tax_8, '0': words.tax_0 }

  function put(index: number, change: Partial<LineText>): void {
    onChange(lines.map((line, at) => (at === index ? { ...line, ...change } : line)))
  }
  function add(kind: LineKind): void {
    // Goods of one order are mostly taxed alike.
    const taxRate = kind === 'goods' ? (lines.at(-1)?.taxRate ?? '1000') : '1000'
    onChange([...lines, { ...emptyLine(kind, kind === 'goods' ? '' : words[`kind_${kind}`]), taxRate }])
  }
  function errorOf(index: number, leaf: 'name' | 'price' | 'quantity'): string | null {
    if (leaf !== 'name') {
      const field = `lines.${index}.${leaf}`
      const wrong = checks.lines.find((fault) => fault.field === field)
      return wrong === undefined || !isTold(field) ? null : words[wrong.problem]
    }
    const fault = checks.of(`goods.${index}.name`)[0]
    return fault === undefined || !isTold(`goods.${index}.name`) ? null : faultWords(language, fault)
  }

  return (
    <div>
      {lines.map((line, index) => {
        const [price, quantity] = [priceOf(line), quantityOf(line)]
        return (
          <div key={line.key} className={styles.line} role="group" aria-label={`${words.section_goods} ${index + 1}`}>
            <TextInput
              label={words.goods_name}
              name={`goods.${index}.name`}
              value={line.name}
              onChange={(event) => put(index, { name: event.currentTarget.value })}
              onBlur={() => onLeave(`goods.${index}.name`)}
              error={errorOf(index, 'name')}
            />
            <TextInput
              label={line.kind === 'discount' ? words.discount_price : words.unit_price}
              name={`lines.${index}.price`}
              inputMode="numeric"
              className={styles.number ?? ''}
              value={line.price}
              onChange={(event) => put(index, { price: event.currentTarget.value })}
              onBlur={() => onLeave(`lines.${index}.price`)}
              error={errorOf(index, 'price')}
            />
            <TextInput
              label={words.quantity}
              name={`lines.${index}.quantity`}
              inputMode="numeric"
              className={styles.number ?? ''}
              value={line.quantity}
              onChange={(event) => put(index, { quantity: event.currentTarget.value })}
              onBlur={() => onLeave(`lines.${index}.quantity`)}
              error={errorOf(index, 'quantity')}
            />
            <Select
              label={words.tax_rate}
              data={TAX_RATES.map((value) => ({ value, label: rates[value] }))}
              value={line.taxRate}
              allowDeselect={false}
              onChange={(value) => put(index, { taxRate: TAX_RATES.find((rate) => rate === value) ?? '1000' })}
            />
            <div className={styles.lineAmount}>
              <span className={styles.lineLabel}>{words.line_amount}</span>
              <span className="num">
                {formatYen(price === undefined || quantity === undefined ? null : price * quantity)}
              </span>
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              className={styles.remove ?? ''}
              aria-label={fill(words.line_remove, { number: index + 1 })}
              disabled={lines.length === 1}
              onClick={() => onChange(lines.filter((each) => each.key !== line.key))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        )
      })}
      <div className={styles.adders}>
        {(
          [
            ['goods', words.line_add],
            ['shipping', words.add_shipping],
            ['fee', words.add_fee],
            ['discount', words.add_discount],
          ] as const
        ).map(([kind, word]) => (
          <Button
            key={kind}
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            disabled={lines.length >= MOST_LINES}
            onClick={() => add(kind)}
          >
            {word}
          </Button>
        ))}
      </div>
    </div>
  )
}
