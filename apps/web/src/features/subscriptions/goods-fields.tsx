/** The goods of one cycle and, where use is metered, what a unit costs. */
import { ActionIcon, Button, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { fill } from '@choba/shared/labels/labels.ts'
import { useWords } from '../../i18n/language.ts'
import { formatYen } from '../../ui/money/format-yen.ts'
import styles from './form.module.css'
import { emptyLine, type LineText, sumOf, type TermsForm } from './subscription-form.ts'
import { TextField } from './text-field.tsx'
import type { Telling } from './use-told.ts'

const MOST_LINES = 20

type FieldsProps = {
  readonly form: TermsForm
  readonly onChange: (change: Partial<TermsForm>) => void
  readonly telling: Telling
}

export function GoodsFields({ form, onChange, telling }: FieldsProps) {
  const { subscription_form: words, app } = useWords()
  const { lines } = form
  const sumFault = telling.fault('goods')

  function put(index: number, change: Partial<LineText>): void {
    telling.onLeave('goods')
    onChange({ lines: lines.map((line, at) => (at === index ? { ...line, ...change } : line)) })
  }
  return (
    <>
      {lines.map((line, index) => (
        <div key={line.key} className={styles.line} role="group" aria-label={`${words.section_goods} ${index + 1}`}>
          <TextField
            field={`lines.${index}.name`}
            label={words.goods_name}
            value={line.name}
            onText={(name) => put(index, { name })}
            telling={telling}
          />
          <TextField
            field={`lines.${index}.price`}
            label={words.unit_price}
            inputMode="numeric"
            className={styles.number ?? ''}
            value={line.price}
            onText={(price) => put(index, { price })}
            telling={telling}
          />
          <TextField
            field={`lines.${index}.quantity`}
            label={words.quantity}
            inputMode="numeric"
            className={styles.number ?? ''}
            value={line.quantity}
            onText={(quantity) => put(index, { quantity })}
            telling={telling}
          />
          <TaxSelect value={line.taxRateBp} onChange={(taxRateBp) => put(index, { taxRateBp })} />
          <ActionIcon
            variant="subtle"
            color="gray"
            className={styles.remove ?? ''}
            aria-label={fill(words.remove_line, { number: index + 1 })}
            disabled={lines.length === 1}
            onClick={() => onChange({ lines: lines.filter(({ key }) => key !== line.key) })}
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
          disabled={lines.length >= MOST_LINES}
          onClick={() => onChange({ lines: [...lines, emptyLine()] })}
        >
          {words.add_line}
        </Button>
        <span>
          <strong className={styles.total}>{formatYen(sumOf(lines))}</strong> {app.yen}
        </span>
      </div>
      {sumFault === null ? null : (
        <p className={styles.fault} role="alert">
          {sumFault}
        </p>
      )}
    </>
  )
}

export function MeterFields({ form, onChange, telling }: FieldsProps) {
  const { subscription_form: words } = useWords()
  return (
    <>
      <div className={styles.three}>
        <TextField
          field="meterName"
          label={words.meter_name}
          value={form.meterName}
          onText={(meterName) => onChange({ meterName })}
          telling={telling}
        />
        <TextField
          field="meterPrice"
          label={words.meter_price}
          inputMode="numeric"
          className={styles.number ?? ''}
          value={form.meterPrice}
          onText={(meterPrice) => onChange({ meterPrice })}
          telling={telling}
        />
        <TaxSelect value={form.meterTaxRateBp} onChange={(meterTaxRateBp) => onChange({ meterTaxRateBp })} />
      </div>
      <p className={styles.hint}>{words.meter_base_hint}</p>
    </>
  )
}

function TaxSelect({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { subscription_form: words, order_form: order } = useWords()
  return (
    <Select
      label={words.tax_rate}
      data={[
        { value: '1000', label: order.tax_10 },
        { value: '800', label: order.tax_8 },
        { value: '0', label: order.tax_0 },
      ]}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
    />
  )
}
